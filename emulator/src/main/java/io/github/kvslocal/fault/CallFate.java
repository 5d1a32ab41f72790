package io.github.kvslocal.fault;

import java.time.Duration;
import java.util.List;

/**
 * All that befalls one call, in this order: it waits, then its connection is cut or it is declined
 * instead of being performed, or its connection is cut when it has been performed.
 *
 * @param code of the error that it is declined with; empty for none
 * @param status of that error; 0 for the service's own
 */
public record CallFate(
    Duration latency, boolean cutBefore, boolean cutAfter, String code, int status) {
  /** Nothing befalls it. */
  public static final CallFate NONE = new CallFate(Duration.ZERO, false, false, "", 0);

  /** What all of these together come to. */
  public static CallFate of(List<Fault.OfCall> faults) {
    CallFate fate = NONE;
    for (Fault.OfCall fault : faults) {
      fate = fault.on(fate);
    }
    return fate;
  }

  CallFate with(Duration delay) {
    return new CallFate(latency.plus(delay), cutBefore, cutAfter, code, status);
  }

  CallFate with(Fault.ApiError error) {
    return new CallFate(latency, cutBefore, cutAfter, error.code(), error.status());
  }

  CallFate with(Fault.ConnectionReset reset) {
    return new CallFate(
        latency, cutBefore || !reset.afterEffect(), cutAfter || reset.afterEffect(), code, status);
  }
}
