package io.github.kvslocal.conformance.benchmark;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.sdp.Fingerprint;

/** A handshake that has nothing left to say. */
final class Agreed implements DtlsEndpoint {
  @Override
  public void start(DtlsRole role, Fingerprint remote) {}

  @Override
  public void receive(byte[] buffer, int offset, int length) {}

  @Override
  public void close() {}
}
