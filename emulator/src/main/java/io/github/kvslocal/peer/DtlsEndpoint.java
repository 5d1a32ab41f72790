package io.github.kvslocal.peer;

import io.github.kvslocal.sdp.Fingerprint;

/**
 * One DTLS 1.2 association with the use_srtp extension (RFC 6347, RFC 5764).
 *
 * <p>Any thread may call it; no method blocks. Datagrams that arrive before {@link #start} are
 * kept, up to a bound, since a client may speak before its answer has been read.
 */
public interface DtlsEndpoint extends AutoCloseable {
  /** Creates endpoints that share one certificate. */
  interface Factory {
    Fingerprint localFingerprint();

    DtlsEndpoint create(Listener listener);
  }

  /** Who sends the ClientHello (RFC 5763 section 5). */
  enum DtlsRole {
    CLIENT,
    SERVER
  }

  /** What an endpoint reports, on a thread of its own: a listener only hands it on. */
  interface Listener {
    /** A datagram for the other side; the array is not reused. */
    void send(byte[] datagram);

    /** The handshake is complete and the certificate is the one announced. */
    void established(SrtpKeys keys);

    /** No keys will ever come: a wrong fingerprint, no common profile, an alert, a timeout. */
    void failed(String why);

    /** The other side said goodbye (close_notify). */
    void closed();
  }

  /** Begins the handshake; the certificate of the other side has to match {@code remote}. */
  void start(DtlsRole role, Fingerprint remote);

  /** Takes a datagram from the network; the bytes are copied. */
  void receive(byte[] buffer, int offset, int length);

  /** Says goodbye (close_notify) if there is somebody to say it to, and frees everything. */
  @Override
  void close();
}
