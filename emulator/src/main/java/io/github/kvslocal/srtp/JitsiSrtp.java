package io.github.kvslocal.srtp;

import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.peer.SrtpKeys;
import io.github.kvslocal.peer.SrtpProfile;
import java.util.logging.Level;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * Makes SRTP contexts on the ciphers of the JDK (SunJCE).
 *
 * <p>The choice of ciphers is global to the JVM: left alone, the library measures every provider on
 * first use and holds the media for up to seconds.
 */
public final class JitsiSrtp implements SrtpContext.Factory {
  private static final int WARM_UP_PACKET = 64;

  static {
    SunCiphers.pin();
  }

  private final Logger logger = new LoggerImpl(JitsiSrtp.class.getName(), Level.OFF);

  @Override
  public SrtpContext create(SrtpKeys keys) {
    return new JitsiSrtpContext(keys, logger);
  }

  /** Loads ciphers and classes by protecting one packet with each profile; may take 0.5 s. */
  public void warmUp() {
    for (SrtpProfile profile : SrtpProfile.values()) {
      byte[] key = new byte[profile.keyLength()];
      byte[] salt = new byte[profile.saltLength()];
      try (SrtpContext context = create(new SrtpKeys(profile, key, salt, key, salt))) {
        byte[] packet = new byte[WARM_UP_PACKET + SrtpContext.MAX_OVERHEAD];
        packet[0] = (byte) 0x80;
        context.unprotectRtp(packet, 0, context.protectRtp(packet, 0, WARM_UP_PACKET));
        context.unprotectRtcp(packet, 0, context.protectRtcp(packet, 0, WARM_UP_PACKET));
      }
    }
  }
}
