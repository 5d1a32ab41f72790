package io.github.kvslocal.peer;

/**
 * Protects and unprotects the packets of one association in place (RFC 3711). One owner, one thread
 * at a time.
 *
 * <p>Every method takes a packet at {@code buffer[offset, offset + length)} and returns its new
 * length at the same offset. To protect, {@link #MAX_OVERHEAD} bytes behind the packet have to be
 * free.
 */
public interface SrtpContext extends AutoCloseable {
  /** Bytes by which protection lengthens a packet at most: a tag of 16 and an SRTCP index of 4. */
  int MAX_OVERHEAD = 20;

  /** Returned for a packet that is forged, replayed, or no packet at all: drop it. */
  int REJECTED = -1;

  /** Creates contexts. */
  interface Factory {
    SrtpContext create(SrtpKeys keys);
  }

  int unprotectRtp(byte[] buffer, int offset, int length);

  int unprotectRtcp(byte[] buffer, int offset, int length);

  int protectRtp(byte[] buffer, int offset, int length);

  int protectRtcp(byte[] buffer, int offset, int length);

  @Override
  void close();
}
