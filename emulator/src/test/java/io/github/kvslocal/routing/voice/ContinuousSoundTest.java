package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.Scene.ANN;
import static io.github.kvslocal.routing.voice.Scene.BEN;
import static io.github.kvslocal.routing.voice.Scene.EVE;
import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.media.EncodedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What is heard by the real codec, in every half second: no artefact comes and goes. */
class ContinuousSoundTest {
  private static final Map<Participant, Integer> TONE =
      Map.of(MASTER, 437, ANN, 1_013, BEN, 1_787, EVE, 2_903);

  private static final int VOLUME = 6_000;

  /** -40 dB. */
  private static final double NOTHING = 0.01;

  private static final int WINDOW = PcmFrame.RATE / 2;

  /** What the codec may add to the sum of the amplitudes. */
  private static final double OVERSHOOT = 1.1;

  private final ConcentusOpus codec = new ConcentusOpus();
  private final Scene scene = new Scene(codec);

  @Test
  void sumsAreCleanAllTheTime() {
    scene.join(MASTER, ANN, BEN, EVE);
    for (Participant participant : List.of(MASTER, ANN, BEN, EVE)) {
      speaks(participant);
    }

    scene.run(10 * SECOND);

    assertThat(noise(scene.heardBy(MASTER), ANN, BEN, EVE)).allMatch(noise -> noise < NOTHING);
    assertThat(noise(scene.heardBy(EVE), MASTER, ANN, BEN)).allMatch(noise -> noise < NOTHING);
    assertThat(noise(scene.recorded, MASTER, ANN, BEN, EVE)).allMatch(noise -> noise < NOTHING);
    assertThat(peaks(scene.heardBy(EVE))).allMatch(peak -> peak < 3 * VOLUME * OVERSHOOT);
  }

  /** Every 1.5 s somebody begins or stops, and a lone talker's packets are passed on meanwhile. */
  @Test
  void nothingIsHeardOfTheWayFromPassingOnToMixing() {
    scene.join(MASTER, ANN, BEN);
    speaks(MASTER);
    IntFunction<byte[]> ann = tone(ANN);
    scene
        .speaks(ANN, number -> number / 75 % 2 == 0 ? new byte[0] : ann.apply(number))
        .loses(number -> number / 75 % 2 == 0);

    scene.run(15 * SECOND);

    assertThat(scene.room.statistics().passed()).isPositive();
    assertThat(noise(scene.heardBy(BEN), MASTER, ANN)).allMatch(noise -> noise < NOTHING);
    assertThat(peaks(scene.heardBy(BEN))).allMatch(peak -> peak < 2 * VOLUME * OVERSHOOT);
  }

  @Test
  void lostPacketsAreConcealedWithoutNoise() {
    Random random = new Random(3);
    scene.join(MASTER, ANN, BEN, EVE);
    speaks(MASTER).loses(number -> random.nextInt(30) == 0);
    speaks(ANN);
    speaks(BEN);

    scene.run(10 * SECOND);

    assertThat(scene.room.statistics().concealed()).isGreaterThan(10);
    assertThat(noise(scene.heardBy(EVE), MASTER, ANN, BEN)).allMatch(noise -> noise < NOTHING);
  }

  /** A step in a tone is noise around it, once for each frame left out or filled in. */
  @Test
  void onlyStepsForAnotherClockAreHeard() {
    scene.join(MASTER, ANN, BEN, EVE);
    speaks(MASTER).faster(0.003);
    speaks(ANN).faster(-0.003);
    speaks(BEN);

    scene.run(30 * SECOND);

    List<Double> noise = noise(scene.heardBy(EVE), MASTER, ANN, BEN);
    VoiceStatistics statistics = scene.room.statistics();
    assertThat(noise.stream().filter(each -> each > NOTHING).count())
        .isLessThanOrEqualTo(statistics.dropped() + statistics.concealed());
    assertThat(noise).allMatch(each -> each < 5 * NOTHING);
  }

  private Scene.Speaker speaks(Participant participant) {
    return scene.speaks(participant, tone(participant));
  }

  private IntFunction<byte[]> tone(Participant participant) {
    OpusEncoder encoder = codec.encoder();
    int frequency = TONE.getOrDefault(participant, 0);
    short[] pcm = new short[PcmFrame.SAMPLES];
    return number -> {
      for (int i = 0; i < pcm.length; i++) {
        double angle = Tones.angle(frequency, number * pcm.length + i);
        pcm[i] = (short) Math.round(VOLUME * Math.sin(angle));
      }
      return encoder.encode(pcm);
    };
  }

  /** For every window, the loudest of what is nobody's tone, as part of a tone's amplitude. */
  private List<Double> noise(List<EncodedFrame> frames, Participant... talkers) {
    int[] tones = new int[talkers.length];
    for (int i = 0; i < tones.length; i++) {
      tones[i] = TONE.getOrDefault(talkers[i], 0);
    }
    short[] pcm = decoded(frames);
    List<Double> noise = new ArrayList<>();
    for (int from = 0; from + WINDOW <= pcm.length; from += WINDOW) {
      noise.add(new Tones(pcm, from, WINDOW).loudestBeside(tones) / VOLUME);
    }
    return noise;
  }

  private List<Integer> peaks(List<EncodedFrame> frames) {
    List<Integer> peaks = new ArrayList<>();
    for (short sample : decoded(frames)) {
      peaks.add(Math.abs(sample));
    }
    return peaks;
  }

  private static short[] decoded(List<EncodedFrame> frames) {
    return Speech.decode(frames.stream().map(EncodedFrame::data).toList());
  }
}
