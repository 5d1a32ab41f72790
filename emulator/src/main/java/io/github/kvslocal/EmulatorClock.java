package io.github.kvslocal;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.PolicyClock;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

/**
 * Policy time: that of seats that are held, evictions, the length of sessions, the limits of
 * sockets, messages that wait, credentials, quotas and the timestamps of fragments. Media, the
 * handshake of a peer and the check of signatures go by the machine's time, whatever this says.
 */
public final class EmulatorClock {
  private final PolicyClock clock;

  EmulatorClock(PolicyClock clock) {
    this.clock = clock;
  }

  /** The time. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Moves the clock forward. Returns when everything that fell due on the way has run, in the order
   * of its instants; what clients make of it comes later.
   *
   * @param by more than nothing; all advances together are at most ten years of 365 days
   * @throws IllegalArgumentException if it is not, or if things fall due on the way without an end
   * @throws IllegalStateException if this is called on an event loop, which it would block, if the
   *     emulator ends, or if the thread is interrupted
   */
  public void advance(Duration by) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("an event loop cannot wait for itself; use another thread");
    }
    try {
      var unused = clock.advance(by).get();
    } catch (RefusedException e) {
      throw refused(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RefusedException refusal
          ? refused(refusal)
          : new IllegalStateException("the clock was not advanced", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the clock was advanced", e);
    }
  }

  private static RuntimeException refused(RefusedException refusal) {
    return refusal.reason() == Reason.INVALID_ARGUMENT
        ? new IllegalArgumentException(refusal.explanation(), refusal)
        : new IllegalStateException(refusal.explanation(), refusal);
  }
}
