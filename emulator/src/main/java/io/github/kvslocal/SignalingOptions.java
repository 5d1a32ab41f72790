package io.github.kvslocal;

import io.github.kvslocal.signaling.SignalingLimits;

/**
 * How the signaling sockets behave.
 *
 * @param limits how many clients a channel has and how long they stay; its rates hold where the
 *     documented quotas do
 * @param candidateSdpMid whether candidates of the storage session carry an sdpMid, for clients
 *     that cannot do without; the service's have none
 */
public record SignalingOptions(SignalingLimits limits, boolean candidateSdpMid) {
  /** As documented. */
  public static final SignalingOptions DEFAULT =
      new SignalingOptions(SignalingLimits.DOCUMENTED, false);

  /** The same with other limits. */
  public SignalingOptions withLimits(SignalingLimits other) {
    return new SignalingOptions(other, candidateSdpMid);
  }

  /** The same with candidates that carry an sdpMid or do not. */
  public SignalingOptions withCandidateSdpMid(boolean carried) {
    return new SignalingOptions(limits, carried);
  }
}
