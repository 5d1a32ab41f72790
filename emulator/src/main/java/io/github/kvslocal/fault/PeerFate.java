package io.github.kvslocal.fault;

import java.time.Duration;
import java.util.List;

/**
 * All that befalls one connection.
 *
 * @param ignoresChecks whether the emulator's ICE agent stays dead
 * @param wrongFingerprint whether the offer announces another certificate
 * @param silentAfter when nothing comes any more, counted from the path that ICE has found; {@link
 *     #NEVER} if it goes on
 */
public record PeerFate(boolean ignoresChecks, boolean wrongFingerprint, Duration silentAfter) {
  /** It does not fall silent. */
  public static final Duration NEVER = Duration.ofDays(36_500);

  /** Nothing befalls it. */
  public static final PeerFate NONE = new PeerFate(false, false, NEVER);

  /** What all of these together come to. */
  public static PeerFate of(List<Fault.OfPeer> faults) {
    PeerFate fate = NONE;
    for (Fault.OfPeer fault : faults) {
      fate = fault.on(fate);
    }
    return fate;
  }
}
