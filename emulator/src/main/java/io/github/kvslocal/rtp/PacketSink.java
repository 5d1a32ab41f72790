package io.github.kvslocal.rtp;

/**
 * Where a sender's packets go, unprotected. The bytes are valid during the call and may be changed
 * in place; {@link MediaSender#TAIL_ROOM} bytes behind them are free for protection.
 */
public interface PacketSink {
  /** An RTP packet at {@code buffer[offset, offset + length)}. */
  void rtp(byte[] buffer, int offset, int length);

  /** A compound RTCP packet at {@code buffer[offset, offset + length)}. */
  void rtcp(byte[] buffer, int offset, int length);
}
