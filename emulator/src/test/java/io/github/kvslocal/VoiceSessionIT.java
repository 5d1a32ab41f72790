package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.routing.voice.Speech;
import io.github.kvslocal.routing.voice.Tones;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who hears whom, over real sockets and ciphers on loopback. */
class VoiceSessionIT {
  private static final AnswerPlan HEARING = new AnswerPlan(true, true, Setup.ACTIVE);
  private static final int MASTER = 437;
  private static final int ANN = 1_013;
  private static final int BOB = 1_787;

  /** -40 dB. */
  private static final double NOTHING = 0.01;

  @TempDir private Path directory;

  @Test
  void masterAndViewerHearEachOtherAndTheRecordingHoldsBoth() throws Exception {
    List<EncodedFrame> masters = withPictures(Speech.tone(MASTER, Duration.ofSeconds(6)));
    List<EncodedFrame> anns = Speech.tone(ANN, Duration.ofSeconds(20));
    try (MasterBench bench = new MasterBench(directory, List.of("door"));
        RemoteViewer ann = bench.joinAsViewer("door", "ann", anns)) {
      ann.connected().get(20, TimeUnit.SECONDS);
      RemoteMaster master = bench.join("door", HEARING, masters);
      master.allSent().get(20, TimeUnit.SECONDS);
      List<ByteBuffer> heardByMaster = packets(master.received().join());
      List<ByteBuffer> heardByAnn = packets(ann.received().join());
      master.close();
      bench.log.await("recording-ended", "door");

      assertThat(heardByMaster).hasSizeGreaterThan(200);
      assertThat(packets(anns)).containsSubsequence(heardByMaster);
      assertThat(heardByAnn).hasSizeGreaterThan(200);
      assertThat(packets(masters)).containsSubsequence(heardByAnn);
      Tones stored = Speech.tones(bench.recorded("door", Track.AUDIO).subList(100, 200));
      assertThat(stored.level(MASTER)).isGreaterThan(Speech.VOLUME / 2.0);
      assertThat(stored.level(ANN)).isGreaterThan(Speech.VOLUME / 2.0);
      assertThat(bench.log.await("the recording is a mix from here", "door"))
          .contains("mix-begins");
    }
  }

  @Test
  void threeHearTheOthersAndTheRecordingHoldsAll() throws Exception {
    List<EncodedFrame> masters = withPictures(Speech.tone(MASTER, Duration.ofSeconds(6)));
    List<EncodedFrame> anns = Speech.tone(ANN, Duration.ofSeconds(30));
    List<EncodedFrame> bobs = Speech.tone(BOB, Duration.ofSeconds(30));
    try (MasterBench bench = new MasterBench(directory, List.of("door"));
        RemoteViewer ann = bench.joinAsViewer("door", "ann", anns);
        RemoteViewer bob = bench.joinAsViewer("door", "bob", bobs)) {
      ann.connected().get(20, TimeUnit.SECONDS);
      bob.connected().get(20, TimeUnit.SECONDS);
      RemoteMaster master = bench.join("door", HEARING, masters);
      master.allSent().get(30, TimeUnit.SECONDS);
      List<ByteBuffer> heardByMaster = packets(master.received().join());
      List<ByteBuffer> heardByAnn = packets(ann.received().join());
      List<ByteBuffer> heardByBob = packets(bob.received().join());
      master.close();
      bench.log.await("recording-ended", "door");

      assertHolds(heardByMaster, ANN, BOB);
      assertHolds(heardByAnn, MASTER, BOB);
      assertHolds(heardByBob, MASTER, ANN);
      assertHolds(bench.recorded("door", Track.AUDIO), MASTER, ANN, BOB);
      assertThat(packets(anns)).doesNotContainAnyElementsOf(heardByMaster);
    }
  }

  /**
   * Exactly these voices, whenever no packet is late: a gap in a tone is noise, and somebody else's
   * voice would be there all the time.
   */
  private static void assertHolds(List<ByteBuffer> packets, int... voices) {
    assertThat(packets).hasSizeGreaterThan(200);
    List<Tones> stretches = new ArrayList<>();
    for (int end = 60; end <= packets.size(); end += 20) {
      stretches.add(Speech.tones(packets.subList(0, end)));
    }
    assertThat(stretches)
        .anySatisfy(
            tones -> {
              for (int voice : voices) {
                assertThat(tones.level(voice)).as("%d Hz", voice).isBetween(4_800.0, 6_600.0);
              }
              assertThat(tones.loudestBeside(voices)).isLessThan(tones.level(voices[0]) * NOTHING);
            });
  }

  private static List<EncodedFrame> withPictures(List<EncodedFrame> sound) {
    List<EncodedFrame> frames = new ArrayList<>(sound);
    frames.addAll(Clip.video());
    frames.sort(Comparator.comparing(EncodedFrame::time).thenComparing(EncodedFrame::track));
    return frames;
  }

  private static List<ByteBuffer> packets(List<EncodedFrame> frames) {
    return MasterBench.data(frames, Track.AUDIO);
  }
}
