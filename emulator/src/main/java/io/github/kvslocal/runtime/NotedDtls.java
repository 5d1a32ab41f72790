package io.github.kvslocal.runtime;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.sdp.Fingerprint;
import java.util.Locale;
import java.util.Map;

/** Notes when a handshake begins, which is with the answer or once there is a path. */
record NotedDtls(DtlsEndpoint endpoint, PeerNotes notes) implements DtlsEndpoint {
  @Override
  public void start(DtlsRole role, Fingerprint remote) {
    String name = role.name().toLowerCase(Locale.ROOT);
    notes.write(
        Event.DTLS_STARTED, "the handshake begins, here is its " + name, Map.of("role", name));
    endpoint.start(role, remote);
  }

  @Override
  public void receive(byte[] buffer, int offset, int length) {
    endpoint.receive(buffer, offset, length);
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
