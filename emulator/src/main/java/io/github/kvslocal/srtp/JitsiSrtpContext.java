package io.github.kvslocal.srtp;

import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.peer.SrtpKeys;
import java.security.GeneralSecurityException;
import java.util.Objects;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.utils.SrtcpPacketUtils;
import org.jitsi.srtp.utils.SrtpPacketUtils;
import org.jitsi.utils.logging2.Logger;

/**
 * One association: a cryptographic context per direction, kind and SSRC, made when the SSRC is
 * first seen. On the way in it is kept only if its first packet was genuine, so that forged packets
 * leave nothing behind.
 */
final class JitsiSrtpContext implements SrtpContext {
  /** Version to SSRC, the part of an RTCP packet that stays readable (RFC 3711 section 3.4). */
  private static final int RTCP_HEADER = 8;

  private final SrtpContextFactory inbound;
  private final SrtpContextFactory outbound;
  private final SsrcTable<Source> rtpIn = new SsrcTable<>();
  private final SsrcTable<SrtpCryptoContext> rtpOut = new SsrcTable<>();
  private final SsrcTable<SrtcpCryptoContext> rtcpIn = new SsrcTable<>();
  private final SsrcTable<SrtcpCryptoContext> rtcpOut = new SsrcTable<>();
  private final PacketWindow window = new PacketWindow();
  private final int rtpTag;
  private final int rtcpTag;

  /** An SSRC that has been believed. */
  private static final class Source {
    final SrtpCryptoContext context;
    final ReplayWindow seen = new ReplayWindow();

    Source(SrtpCryptoContext context) {
      this.context = context;
    }
  }

  JitsiSrtpContext(SrtpKeys keys, Logger logger) {
    Policies policies = Policies.of(keys.profile());
    rtpTag = policies.rtp().getAuthTagLength();
    rtcpTag = policies.rtcp().getAuthTagLength();
    inbound =
        new SrtpContextFactory(
            false, keys.remoteKey(), keys.remoteSalt(), policies.rtp(), policies.rtcp(), logger);
    outbound =
        new SrtpContextFactory(
            true, keys.localKey(), keys.localSalt(), policies.rtp(), policies.rtcp(), logger);
  }

  @Override
  public int unprotectRtp(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    window.over(buffer, offset, length);
    if (length < SrtpPacketUtils.FIXED_HEADER_SIZE + rtpTag) {
      return REJECTED;
    }
    int ssrc = SrtpPacketUtils.getSsrc(window);
    int sequenceNumber = SrtpPacketUtils.getSequenceNumber(window);
    try {
      Source known = rtpIn.find(ssrc);
      if (known == null && rtpIn.full()) {
        return REJECTED;
      }
      Source source = known == null ? new Source(inbound.deriveContext(ssrc, 0)) : known;
      int result = outcome(source.context.reverseTransformPacket(window, false));
      if (result == REJECTED) {
        return REJECTED;
      }
      if (known == null) {
        rtpIn.add(ssrc, source);
      }
      return source.seen.admit(sequenceNumber) ? result : REJECTED;
    } catch (GeneralSecurityException e) {
      return REJECTED;
    }
  }

  @Override
  public int unprotectRtcp(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    window.over(buffer, offset, length);
    if (length < RTCP_HEADER + Integer.BYTES + rtcpTag) {
      return REJECTED;
    }
    int ssrc = SrtcpPacketUtils.getSenderSsrc(window);
    try {
      SrtcpCryptoContext known = rtcpIn.find(ssrc);
      if (known != null) {
        return outcome(known.reverseTransformPacket(window));
      }
      if (rtcpIn.full()) {
        return REJECTED;
      }
      SrtcpCryptoContext fresh = inbound.deriveControlContext(ssrc);
      int result = outcome(fresh.reverseTransformPacket(window));
      if (result != REJECTED) {
        rtcpIn.add(ssrc, fresh);
      }
      return result;
    } catch (GeneralSecurityException e) {
      return REJECTED;
    }
  }

  @Override
  public int protectRtp(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length + MAX_OVERHEAD, buffer.length);
    window.over(buffer, offset, length);
    if (!SrtpPacketUtils.validatePacketLength(window, 0)) {
      return REJECTED;
    }
    int ssrc = SrtpPacketUtils.getSsrc(window);
    try {
      SrtpCryptoContext context = rtpOut.find(ssrc);
      if (context == null) {
        if (rtpOut.full()) {
          return REJECTED;
        }
        context = outbound.deriveContext(ssrc, 0);
        rtpOut.add(ssrc, context);
      }
      return outcome(context.transformPacket(window));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform's ciphers have changed under us", e);
    }
  }

  @Override
  public int protectRtcp(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length + MAX_OVERHEAD, buffer.length);
    window.over(buffer, offset, length);
    if (length < RTCP_HEADER) {
      return REJECTED;
    }
    int ssrc = SrtcpPacketUtils.getSenderSsrc(window);
    try {
      SrtcpCryptoContext context = rtcpOut.find(ssrc);
      if (context == null) {
        if (rtcpOut.full()) {
          return REJECTED;
        }
        context = outbound.deriveControlContext(ssrc);
        rtcpOut.add(ssrc, context);
      }
      return outcome(context.transformPacket(window));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform's ciphers have changed under us", e);
    }
  }

  /** How many SSRCs have been believed, for tests. */
  int inboundContexts() {
    return rtpIn.size() + rtcpIn.size();
  }

  @Override
  public void close() {
    inbound.close();
    outbound.close();
  }

  private int outcome(SrtpErrorStatus status) {
    return status == SrtpErrorStatus.OK ? window.getLength() : REJECTED;
  }
}
