package io.github.kvslocal.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.conformance.browser.BrowserParticipant;
import io.github.kvslocal.conformance.browser.BrowserParticipant.Joining;
import io.github.kvslocal.conformance.browser.BrowserParticipant.Pictures;
import io.github.kvslocal.conformance.browser.BrowserRoom;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.libwebrtc.LibwebrtcViewer;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.conformance.recording.DecodedFrame;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What viewers see of a master; one session is played and looked at from all sides. */
@NeedsClient({
  Client.EMULATOR,
  Client.CHROMIUM,
  Client.NODE,
  Client.NPM,
  Client.FFMPEG,
  Client.CERTUTIL,
  Client.WEBRTC_JAVA
})
class ViewersSeeIT {
  private static final String CHANNEL = "front-door";
  private static final String FULL_SIZE = "1280x720";
  private static final int SECONDS = 15;
  private static final int VIDEO = 126;

  /** A machine that does other things as well may leave some of its camera's pictures out. */
  private static final int LEAST_PICTURES = SECONDS * Clip.FRAME_RATE * 8 / 10;

  /** Longer than the session with all that precedes it, so that no number comes twice. */
  private static final int CLIP_SECONDS = 45;

  private static List<Watched> watched = List.of();
  private static List<Integer> forwarded = List.of();
  private static long framesSent;

  /**
   * What a viewer says in the end.
   *
   * @param firstWholePicture since its connection was up; empty if there was none
   * @param numbers of all pictures
   * @param framesDecoded while everybody was there
   * @param packetsLost of the picture
   * @param soundPackets received; whose sound it is, {@link ViewersHearIT} tells
   */
  private record Watched(
      String who,
      Optional<Duration> firstWholePicture,
      List<Integer> numbers,
      long framesDecoded,
      long packetsLost,
      long soundPackets) {
    static Watched by(String who, BrowserParticipant viewer, JsonNode before) {
      JsonNode after = viewer.statistics();
      Pictures pictures = viewer.pictures();
      return new Watched(
          who,
          pictures.first(FULL_SIZE),
          pictures.numbers(),
          difference(before, after, "/inboundVideo/framesDecoded"),
          after.at("/inboundVideo/packetsLost").asLong(-1),
          after.at("/inboundAudio/packetsReceived").asLong(-1));
    }

    static Watched by(String who, LibwebrtcViewer viewer, long decodedBefore) {
      return new Watched(
          who,
          viewer.pictures().firstWhole(),
          viewer.pictures().numbers(),
          viewer.inbound("video", "framesDecoded") - decodedBefore,
          viewer.inbound("video", "packetsLost"),
          viewer.inbound("audio", "packetsReceived"));
    }

    @Override
    public String toString() {
      return "%s: first picture after %s, %d pictures, %d decoded of %d sent, %d packets lost, %d of sound"
          .formatted(
              who,
              firstWholePicture,
              numbers.size(),
              framesDecoded,
              framesSent,
              packetsLost,
              soundPackets);
    }
  }

  @BeforeAll
  static void playOneSession(@TempDir Path folder) throws Exception {
    Clip clip = Clip.make(Path.of("target/clip").toAbsolutePath(), CLIP_SECONDS);
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL);
        UdpRelay relay = UdpRelay.to(emulator.port(), 0, 0);
        BrowserRoom camera =
            BrowserRoom.playing(folder.resolve("camera"), emulator.authority(), clip);
        BrowserRoom screens = BrowserRoom.open(folder.resolve("screens"), emulator.authority())) {
      BrowserParticipant master = camera.participant("master");
      BrowserParticipant ann = screens.participant("ann");
      BrowserParticipant bob = screens.participant("bob");
      master.join(Joining.asMaster(emulator.endpoint(), CHANNEL).withCamera().withMicrophone());
      ann.join(
          Joining.asViewer(emulator.endpoint(), CHANNEL, "ann")
              .withMicrophone()
              .through(relay.port()));
      bob.join(Joining.asViewer(emulator.endpoint(), CHANNEL, "bob"));
      try (LibwebrtcViewer cyd =
          LibwebrtcViewer.connect(
              emulator.endpoint(), CHANNEL, "cyd", TrustedAuthority.of(emulator.authority()))) {
        JsonNode masterBefore = master.statistics();
        JsonNode annBefore = ann.statistics();
        JsonNode bobBefore = bob.statistics();
        long cydBefore = cyd.inbound("video", "framesDecoded");
        // What is looked at lasts as long as it lasts.
        TimeUnit.SECONDS.sleep(SECONDS);
        framesSent = difference(masterBefore, master.statistics(), "/outboundVideo/framesSent");
        watched =
            List.of(
                Watched.by("ann", ann, annBefore),
                Watched.by("bob", bob, bobBefore),
                Watched.by("cyd", cyd, cydBefore));
      }
      forwarded = relay.sequenceNumbers(VIDEO);
    }
    watched.forEach(System.err::println);
  }

  @Test
  void everyViewerSeesTheWholePictureWithinASecondOfConnecting() {
    assertThat(watched)
        .allSatisfy(
            viewer ->
                assertThat(viewer.firstWholePicture())
                    .hasValueSatisfying(
                        first -> assertThat(first).isLessThan(Duration.ofSeconds(1))));
  }

  @Test
  void noPacketIsLost() {
    assertThat(watched).allSatisfy(viewer -> assertThat(viewer.packetsLost()).isZero());
  }

  @Test
  void soundArrives() {
    assertThat(watched)
        .allSatisfy(
            viewer -> assertThat(viewer.soundPackets()).isGreaterThan(SECONDS * 50 * 9 / 10));
  }

  @Test
  void sequenceNumbersHaveNoGap() {
    assertThat(forwarded).hasSizeGreaterThan(LEAST_PICTURES);
    for (int index = 1; index < forwarded.size(); index++) {
      assertThat(forwarded.get(index)).isEqualTo((forwarded.get(index - 1) + 1) & 0xFFFF);
    }
  }

  @Test
  void everyViewerDecodesWhatTheMasterSends() {
    assertThat(framesSent).isGreaterThan(LEAST_PICTURES);
    assertThat(watched)
        .allSatisfy(
            viewer ->
                assertThat(viewer.framesDecoded()).isGreaterThanOrEqualTo(framesSent * 95 / 100));
  }

  @Test
  void picturesAreTheMastersOnceAndInOrder() {
    assertThat(watched)
        .allSatisfy(
            viewer ->
                assertThat(viewer.numbers())
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .doesNotContain(DecodedFrame.UNREADABLE)
                    .hasSizeGreaterThan(LEAST_PICTURES));
  }

  private static long difference(JsonNode before, JsonNode after, String figure) {
    return after.at(figure).asLong() - before.at(figure).asLong();
  }
}
