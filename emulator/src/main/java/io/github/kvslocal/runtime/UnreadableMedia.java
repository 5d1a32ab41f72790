package io.github.kvslocal.runtime;

import io.github.kvslocal.media.Track;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What of one peer's media could not be read: each cause is told once, when it is met first, and
 * counted from then on.
 */
final class UnreadableMedia {
  /** A depacketizer has fewer complaints; what it says beyond is counted together. */
  private static final int MOST_CAUSES = 16;

  private static final String OTHERS = "of other causes";

  private final Map<String, Long> packets = new LinkedHashMap<>();
  private final Consumer<String> onNewCause;

  /**
   * @param onNewCause given a text for a person to read
   */
  UnreadableMedia(Consumer<String> onNewCause) {
    this.onNewCause = onNewCause;
  }

  /** A packet of a track could not be read. */
  void met(Track track, String complaint) {
    String cause = (track == Track.VIDEO ? "picture: " : "sound: ") + complaint;
    if (packets.size() >= MOST_CAUSES && !packets.containsKey(cause)) {
      cause = OTHERS;
    }
    if (packets.merge(cause, 1L, Long::sum) == 1) {
      onNewCause.accept(
          cause
              + (track == Track.VIDEO
                  ? "; send H.264 in packetization mode 1 (RFC 6184): single NAL units, STAP-A and"
                      + " FU-A"
                  : "; send one Opus packet in each RTP packet (RFC 7587)")
              + ". What is like it is dropped and counted");
    }
  }

  /** For a person to read, with a separator behind; empty if everything could be read. */
  String summary() {
    return packets.isEmpty()
        ? ""
        : packets.entrySet().stream()
            .map(cause -> cause.getValue() + " packets unreadable, " + cause.getKey())
            .collect(Collectors.joining("; ", "", "; "));
  }
}
