package io.github.kvslocal.peer;

import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.rtp.ReceiveTiming;
import java.util.random.RandomGenerator;

/**
 * What a peer's media needs beyond the negotiation.
 *
 * @param clock of the session: what comes live is placed on it, and what is sent comes placed on it
 * @param keepsLossyPictures see {@link io.github.kvslocal.rtp.ReceiveParameters}
 * @param random for the first sequence numbers and timestamps
 */
public record MediaSetup(
    ReceiveTiming timing, LiveClock clock, boolean keepsLossyPictures, RandomGenerator random) {
  /** A setup with which a picture that lost packets is dropped whole. */
  public MediaSetup(ReceiveTiming timing, LiveClock clock, RandomGenerator random) {
    this(timing, clock, false, random);
  }
}
