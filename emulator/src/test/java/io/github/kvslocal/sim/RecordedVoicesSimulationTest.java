package io.github.kvslocal.sim;

import static io.github.kvslocal.sim.Gathering.LISTENS;
import static io.github.kvslocal.sim.Gathering.TALKS;
import static io.github.kvslocal.sim.Gathering.data;
import static io.github.kvslocal.sim.Gathering.pictures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.routing.voice.Speech;
import io.github.kvslocal.routing.voice.Tones;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is stored of the voices of a session, by the real codec. */
class RecordedVoicesSimulationTest {
  private static final int MASTER = 437;
  private static final int ANN = 1_013;
  private static final double NOTHING = 0.01;

  /** Sender reports are RTCP packets of this type (RFC 3550 section 6.4.1). */
  private static final int SENDER_REPORT = 200;

  private static final List<EncodedFrame> CLIP = Clip.frames(14);
  private static final List<EncodedFrame> MASTERS_TONE =
      Speech.tone(MASTER, Duration.ofSeconds(14));
  private static final List<EncodedFrame> ANNS_TONE = Speech.tone(ANN, Duration.ofSeconds(3));

  @Test
  void mastersPacketsAreStoredBitForBitExceptWhileAViewerSpeaks() throws Exception {
    Gathering gathering = new Gathering(true);
    Visit master = gathering.master(TALKS, CLIP);
    gathering.pass(4_000);
    Visit ann = gathering.viewer("ann", TALKS, ANNS_TONE);
    gathering.pass(12_000);
    gathering.leave(ann, master);

    List<MatroskaBlock> stored = gathering.recorded(Track.AUDIO);
    int first = firstOther(stored, CLIP);
    int last = lastOther(stored, CLIP);
    assertThat(stored).hasSameSizeAs(data(CLIP));
    assertThatTimesAreOf(stored, CLIP);
    assertThat(first).isBetween(195, 215);
    // three seconds of speech and the second after which it counts as over
    assertThat(last - first).isBetween(190, 205);
    assertThat(gathering.details("mix-begins")).containsExactly("the recording is a mix from here");
    assertThat(gathering.details("mix-ended"))
        .containsExactly("the recording is the master's own sound again");
    assertThat(gathering.recorded(Track.VIDEO)).hasSize(14 * 15);
    assertThat(gathering.details("recording-ended").get(0))
        .contains("picture and sound; ", " frames of the mix with viewers came beside");
  }

  @Test
  void mixHoldsBothVoicesAndTheRestTheMastersAlone() throws Exception {
    Gathering gathering = new Gathering(true);
    Visit master = gathering.master(TALKS, pictures(14, MASTERS_TONE));
    gathering.pass(4_000);
    gathering.viewer("ann", TALKS, ANNS_TONE);
    gathering.pass(12_000);
    gathering.leave(master);

    List<ByteBuffer> stored = packets(gathering.recorded(Track.AUDIO));
    assertHolds(stored.subList(50, 190), MASTER);
    assertHolds(stored.subList(220, 330), MASTER, ANN);
    assertHolds(stored.subList(430, 690), MASTER);
  }

  @Test
  void mixIsInStepWithThePicture() throws Exception {
    List<EncodedFrame> late = Speech.tone(MASTER, Duration.ofSeconds(5), Duration.ofSeconds(8));
    Gathering gathering = new Gathering(true);
    gathering.viewer("ann", TALKS, Speech.tone(ANN, Duration.ofSeconds(10)));
    gathering.pass(500);
    Visit master = gathering.master(TALKS, pictures(8, late));
    gathering.pass(10_000);
    gathering.leave(master);

    List<MatroskaBlock> stored = gathering.recorded(Track.AUDIO);
    short[] pcm = Speech.decode(packets(stored));
    int onset = 960;
    while (new Tones(pcm, onset, 960).level(MASTER) < Speech.VOLUME / 2.0) {
      onset += 48;
    }
    int frame = (onset + 480) / 960;
    long millis = stored.get(frame).timeMillis() + (onset + 480) % 960 / 48;
    assertThat(millis).isBetween(4_980L, 5_020L);
    assertThat(gathering.recorded(Track.VIDEO).get(75).timeMillis()).isBetween(4_998L, 5_002L);
  }

  @Test
  void nothingIsLostWhenTheMastersTimesAreLongUnknown() throws Exception {
    Gathering gathering = new Gathering(true);
    gathering.network.filter(
        datagram -> datagram.length < 2 || (datagram[1] & 0xFF) != SENDER_REPORT);
    Visit ann = gathering.viewer("ann", TALKS, ANNS_TONE);
    gathering.pass(1_000);
    Visit master = gathering.master(TALKS, CLIP);
    gathering.pass(16_000);
    gathering.leave(ann, master);

    List<MatroskaBlock> stored = gathering.recorded(Track.AUDIO);
    assertThat(stored).hasSameSizeAs(data(CLIP));
    assertThat(lastOther(stored, CLIP)).isBetween(120, 170);
    assertThat(gathering.recorded(Track.VIDEO)).hasSize(14 * 15);
  }

