package io.github.kvslocal.conformance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.process.JsonLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One Chromium with a page for each participant of storage sessions, which stays open until it is
 * closed. It verifies the emulator's certificate like any other.
 */
public final class BrowserRoom implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SIGNAL = Duration.ofSeconds(5);
  private static final int SECONDS_TO_END = 10;

  private final PageServer server;
  private final JsonLines driver;

  private BrowserRoom(PageServer server, JsonLines driver) {
    this.server = server;
    this.driver = driver;
  }

  /**
   * A browser whose camera and microphone are made up by itself.
   *
   * @param folder where its home, profile and log may lie, of no other browser
   * @param authority the certificate to trust, PEM
   */
  public static BrowserRoom open(Path folder, Path authority) {
    return open(folder, authority, List.of());
  }

  /** A browser whose camera and microphone are this clip. */
  public static BrowserRoom playing(Path folder, Path authority, Clip clip) {
    return open(
        folder,
        authority,
        List.of(
            "--use-file-for-fake-video-capture=" + clip.video(),
            "--use-file-for-fake-audio-capture=" + clip.audio()));
  }

  private static BrowserRoom open(Path folder, Path authority, List<String> more) {
    Path web = WebPackages.bundle();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--autoplay-policy=no-user-gesture-required"));
    arguments.addAll(more);
    PageServer server = PageServer.start(web);
    try {
      Files.createDirectories(folder);
      String order =
          JSON.writeValueAsString(
              Map.of(
                  "executable", Command.installed("chromium").orElseThrow().toString(),
                  "profile", folder.resolve("profile").toString(),
                  "home", TrustedHome.make(folder, authority).toString(),
                  "arguments", arguments,
                  "page", server.page().resolve("participant.html").toString()));
      return new BrowserRoom(
          server,
          JsonLines.start(
              new ProcessBuilder("node", "drive-participants.mjs", order).directory(web.toFile()),
              folder.resolve("browser.log"),
              SECONDS_TO_END));
    } catch (IOException e) {
      server.close();
      throw new UncheckedIOException("cannot open a browser", e);
    }
  }

  /** The participant on the page of this name, which is opened when it is first used. */
  public BrowserParticipant participant(String name) {
    return new BrowserParticipant(this, name);
  }

  /** Stops the browser with SIGSTOP: it is there and does nothing. */
  public void freeze() {
    signal("-STOP");
  }

  /** Lets it go on. */
  public void thaw() {
    signal("-CONT");
  }

  @Override
  public void close() {
    driver.close();
    server.close();
  }

  /**
   * Calls a function of a page.
   *
   * @throws IllegalStateException if it fails
   */
  JsonNode call(String page, String function, Object argument) {
    JsonNode answer =
        driver.ask(JSON.valueToTree(Map.of("page", page, "does", function, "argument", argument)));
    if (answer.has("failure")) {
      throw new IllegalStateException(page + ": " + answer.path("failure").asText());
    }
    return answer.path("value");
  }

  private void signal(String signal) {
    List<String> words = new ArrayList<>(List.of("kill", signal));
    driver.descendants().map(process -> Long.toString(process.pid())).forEach(words::add);
    Command.of(words).succeed(SIGNAL);
  }
}
