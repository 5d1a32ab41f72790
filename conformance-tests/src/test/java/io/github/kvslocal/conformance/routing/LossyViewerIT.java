package io.github.kvslocal.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.kvslocal.conformance.browser.BrowserParticipant;
import io.github.kvslocal.conformance.browser.BrowserParticipant.Joining;
import io.github.kvslocal.conformance.browser.BrowserRoom;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.recording.DecodedFrame;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two viewers of one master: ann, who loses every twentieth packet and whose losses are nobody
 * else's, and bob, who loses nothing but in the end asks for one key frame after the other.
 */
@NeedsClient({
  Client.EMULATOR,
  Client.CHROMIUM,
  Client.NODE,
  Client.NPM,
  Client.FFMPEG,
  Client.CERTUTIL
})
class LossyViewerIT {
  private static final String CHANNEL = "back-door";
  private static final double LOSS = 0.05;
  private static final int SECONDS = 12;
  private static final int DEMANDS = 40;
  private static final Duration BETWEEN_DEMANDS = Duration.ofMillis(100);

  /** Longer than the session with all that precedes it, so that no number comes twice. */
  private static final int CLIP_SECONDS = 45;

  /** Of pictures at the end, which one viewer may have and the other not yet. */
  private static final int IN_FLIGHT = 10;

  private static List<Integer> seenByAnn = List.of();
  private static List<Integer> seenByBob = List.of();
  private static JsonNode ann = MissingNode.getInstance();
  private static JsonNode bob = MissingNode.getInstance();
  private static List<Duration> keyFramesAskedFor = List.of();
  private static int lost;

  @BeforeAll
  static void playOneSession(@TempDir Path folder) throws Exception {
    Clip clip = Clip.make(Path.of("target/clip").toAbsolutePath(), CLIP_SECONDS);
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL);
        UdpRelay relay = UdpRelay.to(emulator.port(), LOSS, 6);
        BrowserRoom camera =
            BrowserRoom.playing(folder.resolve("camera"), emulator.authority(), clip);
        BrowserRoom screens = BrowserRoom.open(folder.resolve("screens"), emulator.authority())) {
      BrowserParticipant master = camera.participant("master");
      BrowserParticipant lossy = screens.participant("ann");
      BrowserParticipant other = screens.participant("bob");
      master.join(Joining.asMaster(emulator.endpoint(), CHANNEL).withCamera());
      other.join(Joining.asViewer(emulator.endpoint(), CHANNEL, "bob").demanding());
      lossy.join(Joining.asViewer(emulator.endpoint(), CHANNEL, "ann").through(relay.port()));
      // What is looked at lasts as long as it lasts.
      TimeUnit.SECONDS.sleep(SECONDS);
      ann = lossy.statistics().path("inboundVideo");
      bob = other.statistics().path("inboundVideo");
      lost = relay.lost();
      seenByBob = other.pictures().numbers();
      seenByAnn = lossy.pictures().numbers();
      other.demandKeyFrames(DEMANDS, BETWEEN_DEMANDS);
      keyFramesAskedFor = master.keyFramesAskedFor();
    }
    System.err.printf(
        "%d packets lost on the way to ann; key frames asked for at %s%nann %s%nbob %s%n",
        lost, keyFramesAskedFor, ann, bob);
  }

  @Test
  void viewerWhoLosesPacketsSeesEveryPictureAllTheSame() {
    List<Integer> common = new ArrayList<>(seenByBob);
    common.removeIf(number -> number < seenByAnn.get(0));
    List<Integer> expected = common.subList(0, common.size() - IN_FLIGHT);
    List<Integer> missed = new ArrayList<>(expected);
    missed.removeAll(seenByAnn);
    System.err.println("of " + expected.size() + " pictures ann has missed " + missed);

    assertThat(expected).hasSizeGreaterThan(SECONDS * Clip.FRAME_RATE / 2);
    assertThat(missed).hasSizeLessThanOrEqualTo(expected.size() / 100);
    assertThat(seenByAnn)
        .isSorted()
        .doesNotHaveDuplicates()
        .doesNotContain(DecodedFrame.UNREADABLE);
  }

  @Test
  void itsLossesAreMadeUpForByRetransmission() {
    assertThat(lost).isGreaterThan(SECONDS * Clip.FRAME_RATE / 10);
    assertThat(ann.path("nackCount").asInt()).isPositive();
    assertThat(ann.path("retransmittedPacketsReceived").asInt())
        .isGreaterThanOrEqualTo(lost * 8 / 10);
  }

  @Test
  void othersSeeNoDifference() {
    assertThat(bob.path("packetsLost").asInt(-1)).isZero();
    assertThat(bob.path("nackCount").asInt(-1)).isZero();
    assertThat(bob.path("freezeCount").asInt(-1)).isZero();
    assertThat(seenByBob)
        .isSorted()
        .doesNotHaveDuplicates()
        .doesNotContain(DecodedFrame.UNREADABLE);
  }

  @Test
  void masterIsAskedForAtMostTwoKeyFramesASecond() {
    // It counts them every 50 ms.
    Duration least = Duration.ofMillis(500 - 2 * 50);

    assertThat(keyFramesAskedFor).hasSizeGreaterThan(3);
    for (int index = 1; index < keyFramesAskedFor.size(); index++) {
      assertThat(keyFramesAskedFor.get(index).minus(keyFramesAskedFor.get(index - 1)))
          .isGreaterThan(least);
    }
    Duration all =
        keyFramesAskedFor.get(keyFramesAskedFor.size() - 1).minus(keyFramesAskedFor.get(0));
    assertThat((long) keyFramesAskedFor.size())
        .isLessThanOrEqualTo(all.plusMillis(100).toMillis() / 500 + 1);
  }
}
