package io.github.kvslocal.fragment;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gives the fragments of one stream their numbers: 47 digits that begin like the service's, then
 * the server's time and a count, so that they increase over restarts too. AWS does not say how the
 * service makes them.
 */
public final class FragmentNumbers {
  private static final String PREFIX = "91343852333181432";
  private static final long LATEST_MILLIS = 999_999_999_999_999L;

  private @Nullable FragmentNumber last;

  /** A number that is in use: all that follow are greater. */
  public void used(FragmentNumber number) {
    if (last == null || last.compareTo(number) < 0) {
      last = number;
    }
  }

  /** A number greater than all before, whichever way the clock went. */
  public FragmentNumber next(Instant now) {
    long millis = Math.max(0, Math.min(now.toEpochMilli(), LATEST_MILLIS));
    FragmentNumber next =
        new FragmentNumber(PREFIX + String.format(Locale.ROOT, "%015d%015d", millis, 0));
    if (last != null && next.compareTo(last) <= 0) {
      next = new FragmentNumber(new BigInteger(last.digits()).add(BigInteger.ONE).toString());
    }
    last = next;
    return next;
  }
}
