package io.github.kvslocal.rtp;

import java.time.Duration;

/**
 * When to ask a sender for a key frame: soon after somebody wants one, again while none comes, and
 * whenever the last one has grown old; never twice within half a second, and not while one is
 * arriving: libwebrtc drops what it has not sent yet when it makes a key frame. A sender that makes
 * them often enough by itself is left alone, and one that makes none is asked less and less often,
 * at least every eight seconds.
 */
final class KeyFrameRequests {
  private static final long THROTTLE = 500_000_000L;
  private static final long REPEAT = 1_000_000_000L;

  /** So many times it is asked at the first pace; then the wait doubles up to three times. */
  private static final int PROMPT_REQUESTS = 4;

  private static final int MOST_DOUBLINGS = 3;

  /** A stream's first key frame is usually under way: it gets this long before it is asked for. */
  private static final long START_TOLERANCE = 150_000_000L;

  /** A key frame that has begun to arrive gets this long to be whole. */
  private static final long ARRIVAL = 1_000_000_000L;

  private static final long GRACE_DIVISOR = 8;

  private final long interval;
  private Duration habit = FeedbackHabits.AS_NEEDED;
  private boolean started;
  private boolean wanted;
  private boolean asked;
  private long wantedAt;
  private long askedAt;
  private long lastKeyFrameAt;
  private boolean awaiting;
  private boolean arriving;
  private long arrivingUntil;

  /** Requests since the last key frame. */
  private int unanswered;

  private long sent;

  KeyFrameRequests(Duration interval) {
    // A sender with this very interval of its own is always a little late; it is to be left alone.
    this.interval = interval.toNanos() / GRACE_DIVISOR * (GRACE_DIVISOR + 1);
  }

  /**
   * Asks in another way from now on.
   *
   * @param often see {@link FeedbackHabits#keyFrames}
   */
  void ask(Duration often) {
    habit = often;
  }

  /** A stream begins: one is wanted unless it begins with one. */
  void streamStarted(long now) {
    started = true;
    lastKeyFrameAt = now;
    arriving = false;
    unanswered = 0;
    want(now + START_TOLERANCE);
  }

  void request(long now) {
    want(now);
  }

  private void want(long at) {
    if (!wanted || at < wantedAt) {
      wantedAt = at;
    }
    wanted = true;
  }

  /** The first packet of a key frame has come. */
  void keyFrameBegins(long now) {
    arriving = true;
    arrivingUntil = now + ARRIVAL;
  }

  /** Another picture is whole: what was arriving was no key frame, or its turn comes yet. */
  void otherPicture() {
    arriving = false;
  }

  /** A picture is lost, the key frame that was arriving perhaps. */
  void lost(long now) {
    arriving = false;
    want(now);
  }

  /** A key frame has come whole. */
  void keyFrame(long now) {
    arriving = false;
    lastKeyFrameAt = now;
    awaiting = false;
    wanted = false;
    unanswered = 0;
  }

  boolean due(long now) {
    return nextDeadline() <= now;
  }

  void sent(long now) {
    sent++;
    asked = true;
    askedAt = now;
    awaiting = true;
    unanswered++;
    wanted = false;
  }

  /** Requests sent so far. */
  long sent() {
    return sent;
  }

  /** When to ask; {@link Long#MAX_VALUE} while no stream has begun. */
  long nextDeadline() {
    if (!started || habit.equals(FeedbackHabits.NEVER)) {
      return Long.MAX_VALUE;
    }
    if (!habit.equals(FeedbackHabits.AS_NEEDED)) {
      return asked ? askedAt + habit.toNanos() : lastKeyFrameAt;
    }
    long at = awaiting ? askedAt + repeat() : lastKeyFrameAt + interval;
    if (wanted) {
      at = Math.min(at, wantedAt);
    }
    if (arriving) {
      at = Math.max(at, arrivingUntil);
    }
    return asked ? Math.max(at, askedAt + THROTTLE) : at;
  }

  private long repeat() {
    return REPEAT << Math.max(0, Math.min(unanswered - PROMPT_REQUESTS, MOST_DOUBLINGS));
  }
}
