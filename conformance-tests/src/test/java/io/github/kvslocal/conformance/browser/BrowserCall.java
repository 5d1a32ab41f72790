package io.github.kvslocal.conformance.browser;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.conformance.process.Command;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two pages of Chromium, a master and a viewer, who call each other through a channel. */
public final class BrowserCall {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** Which end a page is. */
  public enum Role {
    MASTER,
    VIEWER
  }

  /**
   * What one end says of the call.
   *
   * @param heard the descriptions that came, in order
   * @param state of its connection
   * @param framesDecoded pictures of the other end
   * @param audioBytes sound of the other end
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record End(List<String> heard, String state, int framesDecoded, long audioBytes) {}

  private final Path folder;
  private final Path authority;

  /**
   * A browser of its own.
   *
   * @param folder where its home and profile may lie
   * @param authority the certificate to trust, PEM
   */
  public BrowserCall(Path folder, Path authority) {
    this.folder = folder;
    this.authority = authority;
  }

  /**
   * Connects both; the second comes a second later. The ends in this order.
   *
   * @throws IllegalStateException if one of the pages fails; the message holds all that they said
   */
  public List<End> connect(URI endpoint, String channel, String viewer, Role first, Role second) {
    Path web = WebPackages.bundle();
    try (PageServer server = PageServer.start(web)) {
      Map<String, Object> order =
          Map.of(
              "executable", Command.installed("chromium").orElseThrow().toString(),
              "profile", folder.resolve("profile").toString(),
              "home", TrustedHome.make(folder, authority).toString(),
              "arguments",
                  List.of("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
              "page", server.page().resolve("call.html").toString(),
              "calls",
                  List.of(
                      end(endpoint, channel, viewer, first),
                      end(endpoint, channel, viewer, second)));
      Command.Outcome outcome =
          Command.of("node", "drive-call.mjs", JSON.writeValueAsString(order))
              .in(web)
              .run(DEADLINE);
      if (outcome.code() != 0) {
        throw new IllegalStateException("the browser failed: " + outcome.errors());
      }
      return JSON.readValue(outcome.output(), new TypeReference<List<End>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the driver printed no report", e);
    }
  }

  private static Map<String, String> end(URI endpoint, String channel, String viewer, Role role) {
    return Map.of(
        "endpoint",
        endpoint.toString(),
        "channel",
        channel,
        "clientId",
        viewer,
        "role",
        role.name());
  }
}
