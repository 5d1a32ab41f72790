package io.github.kvslocal.srtp;

import static org.jitsi.srtp.SrtpPolicy.AESCM_ENCRYPTION;
import static org.jitsi.srtp.SrtpPolicy.AESGCM_ENCRYPTION;
import static org.jitsi.srtp.SrtpPolicy.HMACSHA1_AUTHENTICATION;
import static org.jitsi.srtp.SrtpPolicy.NULL_AUTHENTICATION;

import io.github.kvslocal.peer.SrtpProfile;
import org.jitsi.srtp.SrtpPolicy;

/** The library's words for a protection profile (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
record Policies(SrtpPolicy rtp, SrtpPolicy rtcp) {
  private static final int HMAC_KEY = 20;
  private static final int GCM_TAG = 16;

  static Policies of(SrtpProfile profile) {
    return switch (profile) {
      case AEAD_AES_128_GCM, AEAD_AES_256_GCM ->
          new Policies(repeatable(gcm(profile)), gcm(profile));
      case AES128_CM_HMAC_SHA1_80 -> new Policies(repeatable(sha1(profile, 10)), sha1(profile, 10));
      // the short tag is for SRTP only: SRTCP keeps 80 bits (RFC 5764 section 4.1.2)
      case AES128_CM_HMAC_SHA1_32 -> new Policies(repeatable(sha1(profile, 4)), sha1(profile, 10));
    };
  }

  private static SrtpPolicy gcm(SrtpProfile profile) {
    return new SrtpPolicy(
        AESGCM_ENCRYPTION,
        profile.keyLength(),
        NULL_AUTHENTICATION,
        0,
        GCM_TAG,
        profile.saltLength());
  }

  private static SrtpPolicy sha1(SrtpProfile profile, int tagLength) {
    return new SrtpPolicy(
        AESCM_ENCRYPTION,
        profile.keyLength(),
        HMACSHA1_AUTHENTICATION,
        HMAC_KEY,
        tagLength,
        profile.saltLength());
  }

  /**
   * Lets the same packet be protected twice: a retransmission to a peer without RTX is the packet
   * again. Whoever repeats a sequence number has to repeat the very same bytes. Such a packet comes
   * too late for the library's window of 64 packets, so what comes in goes through a {@link
   * ReplayWindow} instead.
   */
  private static SrtpPolicy repeatable(SrtpPolicy policy) {
    policy.setSendReplayEnabled(false);
    policy.setReceiveReplayEnabled(false);
    return policy;
  }
}
