package io.github.kvslocal.conformance.browser;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A master or viewer on a page of a {@link BrowserRoom}, with the unmodified published SDK. */
public final class BrowserParticipant {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BrowserRoom room;
  private final String name;

  BrowserParticipant(BrowserRoom room, String name) {
    this.room = room;
    this.name = name;
  }

  /** What somebody brings along, who joins a session. */
  public static final class Joining {
    private final ObjectNode order = JSON.createObjectNode();
    private final ArrayNode sends = order.putArray("sends");

    private Joining(URI endpoint, String channel) {
      order.put("endpoint", endpoint.toString()).put("channel", channel);
    }

    /** The master of this channel, who sends nothing yet. */
    public static Joining asMaster(URI endpoint, String channel) {
      return new Joining(endpoint, channel);
    }

    /** A viewer of this channel, who sends nothing yet. */
    public static Joining asViewer(URI endpoint, String channel, String clientId) {
      Joining joining = new Joining(endpoint, channel);
      joining.order.put("clientId", clientId);
      return joining;
    }

    /** Sends what the browser's camera shows. */
    public Joining withCamera() {
      sends.add("camera");
      return this;
    }

    /** Sends what the browser's microphone hears. */
    public Joining withMicrophone() {
      sends.add("microphone");
      return this;
    }

    /** Sends a tone of so many hertz. */
    public Joining withTone(int frequency) {
      sends.add(frequency);
      return this;
    }

    /** Knows the emulator's media port by this relay's port on 127.0.0.1 only. */
    public Joining through(int relayPort) {
      order.put("relayPort", relayPort);
      return this;
    }

    /** Notes what its camera and microphone make of the clip, before anything is encoded. */
    public Joining observed() {
      order.put("observed", true);
      return this;
    }

    /** Can ask for key frames whenever it is told to. */
    public Joining demanding() {
      order.put("demanding", true);
      return this;
    }
  }

  /**
   * What was seen.
   *
   * @param numbers what the blocks of each picture say, -1 if they make no sense
   * @param sizes of each picture, as {@code 1280x720}
   * @param times when each was there, in milliseconds since the connection was up
   */
  public record Pictures(List<Integer> numbers, List<String> sizes, List<Double> times) {
    /** When the first picture of this size was there; empty if there is none. */
    public Optional<Duration> first(String size) {
      int index = sizes.indexOf(size);
      return index < 0
          ? Optional.empty()
          : Optional.of(Duration.ofNanos((long) (times.get(index) * 1e6)));
    }
  }

  /**
   * Joins and returns once the connection is up.
   *
   * @throws IllegalStateException if that takes longer than 20 seconds
   */
  public void join(Joining joining) {
    room.call(name, "join", joining.order);
  }

  /**
   * The connection's own statistics: {@code inboundVideo}, {@code inboundAudio}, {@code
   * outboundVideo}, {@code outboundAudio} in the words of W3C's webrtc-stats; its {@code state};
   * how many {@code offers} it was made.
   */
  public JsonNode statistics() {
    return room.call(name, "stats", Map.of());
  }

  /** Every picture so far. */
  public Pictures pictures() {
    return JSON.convertValue(room.call(name, "pictures", Map.of()), Pictures.class);
  }

  /** Every flash and beep of the clip as they came from its own camera and microphone. */
  public List<SentMedia.Pair> pairs() {
    return JSON.convertValue(
        room.call(name, "pairs", Map.of()), new TypeReference<List<SentMedia.Pair>>() {});
  }

  /** When key frames were asked of this master, to within 50 ms, since its connection was up. */
  public List<Duration> keyFramesAskedFor() {
    return StreamSupport.stream(
            room.call(name, "keyFramesAskedOfUs", Map.of()).spliterator(), false)
        .map(at -> Duration.ofNanos((long) (at.asDouble() * 1e6)))
        .toList();
  }

  /** Asks for so many key frames; it must have joined as one who can. */
  public void demandKeyFrames(int times, Duration apart) {
    room.call(name, "demandKeyFrames", Map.of("times", times, "apart", apart.toMillis()));
  }

  /**
   * The last so many seconds that were heard, as 16-bit samples of 48 kHz, little end first; empty
   * if it was less.
   */
  public Optional<byte[]> heard(int seconds) {
    JsonNode samples = room.call(name, "heard", Map.of("seconds", seconds));
    return samples.isNull()
        ? Optional.empty()
        : Optional.of(Base64.getDecoder().decode(samples.asText()));
  }

  /** Leaves, and says so. */
  public void leave() {
    room.call(name, "leave", Map.of());
  }
}
