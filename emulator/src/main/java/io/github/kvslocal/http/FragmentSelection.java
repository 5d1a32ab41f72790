package io.github.kvslocal.http;

import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which fragments a request for archived media is about: the rules of its selectors. */
final class FragmentSelection {
  /** ClipTimestampRange, HLSTimestampRange and DASHTimestampRange API pages, EndTimestamp. */
  private static final Duration LONGEST_RANGE = Duration.ofHours(24);

  /** GetImages API page, EndTimestamp. */
  private static final Duration LONGEST_IMAGE_RANGE = Duration.ofMinutes(5);

  private enum Origin {
    PRODUCER_TIMESTAMP,
    SERVER_TIMESTAMP
  }

  private enum PlaybackMode {
    LIVE,
    LIVE_REPLAY,
    ON_DEMAND
  }

  private FragmentSelection() {}

  /** Of ListFragments, whose page has no rule for the order of the two moments. */
  static void anyRange(Members selector) throws RefusedException {
    selector.requiredOneOf("FragmentSelectorType", Origin.class);
    Members range = selector.requiredStructure("TimestampRange");
    range.requiredTimestamp("StartTimestamp");
    range.requiredTimestamp("EndTimestamp");
  }

  /** Of GetClip. */
  static void clip(Members selector, Instant now) throws RefusedException {
    Origin origin = selector.requiredOneOf("FragmentSelectorType", Origin.class);
    Members range = selector.requiredStructure("TimestampRange");
    Instant start = range.requiredTimestamp("StartTimestamp");
    checkEnd(range, start, range.requiredTimestamp("EndTimestamp"), origin, now);
  }

  /**
   * Of an HLS or DASH session: on demand and live replay need type and range, and the range its
   * end, on demand; live takes no range.
   */
  static void session(Members body, String member, Instant now) throws RefusedException {
    PlaybackMode mode = body.oneOf("PlaybackMode", PlaybackMode.class).orElse(PlaybackMode.LIVE);
    Members selector = body.structure(member);
    Optional<Origin> type = selector.oneOf("FragmentSelectorType", Origin.class);
    Members range = selector.structure("TimestampRange");
    Optional<Instant> start = range.timestamp("StartTimestamp");
    Optional<Instant> end = range.timestamp("EndTimestamp");
    String when = " when PlaybackMode is " + mode;
    if (mode == PlaybackMode.LIVE) {
      if (selector.has("TimestampRange")) {
        throw selector.breaks("TimestampRange", "must be null" + when);
      }
      return;
    }
    if (!body.has(member)) {
      throw body.breaks(member, "must not be null" + when);
    }
    Origin origin =
        type.orElseThrow(() -> selector.breaks("FragmentSelectorType", "must not be null" + when));
    if (!selector.has("TimestampRange")) {
      throw selector.breaks("TimestampRange", "must not be null" + when);
    }
    Instant from = start.orElseThrow(() -> range.breaks("StartTimestamp", "must not be null"));
    if (end.isPresent()) {
      checkEnd(range, from, end.get(), origin, now);
    } else if (mode == PlaybackMode.ON_DEMAND) {
      throw range.breaks("EndTimestamp", "must not be null" + when);
    }
  }

  /** Of GetImages. */
  static void images(Members body) throws RefusedException {
    body.requiredOneOf("ImageSelectorType", Origin.class);
    Instant start = body.requiredTimestamp("StartTimestamp");
    Instant end = body.requiredTimestamp("EndTimestamp");
    if (Duration.between(start, end).compareTo(LONGEST_IMAGE_RANGE) > 0) {
      throw body.breaks("EndTimestamp", "must be within 300 seconds of StartTimestamp");
    }
  }

  private static void checkEnd(
      Members range, Instant start, Instant end, Origin origin, Instant now)
      throws RefusedException {
    if (!end.isAfter(start)) {
      throw range.breaks("EndTimestamp", "must be later than StartTimestamp");
    }
    if (Duration.between(start, end).compareTo(LONGEST_RANGE) > 0) {
      throw range.breaks("EndTimestamp", "must be within 24 hours of StartTimestamp");
    }
    if (origin == Origin.SERVER_TIMESTAMP && !end.isBefore(now)) {
      throw range.breaks(
          "EndTimestamp", "must be in the past when FragmentSelectorType is SERVER_TIMESTAMP");
    }
  }
}
