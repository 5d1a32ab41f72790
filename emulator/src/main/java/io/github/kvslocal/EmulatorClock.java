package io.github.kvslocal;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.ClockPace;
import io.github.kvslocal.runtime.PolicyClock;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
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
    move(() -> clock.advance(by));
  }

  /** Stops it where it is: it moves only as it is advanced. */
  public void freeze() {
    clock.freeze();
  }

  /** Has it go on from where it is, as fast as the machine's clock. */
  public void resume() {
    clock.resume();
  }

  /**
   * Has it go on from where it is, so many times as fast as the machine's clock.
   *
   * @param times 0.01 to 1,000, to the thousandth
   * @throws IllegalArgumentException if it is not
   */
  public void scale(double times) {
    move(
        () -> {
          clock.scale(times);
          return CompletableFuture.completedFuture(clock.instant());
        });
  }

  /**
   * Has it go on as fast as the machine's clock and so much ahead of it, or behind; zero is real
   * time again. Returns as {@link #advance} does.
   *
   * @throws IllegalArgumentException if it would have to go back for that
   * @throws IllegalStateException as {@link #advance} does
   */
  public void setOffset(Duration ahead) {
    move(() -> clock.setOffset(ahead));
  }

  /**
   * Moves it forward to an instant. Returns as {@link #advance} does.
   *
   * @throws IllegalArgumentException if the clock is not before that instant
   * @throws IllegalStateException as {@link #advance} does
   */
  public void set(Instant goal) {
    move(() -> clock.advanceTo(goal));
  }

  /** How it goes at present. */
  public ClockPace pace() {
    return clock.pace();
  }

  /** Something that is done to the clock. */
  private interface Move {
    CompletableFuture<Instant> begin() throws RefusedException;
  }

  private static void move(Move move) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("an event loop cannot wait for itself; use another thread");
    }
    try {
      var unused = move.begin().get();
    } catch (RefusedException e) {
      throw refused(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RefusedException refusal
          ? refused(refusal)
          : new IllegalStateException("the clock was not moved", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the clock was moved", e);
    }
  }

  private static RuntimeException refused(RefusedException refusal) {
    return refusal.reason() == Reason.INVALID_ARGUMENT
        ? new IllegalArgumentException(refusal.explanation(), refusal)
        : new IllegalStateException(refusal.explanation(), refusal);
  }
}