  @Test
  void voicesOfViewersAreStoredBesideAMasterWithoutSound() throws Exception {
    List<EncodedFrame> silent =
        CLIP.stream().filter(frame -> frame.track() == Track.VIDEO).toList();
    Gathering gathering = new Gathering(true);
    Visit master = gathering.master(LISTENS, silent);
    gathering.pass(4_000);
    gathering.viewer("ann", TALKS, ANNS_TONE);
    gathering.pass(12_000);
    gathering.leave(master);

    List<MatroskaBlock> stored = gathering.recorded(Track.AUDIO);
    // ann's own packets, since nobody else speaks
    assertThat(packets(stored)).isEqualTo(data(ANNS_TONE));
    assertThat(stored.get(0).timeMillis()).isBetween(4_000L, 4_200L);
    assertThat(gathering.details("recording-ended").get(0)).contains("picture only, as negotiated");
  }

  @Test
  void mixIsNotStoredWhereOnlyTheMasterIsWanted() throws Exception {
    Gathering gathering = new Gathering(false);
    Visit master = gathering.master(TALKS, CLIP);
    gathering.pass(4_000);
    Visit ann = gathering.viewer("ann", TALKS, ANNS_TONE);
    gathering.pass(12_000);
    gathering.leave(ann, master);

    assertThat(packets(gathering.recorded(Track.AUDIO))).isEqualTo(data(CLIP));
    assertThat(gathering.details("mix-begins")).isEmpty();
    assertThat(Gathering.heardBy(master)).hasSizeGreaterThan(140);
  }

  @Test
  void anotherMasterInTheMidstOfTalkIsAnotherRecordingWithItsMix() throws Exception {
    Gathering gathering = new Gathering(true);
    Visit ann = gathering.viewer("ann", TALKS, Speech.tone(ANN, Duration.ofSeconds(14)));
    gathering.pass(500);
    Visit first = gathering.master(TALKS, pictures(14, MASTERS_TONE));
    gathering.pass(4_000);
    Visit second = gathering.master(TALKS, pictures(14, MASTERS_TONE));
    gathering.pass(4_000);
    gathering.leave(second);
    int stored = gathering.recorded(Track.AUDIO).size();

    gathering.pass(4_000);

    List<MatroskaBlock> blocks = gathering.recorded(Track.AUDIO);
    assertThat(first.ended()).isTrue();
    assertThat(ann.ended()).isFalse();
    assertThat(blocks).hasSize(stored);
    assertThat(blocks).extracting(MatroskaBlock::timeMillis).isSorted().doesNotHaveDuplicates();
    assertThat(gathering.details("mix-begins")).hasSize(2);
    assertHolds(packets(blocks).subList(40, 170), MASTER, ANN);
    assertHolds(packets(blocks).subList(stored - 140, stored - 10), MASTER, ANN);
  }

  /** Exactly these, in the last 0.8 seconds. */
  private static void assertHolds(List<ByteBuffer> packets, int... tones) {
    Tones held = Speech.tones(packets);
    for (int tone : tones) {
      assertThat(held.level(tone)).as("%d Hz", tone).isBetween(4_800.0, 6_600.0);
    }
    assertThat(held.loudestBeside(tones)).isLessThan(held.level(tones[0]) * NOTHING);
  }

  private static void assertThatTimesAreOf(List<MatroskaBlock> stored, List<EncodedFrame> frames) {
    List<EncodedFrame> sent =
        frames.stream().filter(frame -> frame.track() == Track.AUDIO).toList();
    for (int i = 0; i < stored.size(); i++) {
      assertThat(stored.get(i).timeMillis() - sent.get(i).time().millis()).isBetween(-1L, 1L);
    }
  }

  /** The first stored packet that is not the master's. */
  private static int firstOther(List<MatroskaBlock> stored, List<EncodedFrame> frames) {
    List<ByteBuffer> sent = data(frames);
    int at = 0;
    while (stored.get(at).data().equals(sent.get(at))) {
      at++;
    }
    return at;
  }

  /** The last one. */
  private static int lastOther(List<MatroskaBlock> stored, List<EncodedFrame> frames) {
    List<ByteBuffer> sent = data(frames);
    int at = stored.size() - 1;
    while (stored.get(at).data().equals(sent.get(at))) {
      at--;
    }
    return at;
  }

  private static List<ByteBuffer> packets(List<MatroskaBlock> blocks) {
    return blocks.stream().map(MatroskaBlock::data).toList();
  }
}
