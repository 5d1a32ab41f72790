package io.github.kvslocal.runtime;

/** What takes a peer's datagrams, on its loop and in batches. */
public interface DatagramReader {
  /** A datagram that is not STUN; it may be changed in place, and the buffer has room behind it. */
  void datagram(byte[] buffer, int offset, int length, long arrivalNanos);

  /** A batch is read: time to act on it. */
  void batchRead();
}
