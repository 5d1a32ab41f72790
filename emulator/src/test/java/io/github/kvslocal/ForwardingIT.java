package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What viewers see of the master, over real sockets and ciphers on loopback. */
class ForwardingIT {
  private static final AnswerPlan BOTH_TRACKS = new AnswerPlan(true, Setup.ACTIVE);

  @TempDir private Path directory;

  @Test
  void viewersSeeTheMasterBitForBitAndWhoComesLateWithinASecond() throws Exception {
    List<EncodedFrame> frames = keyFrames(10_000);
    try (MasterBench bench = new MasterBench(directory, List.of("door"));
        RemoteViewer early = bench.joinAsViewer("door", "ann", List.of())) {
      early.connected().get(20, TimeUnit.SECONDS);
      try (RemoteMaster master = bench.join("door", BOTH_TRACKS, frames)) {
        master.connected().get(20, TimeUnit.SECONDS);
        early.firstPicture().get(20, TimeUnit.SECONDS);
        RemoteViewer late = bench.joinAsViewer("door", "bob", List.of());
        late.connected().get(20, TimeUnit.SECONDS);

        assertThat(late.firstPicture()).succeedsWithin(1, TimeUnit.SECONDS);

        assertThat(bench.log.await("viewer bob sees the master", "door")).contains("sees-master");
        master.allSent().get(20, TimeUnit.SECONDS);
        assertThat(pictures(early)).isNotEmpty();
        assertThat(MasterBench.data(frames, Track.VIDEO)).containsSubsequence(pictures(late));
        late.close();
        assertThat(bench.log.await("viewing-ended", "door")).contains("0 declined");
      }
      List<ByteBuffer> seen = pictures(early);
      assertThat(seen).isEqualTo(MasterBench.data(frames, Track.VIDEO).subList(0, seen.size()));
      assertThat(seen).hasSizeGreaterThan(90);
    }
  }

  private static List<ByteBuffer> pictures(RemoteViewer viewer) {
    return MasterBench.data(viewer.received().join(), Track.VIDEO);
  }

  /** The clip's key frames over and over, ten a second, each as a camera answers that is asked. */
  private static List<EncodedFrame> keyFrames(int millis) {
    List<EncodedFrame> keys = Clip.video().stream().filter(EncodedFrame::keyFrame).toList();
    List<EncodedFrame> frames = new ArrayList<>();
    for (int at = 0; at < millis; at += 100) {
      frames.add(keys.get(at / 100 % keys.size()).at(MediaTime.ofMillis(at)));
    }
    return frames;
  }
}
