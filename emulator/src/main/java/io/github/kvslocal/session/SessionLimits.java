package io.github.kvslocal.session;

import java.time.Duration;

/**
 * The numbers of a storage session. Each duration is positive and at most {@link #LONGEST}; only
 * the hold may be zero.
 *
 * @param viewers most in one session, held seats included; 0 to {@link #MOST_VIEWERS}
 * @param handshake from the newest offer, and once more from its delivery if it had to wait, to its
 *     answer, and from the answer to the connection; the one number that is counted in media time,
 *     which nobody can move
 * @param seatHold how long a seat stays its viewer's after that has left
 * @param masterlessGrace how long viewers wait for a master before they are evicted
 * @param length after which a session ends for all
 */
public record SessionLimits(
    int viewers, Duration handshake, Duration seatHold, Duration masterlessGrace, Duration length) {

  /** So that neither seats nor what is sent to them grow without a bound. */
  public static final int MOST_VIEWERS = 100;

  /**
   * More than any test waits, and little enough to be counted in nanoseconds and added to whatever
   * a clock says. It stands before those that are held to it.
   */
  public static final Duration LONGEST = Duration.ofDays(365);

  /**
   * Three viewers, a seat held for a minute and an eviction after three (JoinStorageSessionAsViewer
   * API page); an hour for a session (webrtc-dg, limits). AWS does not say how long it waits for an
   * answer and a connection; both official clients give up after 30 s.
   */
  public static final SessionLimits DOCUMENTED =
      new SessionLimits(
          3,
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(3),
          Duration.ofHours(1));

  public SessionLimits {
    if (viewers < 0 || viewers > MOST_VIEWERS) {
      throw new IllegalArgumentException(
          "a session has 0 to %d viewers, not %d".formatted(MOST_VIEWERS, viewers));
    }
    if (seatHold.isNegative()) {
      throw new IllegalArgumentException(
          "the hold of a seat cannot be negative, as " + seatHold + " is");
    }
    requireAtMostLongest("the hold of a seat", seatHold);
    requireTime("the handshake", handshake);
    requireTime("the wait before an eviction", masterlessGrace);
    requireTime("the length of a session", length);
  }

  private static void requireTime(String what, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(what + " needs some time, not " + limit);
    }
    requireAtMostLongest(what, limit);
  }

  private static void requireAtMostLongest(String what, Duration limit) {
    if (limit.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "no limit of a session is longer than %d days, so %s is not %s"
              .formatted(LONGEST.toDays(), what, limit));
    }
  }
}
