package io.github.kvslocal.fault;

import java.time.Duration;
import java.util.List;

/**
 * All that befalls one offer of the storage session.
 *
 * @param withheld whether it is never sent
 * @param delay before it is sent, in policy time
 * @param repetitions how often it is sent again
 * @param candidatesFirst whether its candidates go before it
 */
public record OfferFate(
    boolean withheld, Duration delay, int repetitions, boolean candidatesFirst) {
  /** Nothing befalls it. */
  public static final OfferFate NONE = new OfferFate(false, Duration.ZERO, 0, false);

  /** What all of these together come to. */
  public static OfferFate of(List<Fault.OfOffer> faults) {
    OfferFate fate = NONE;
    for (Fault.OfOffer fault : faults) {
      fate = fault.on(fate);
    }
    return fate;
  }
}
