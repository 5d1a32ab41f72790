package io.github.kvslocal.conformance.benchmark;

import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.List;

/** A path that loses what is sent. */
final class Nowhere implements IceTransport {
  @Override
  public IceCredentials localCredentials() {
    return new IceCredentials("none", "nothingnothingnothingnothing");
  }

  @Override
  public List<IceCandidate> localCandidates() {
    return List.of();
  }

  @Override
  public void connect(IceCredentials remote, List<IceCandidate> remoteCandidates) {}

  @Override
  public void addRemoteCandidate(IceCandidate candidate) {}

  @Override
  public void send(byte[] buffer, int offset, int length) {}

  @Override
  public void close() {}
}
