package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.Scene.ANN;
import static io.github.kvslocal.routing.voice.Scene.BEN;
import static io.github.kvslocal.routing.voice.Scene.EVE;
import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.MS;
import static io.github.kvslocal.routing.voice.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.media.EncodedFrame;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Who hears whom, by the real codec: everybody sends a tone of his own. */
class ToneTest {
  private static final Map<Participant, Integer> TONE =
      Map.of(MASTER, 437, ANN, 1_013, BEN, 1_787, EVE, 2_903);

  private static final int VOLUME = 6_000;

  /** -40 dB. */
  private static final double NOTHING = 0.01;

  private final ConcentusOpus codec = new ConcentusOpus();
  private final Scene scene = new Scene(codec);

  @Test
  void everybodyHearsExactlyTheOthers() {
    scene.join(MASTER, ANN, BEN, EVE);
    speaks(MASTER, VOLUME);
    speaks(ANN, VOLUME);
    speaks(BEN, VOLUME);

    scene.run(2 * SECOND);

    assertThatNothingElseIsHeard(scene.heardBy(MASTER), ANN, BEN);
    assertThatNothingElseIsHeard(scene.heardBy(ANN), MASTER, BEN);
    assertThatNothingElseIsHeard(scene.heardBy(BEN), MASTER, ANN);
    assertThatNothingElseIsHeard(scene.heardBy(EVE), MASTER, ANN, BEN);
    assertThatNothingElseIsHeard(scene.recorded, MASTER, ANN, BEN);
  }

  @Test
  void fourWhoSpeakHearThreeEach() {
    scene.join(MASTER, ANN, BEN, EVE);
    for (Participant participant : List.of(MASTER, ANN, BEN, EVE)) {
      speaks(participant, VOLUME);
    }

    scene.run(2 * SECOND);

    assertThatNothingElseIsHeard(scene.heardBy(MASTER), ANN, BEN, EVE);
    assertThatNothingElseIsHeard(scene.heardBy(EVE), MASTER, ANN, BEN);
    assertThatNothingElseIsHeard(scene.recorded, MASTER, ANN, BEN, EVE);
  }

  @Test
  void fourAtFullScaleNeitherWrapNorClip() {
    scene.join(MASTER, ANN, BEN, EVE);
    for (Participant participant : List.of(MASTER, ANN, BEN, EVE)) {
      speaks(participant, 30_000);
    }

    scene.run(2 * SECOND);

    short[] pcm = decoded(scene.recorded);
    Tones tones = lastSecond(pcm);
    assertThat(steepest(pcm)).isLessThan(25_000);
    for (int tone : TONE.values()) {
      assertThat(tones.level(tone)).isBetween(5_000.0, 9_000.0);
    }
    assertThat(tones.loudestBeside(437, 1_013, 1_787, 2_903)).isLessThan(tones.level(437) / 30);
  }

  @Test
  void lossAndJitterLetNobodyHearSomebodyElse() {
    Random random = new Random(10);
    scene.join(MASTER, ANN, BEN);
    speaks(MASTER, VOLUME).loses(number -> random.nextInt(20) == 0);
    speaks(ANN, VOLUME).delays(number -> number * 7L % 5 * 15 * MS);
    speaks(BEN, VOLUME).faster(0.001);

    scene.run(2 * SECOND);

    assertThatTonesAreOf(scene.heardBy(MASTER), ANN, BEN);
    assertThatTonesAreOf(scene.heardBy(ANN), MASTER, BEN);
    assertThatTonesAreOf(scene.heardBy(BEN), MASTER, ANN);
  }

  @Test
  void pausesOfDiscontinuousTransmissionAreSilentAndReturn() {
    scene.join(MASTER, ANN, BEN);
    speaks(MASTER, VOLUME);
    speaks(ANN, VOLUME).loses(number -> number >= 60 && number < 120 && number % 20 != 0);

    scene.run(3_400 * MS);

    List<EncodedFrame> heard = scene.heardBy(BEN);
    short[] pcm = decoded(heard);
    // between 80 ms after a packet and the next one, 400 ms apart
    Tones pause = new Tones(pcm, 86_400, 9_600);
    assertThat(pause.level(1_013)).isLessThan(pause.level(437) * NOTHING);
    assertThatNothingElseIsHeard(heard.subList(heard.size() - 50, heard.size()), MASTER, ANN);
  }

  private static int tone(Participant participant) {
    return TONE.getOrDefault(participant, 0);
  }

  private Scene.Speaker speaks(Participant participant, int volume) {
    OpusEncoder encoder = codec.encoder();
    int tone = tone(participant);
    short[] pcm = new short[PcmFrame.SAMPLES];
    IntFunction<byte[]> packets =
        number -> {
          for (int i = 0; i < pcm.length; i++) {
            double angle = Tones.angle(tone, number * pcm.length + i);
            pcm[i] = (short) Math.round(volume * Math.sin(angle));
          }
          return encoder.encode(pcm);
        };
    return scene.speaks(participant, packets);
  }

  private void assertThatNothingElseIsHeard(List<EncodedFrame> frames, Participant... expected) {
    int[] tones = new int[expected.length];
    for (int i = 0; i < tones.length; i++) {
      tones[i] = tone(expected[i]);
    }
    Tones heard = lastSecond(decoded(frames));
    double faintest = Double.MAX_VALUE;
    for (int tone : tones) {
      assertThat(heard.level(tone)).isBetween(VOLUME * 0.8, VOLUME * 1.1);
      faintest = Math.min(faintest, heard.level(tone));
    }
    assertThat(heard.loudestBeside(tones)).isLessThan(faintest * NOTHING);
  }

  private void assertThatTonesAreOf(List<EncodedFrame> frames, Participant... expected) {
    Tones heard = lastSecond(decoded(frames));
    TONE.forEach(
        (participant, tone) -> {
          if (List.of(expected).contains(participant)) {
            assertThat(heard.level(tone)).isGreaterThan(VOLUME * 0.6);
          } else {
            assertThat(heard.level(tone)).isLessThan(VOLUME * NOTHING);
          }
        });
  }

  /** Decodes what a listener hears, as its player would. */
  private short[] decoded(List<EncodedFrame> frames) {
    OpusDecoder decoder = codec.decoder();
    short[] pcm = new short[frames.size() * PcmFrame.SAMPLES + 5_760];
    for (int i = 0; i < frames.size(); i++) {
      byte[] bytes = Scene.bytes(frames.get(i));
      decoder.decode(bytes, bytes.length, pcm, i * PcmFrame.SAMPLES);
    }
    return pcm;
  }

  private static Tones lastSecond(short[] decoded) {
    int end = decoded.length - 5_760;
    int length = Math.min(38_400, end);
    return new Tones(decoded, end - length, length);
  }

  private static int steepest(short[] pcm) {
    int steepest = 0;
    for (int i = 1; i < pcm.length; i++) {
      steepest = Math.max(steepest, Math.abs(pcm[i] - pcm[i - 1]));
    }
    return steepest;
  }
}
