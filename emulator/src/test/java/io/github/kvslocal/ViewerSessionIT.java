package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Viewers and the emulator over real sockets and ciphers on loopback. */
class ViewerSessionIT {
  private static final List<EncodedFrame> FRAMES = Clip.frames();
  private static final AnswerPlan BOTH_TRACKS = new AnswerPlan(true, Setup.ACTIVE);

  /** The documented rules in a hurry. */
  private static final SessionLimits BRIEF =
      new SessionLimits(
          3,
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofHours(1));

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

  @Test
  void viewersWithoutAMasterAreTurnedOutAndTheirSeatsFallFree() throws Exception {
    try (MasterBench bench = new MasterBench(directory, List.of("door"), BRIEF);
        RemoteViewer ann = bench.joinAsViewer("door", "ann", FRAMES)) {
      assertThat(ann.ended()).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(PeerEnd.REMOTE_CLOSED);

      assertThat(bench.log.await("evicted", "door")).contains("no master was connected");
      assertThat(bench.log.await("seat-freed", "door")).contains("viewer ann");
    }
  }

  @Test
  void aClientIdMakesAViewerOfWhoeverJoins() throws Exception {
    try (MasterBench bench = new MasterBench(directory, List.of("door"))) {
      String arn = bench.client.channelArn("door");

      HttpResponse<String> joined =
          bench.client.post(
              "https", "/joinStorageSession", "{'channelArn':'" + arn + "','clientId':'ann'}");

      assertThat(joined.statusCode()).isEqualTo(200);
      assertThat(bench.log.await("event=\"joined\"", "door")).contains("viewer ann");
    }
  }
}
