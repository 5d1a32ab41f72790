package io.github.kvslocal;

import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Agents of a real factory whose newest the test can send with, from the master's own address. */
final class TappedIce implements IceTransport.Factory {
  private final IceTransport.Factory real;

  /** The newest agent, and what it was told of the other side. */
  private final CompletableFuture<IceTransport> agent = new CompletableFuture<>();

  private final CompletableFuture<IceCredentials> otherSide = new CompletableFuture<>();

  TappedIce(IceTransport.Factory real) {
    this.real = real;
  }

  /** Sends bytes as they are over the selected pair. */
  void send(byte[] datagram) {
    agent.join().send(datagram, 0, datagram.length);
  }

  /** The name fragment that the emulator's agent is called by. */
  String otherUfrag() {
    return otherSide.join().ufrag();
  }

  @Override
  public IceTransport open(IceTransport.IceRole role, IceTransport.Listener listener) {
    return tapped(real.open(role, listener));
  }

  @Override
  public IceTransport reopen(
      IceTransport.IceRole role, IceCredentials credentials, IceTransport.Listener listener) {
    return tapped(real.reopen(role, credentials, listener));
  }

  private IceTransport tapped(IceTransport opened) {
    agent.complete(opened);
    return new IceTransport() {
      @Override
      public IceCredentials localCredentials() {
        return opened.localCredentials();
      }

      @Override
      public List<IceCandidate> localCandidates() {
        return opened.localCandidates();
      }

      @Override
      public void connect(IceCredentials remote, List<IceCandidate> remoteCandidates) {
        otherSide.complete(remote);
        opened.connect(remote, remoteCandidates);
      }

      @Override
      public void addRemoteCandidate(IceCandidate candidate) {
        opened.addRemoteCandidate(candidate);
      }

      @Override
      public void send(byte[] buffer, int offset, int length) {
        opened.send(buffer, offset, length);
      }

      @Override
      public void close() {
        opened.close();
      }
    };
  }
}
