package io.github.kvslocal.sim;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.FakeDtls;
import io.github.kvslocal.sdp.Fingerprint;
import java.util.Arrays;
import java.util.Optional;

/**
 * An association of three messages, each a datagram whose first byte is that of DTLS: the client's
 * hello, the server's, and the goodbye of either. Nothing is repeated, so none may be lost.
 */
final class SimulatedDtls implements DtlsEndpoint.Factory {
  private static final byte[] CLIENT_HELLO = {22, 1};
  private static final byte[] SERVER_HELLO = {22, 2};
  private static final byte[] GOODBYE = {21, 0};

  /** Whether a datagram is one of these messages. */
  static boolean isMessage(byte[] datagram) {
    return datagram.length == 2 && (datagram[0] == 21 || datagram[0] == 22);
  }

  @Override
  public Fingerprint localFingerprint() {
    return FakeDtls.FINGERPRINT;
  }

  @Override
  public DtlsEndpoint create(DtlsEndpoint.Listener listener) {
    return new Endpoint(listener);
  }

  private static final class Endpoint implements DtlsEndpoint {
    private final Listener listener;
    private Optional<DtlsRole> role = Optional.empty();
    private boolean greeted;
    private boolean established;
    private boolean closed;

    private Endpoint(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void start(DtlsRole as, Fingerprint remote) {
      role = Optional.of(as);
      if (as == DtlsRole.CLIENT) {
        listener.send(CLIENT_HELLO.clone());
      } else if (greeted) {
        establish(as);
      }
    }

    @Override
    public void receive(byte[] buffer, int offset, int length) {
      byte[] message = Arrays.copyOfRange(buffer, offset, offset + length);
      if (closed) {
        return;
      }
      if (Arrays.equals(message, GOODBYE)) {
        listener.closed();
      } else if (Arrays.equals(message, CLIENT_HELLO)) {
        greeted = true;
        role.ifPresent(this::establish);
      } else if (Arrays.equals(message, SERVER_HELLO)) {
        establish(DtlsRole.CLIENT);
      }
    }

    private void establish(DtlsRole as) {
      if (as == DtlsRole.SERVER) {
        listener.send(SERVER_HELLO.clone());
      }
      established = true;
      listener.established(FakeDtls.keys(as));
    }

    @Override
    public void close() {
      if (established && !closed) {
        listener.send(GOODBYE.clone());
      }
      closed = true;
    }
  }
}
