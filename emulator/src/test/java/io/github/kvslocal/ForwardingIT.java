package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Camera;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
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
    Camera camera = new Camera(15);
    try (MasterBench bench = new MasterBench(rarelyCut());
        RemoteViewer early = bench.joinAsViewer("door", "ann", List.of())) {
      early.connected().get(20, TimeUnit.SECONDS);
      try (RemoteMaster master = bench.join("door", BOTH_TRACKS, camera)) {
        camera.looking(() -> answer(camera, master));
        master.connected().get(20, TimeUnit.SECONDS);
        early.firstPicture().get(20, TimeUnit.SECONDS);
        RemoteViewer late = bench.joinAsViewer("door", "bob", List.of());
        late.connected().get(20, TimeUnit.SECONDS);

        assertThat(late.firstPicture()).succeedsWithin(1, TimeUnit.SECONDS);

        assertThat(bench.log.await("viewer bob sees the master", "door")).contains("sees-master");
        master.allSent().get(30, TimeUnit.SECONDS);
        List<EncodedFrame> sent = master.sent().join();
        assertThat(sent.stream().filter(EncodedFrame::keyFrame)).hasSizeBetween(2, 5);
        assertThat(pictures(early)).isNotEmpty();
        assertThat(late.firstPicture().join().keyFrame()).isTrue();
        assertThat(MasterBench.data(sent, Track.VIDEO)).containsSubsequence(pictures(late));
        late.close();
        assertThat(bench.log.await("viewing-ended", "door")).contains("0 declined");
        List<ByteBuffer> seen = pictures(early);
        assertThat(seen).isEqualTo(MasterBench.data(sent, Track.VIDEO).subList(0, seen.size()));
        assertThat(seen).hasSizeGreaterThan(200);
      }
    }
  }

  /** So that nobody but viewers asks for key frames. */
  private KvsLocalOptions rarelyCut() {
    return KvsLocalOptions.defaults()
        .withDataDirectory(directory)
        .withChannels(List.of("door"))
        .withFragmentLength(Duration.ofSeconds(20));
  }

  /** The camera learns of requests by its next picture but one. */
  private static void answer(Camera camera, RemoteMaster master) {
    var unused = master.statistics().thenAccept(sent -> camera.asked(sent.keyFrameRequests()));
  }

  private static List<ByteBuffer> pictures(RemoteViewer viewer) {
    return MasterBench.data(viewer.received().join(), Track.VIDEO);
  }
}
