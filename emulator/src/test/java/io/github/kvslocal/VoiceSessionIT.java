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
