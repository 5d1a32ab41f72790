package io.github.kvslocal.rtp;

import org.jspecify.annotations.Nullable;

/**
 * The provisional time of one track: a stream's first frame is at its arrival, every further one as
 * far behind it as its timestamp says. It never runs backwards, whatever the sender's clock does.
 */
final class LiveTime {
  /** Timestamps this far from arrival have been restarted, as {@link Timeline} has it. */
  private static final long RESTART = 10_000_000_000L;

  /** So do timestamps that step back this far; what steps back less is put behind the latest. */
  private static final long BACKWARD = 1_000_000_000L;

  private static final long LEAST_STEP = 1_000_000L;

  private @Nullable StreamClock stream;
  private boolean counting;
  private long offset;
  private long latest;

  /** The time of a frame in monotonic nanoseconds; {@code clock} tells one stream from another. */
  long place(StreamClock clock, long ticks, long arrival) {
    long elapsed = clock.nanos(ticks);
    if (clock != stream || isRestarted(elapsed + offset, arrival)) {
      stream = clock;
      offset = afterLatest(arrival) - elapsed;
    }
    latest = afterLatest(elapsed + offset);
    counting = true;
    return latest;
  }

  /** The time that a frame of the present stream has been given, or would have been. */
  long of(StreamClock clock, long ticks, long arrival) {
    long moment = clock.nanos(ticks) + offset;
    return clock != stream || Math.abs(moment - arrival) > RESTART ? arrival : moment;
  }

  private boolean isRestarted(long moment, long arrival) {
    return Math.abs(moment - arrival) > RESTART || moment < latest - BACKWARD;
  }

  private long afterLatest(long moment) {
    return counting ? Math.max(moment, latest + LEAST_STEP) : moment;
  }
}
