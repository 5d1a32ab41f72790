package io.github.kvslocal.conformance.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.process.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Chromium as the master of a storage session. It verifies the emulator's certificate like any
 * other; that it trusts the emulator's authority is the only thing it was told.
 */
public final class BrowserMaster {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration OVERHEAD = Duration.ofSeconds(60);
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  private final Path folder;
  private final Path authority;
  private final Clip clip;

  /**
   * A master that plays this clip.
   *
   * @param folder where its home and profile may lie
   * @param authority the certificate to trust, PEM
   */
  public BrowserMaster(Path folder, Path authority, Clip clip) {
    this.folder = folder;
    this.authority = authority;
    this.clip = clip;
  }

  /**
   * Joins the channel's storage session, sends for so many seconds and leaves.
   *
   * @throws IllegalStateException if the page fails; the message holds all that the browser said
   */
  public SentMedia record(URI endpoint, String channel, int seconds) {
    Path web = WebPackages.bundle();
    try (PageServer server = PageServer.start(web)) {
      Command.Outcome outcome =
          drive(web, server, endpoint, channel, seconds).run(OVERHEAD.plusSeconds(seconds));
      if (outcome.code() != 0) {
        throw new IllegalStateException("the browser failed: " + outcome.errors());
      }
      return JSON.readValue(outcome.output(), SentMedia.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the driver printed no report", e);
    }
  }

  /**
   * Joins the channel's storage session and sends until it is killed with SIGKILL, the browser and
   * what drives it.
   *
   * @param sends returns when the browser is to die
   */
  public void killAfter(URI endpoint, String channel, Runnable sends) throws IOException {
    Path web = WebPackages.bundle();
    Files.createDirectories(folder);
    try (PageServer server = PageServer.start(web)) {
      Process process =
          drive(web, server, endpoint, channel, (int) LONGEST_LIFE.toSeconds())
              .start(folder.resolve("driver.out"), folder.resolve("driver.err"));
      try {
        sends.run();
      } finally {
        Command.killTree(process);
      }
    }
  }

  private Command drive(Path web, PageServer server, URI endpoint, String channel, int seconds)
      throws JsonProcessingException {
    Map<String, Object> order =
        Map.of(
            "executable", Command.installed("chromium").orElseThrow().toString(),
            "profile", folder.resolve("profile").toString(),
            "home", TrustedHome.make(folder, authority).toString(),
            "arguments", arguments(),
            "page", server.page().toString(),
            "recording",
                Map.of("endpoint", endpoint.toString(), "channel", channel, "seconds", seconds));
    return Command.of("node", "drive.mjs", JSON.writeValueAsString(order)).in(web);
  }

  private List<String> arguments() {
    return List.of(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--use-file-for-fake-video-capture=" + clip.video(),
        "--use-file-for-fake-audio-capture=" + clip.audio());
  }
}
