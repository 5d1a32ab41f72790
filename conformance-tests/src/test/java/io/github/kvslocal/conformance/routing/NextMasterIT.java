package io.github.kvslocal.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.conformance.browser.BrowserParticipant;
import io.github.kvslocal.conformance.browser.BrowserParticipant.Joining;
import io.github.kvslocal.conformance.browser.BrowserRoom;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.recording.DecodedFrame;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second master who takes the place of the first while a viewer looks on. */
@NeedsClient({
  Client.EMULATOR,
  Client.CHROMIUM,
  Client.NODE,
  Client.NPM,
  Client.FFMPEG,
  Client.CERTUTIL
})
class NextMasterIT {
  private static final String CHANNEL = "gate";
  private static final int SECONDS = 5;
  private static final int CLIP_SECONDS = 45;

  /** Of the second master's first picture; the first master has no such numbers. */
  private static final int OTHER_NUMBERS = 8_000;

  @Test
  void viewersGoOnWithTheNextMastersPictureOnTheSameConnection(@TempDir Path folder)
      throws Exception {
    Path clips = Path.of("target/clip").toAbsolutePath();
    Clip first = Clip.make(clips, CLIP_SECONDS);
    Clip next = Clip.make(clips, CLIP_SECONDS, OTHER_NUMBERS);
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL);
        BrowserRoom camera =
            BrowserRoom.playing(folder.resolve("camera"), emulator.authority(), first);
        BrowserRoom otherCamera =
            BrowserRoom.playing(folder.resolve("next"), emulator.authority(), next);
        BrowserRoom screen = BrowserRoom.open(folder.resolve("screen"), emulator.authority())) {
      BrowserParticipant ann = screen.participant("ann");
      camera
          .participant("master")
          .join(Joining.asMaster(emulator.endpoint(), CHANNEL).withCamera().withMicrophone());
      ann.join(Joining.asViewer(emulator.endpoint(), CHANNEL, "ann").withMicrophone());
      TimeUnit.SECONDS.sleep(SECONDS);

      otherCamera
          .participant("master")
          .join(Joining.asMaster(emulator.endpoint(), CHANNEL).withCamera().withMicrophone());

      TimeUnit.SECONDS.sleep(SECONDS);
      List<Integer> numbers = ann.pictures().numbers();
      JsonNode statistics = ann.statistics();
      List<Integer> ofNext = numbers.stream().filter(number -> number >= OTHER_NUMBERS).toList();
      List<Integer> ofFirst = numbers.stream().filter(number -> number < OTHER_NUMBERS).toList();
      System.err.printf(
          "%d pictures of the first master, %d of the next; %s%n",
          ofFirst.size(), ofNext.size(), statistics.path("inboundVideo"));
      assertThat(numbers)
          .isSorted()
          .doesNotHaveDuplicates()
          .doesNotContain(DecodedFrame.UNREADABLE);
      assertThat(ofFirst).hasSizeGreaterThan(SECONDS * Clip.FRAME_RATE / 2);
      assertThat(ofNext).hasSizeGreaterThan((SECONDS - 1) * Clip.FRAME_RATE / 2);
      assertThat(statistics.path("state").asText()).isEqualTo("connected");
      assertThat(statistics.path("offers").asInt()).isEqualTo(1);
      assertThat(statistics.at("/inboundVideo/packetsLost").asInt(-1)).isZero();
    }
  }
}
