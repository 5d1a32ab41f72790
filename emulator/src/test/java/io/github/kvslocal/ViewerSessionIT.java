package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Viewers and the emulator over real sockets and ciphers on loopback. */
class ViewerSessionIT {
  private static final List<EncodedFrame> FRAMES = Clip.frames();
  private static final AnswerPlan BOTH_TRACKS = new AnswerPlan(true, Setup.ACTIVE);

  @TempDir private Path directory;

  @Test
  void threeViewersConnectBesideTheMasterAndTheFourthIsRefused() throws Exception {
    try (MasterBench bench = new MasterBench(directory, List.of("door"));
        RemoteMaster master = bench.join("door", BOTH_TRACKS, FRAMES)) {
      List<RemoteViewer> viewers = new ArrayList<>();
      for (String id : List.of("ann", "bob", "cyd")) {
        viewers.add(bench.joinAsViewer("door", id, FRAMES));
      }

      assertThatIOException()
          .isThrownBy(() -> bench.joinAsViewer("door", "dot", FRAMES))
          .withMessageContaining("400")
          .withMessageContaining("ClientLimitExceededException")
          .withMessageContaining("maximum number of viewers connected to the session")
          .withMessageContaining("ann is in the session");

      assertThat(master.connected()).succeedsWithin(20, TimeUnit.SECONDS);
      for (RemoteViewer viewer : viewers) {
        assertThat(viewer.allSent()).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(viewer.complaints()).isEmpty();
        viewer.close();
      }
    }
  }

  /** A loop looks at the policy clock at every event of its session. */
  @Test
  void viewersWithoutAMasterAreTurnedOutAndTheirSeatsFallFree() throws Exception {
    AtomicReference<Instant> clock = new AtomicReference<>(Instant.now());
    KvsLocalOptions options =
        KvsLocalOptions.defaults()
            .withDataDirectory(directory)
            .withChannels(List.of("door"))
            .withClock(clock::get);
    try (MasterBench bench = new MasterBench(options);
        RemoteViewer ann = bench.joinAsViewer("door", "ann", FRAMES)) {
      ann.connected().get(20, TimeUnit.SECONDS);

      clock.updateAndGet(now -> now.plus(Duration.ofMinutes(3)));
      join(bench, "bob");
      assertThat(ann.ended()).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(PeerEnd.REMOTE_CLOSED);
      assertThat(bench.log.await("evicted", "door")).contains("no master was connected");

      clock.updateAndGet(now -> now.plus(Duration.ofMinutes(1)));
      join(bench, "bob");
      assertThat(bench.log.await("seat-freed", "door")).contains("client=\"ann\"");
    }
  }

  @Test
  void aClientIdMakesAViewerOfWhoeverJoins() throws Exception {
    try (MasterBench bench = new MasterBench(directory, List.of("door"))) {
      HttpResponse<String> joined = join(bench, "ann");

      assertThat(joined.statusCode()).isEqualTo(200);
      assertThat(bench.log.await("event=\"joined\"", "door")).contains("client=\"ann\"");
    }
  }

  /** As the KVS C SDK does it. */
  private static HttpResponse<String> join(MasterBench bench, String viewer) throws Exception {
    return bench.client.post(
        "https",
        "/joinStorageSession",
        "{'channelArn':'%s','clientId':'%s'}".formatted(bench.client.channelArn("door"), viewer));
  }
}
