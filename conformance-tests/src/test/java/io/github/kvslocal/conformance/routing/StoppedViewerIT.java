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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A viewer whose browser is stopped: its sockets are there, and nobody reads them. */
@NeedsClient({
  Client.EMULATOR,
  Client.CHROMIUM,
  Client.NODE,
  Client.NPM,
  Client.FFMPEG,
  Client.CERTUTIL
})
class StoppedViewerIT {
  private static final String CHANNEL = "garage";

  /** Consent expires 30 s after its last proof (RFC 7675 section 5.1). */
  private static final Duration CONSENT = Duration.ofSeconds(30);

  /** Longer than the session with all that precedes it, so that no number comes twice. */
  private static final int CLIP_SECONDS = 90;

  @Test
  void viewerWhoReadsNothingIsDroppedAndTheOthersSeeNoDifference(@TempDir Path folder) {
    Clip clip = Clip.make(Path.of("target/clip").toAbsolutePath(), CLIP_SECONDS);
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL);
        BrowserRoom camera =
            BrowserRoom.playing(folder.resolve("camera"), emulator.authority(), clip);
        BrowserRoom stopped = BrowserRoom.open(folder.resolve("stopped"), emulator.authority());
        BrowserRoom other = BrowserRoom.open(folder.resolve("other"), emulator.authority())) {
      BrowserParticipant master = camera.participant("master");
      BrowserParticipant bob = other.participant("bob");
      master.join(Joining.asMaster(emulator.endpoint(), CHANNEL).withCamera());
      stopped.participant("ann").join(Joining.asViewer(emulator.endpoint(), CHANNEL, "ann"));
      bob.join(Joining.asViewer(emulator.endpoint(), CHANNEL, "bob"));
      JsonNode sentBefore = master.statistics();
      JsonNode seenBefore = bob.statistics();
      long start = System.nanoTime();

      stopped.freeze();
      try {
        emulator.awaitLog("viewing-ended", CONSENT.plusSeconds(5));

        Duration until = Duration.ofNanos(System.nanoTime() - start);
        long sent = more(sentBefore, master.statistics(), "/outboundVideo/framesSent");
        JsonNode seen = bob.statistics();
        long decoded = more(seenBefore, seen, "/inboundVideo/framesDecoded");
        List<Integer> numbers = bob.pictures().numbers();
        System.err.printf("dropped after %s; bob decoded %d of %d%n", until, decoded, sent);
        assertThat(decoded).isGreaterThanOrEqualTo(sent * 95 / 100);
        assertThat(seen.at("/inboundVideo/packetsLost").asInt(-1)).isZero();
        assertThat(numbers)
            .isSorted()
            .doesNotHaveDuplicates()
            .doesNotContain(DecodedFrame.UNREADABLE);
      } finally {
        stopped.thaw();
      }
    }
  }

  private static long more(JsonNode before, JsonNode after, String figure) {
    return after.at(figure).asLong() - before.at(figure).asLong();
  }
}
