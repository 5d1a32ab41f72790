package io.github.kvslocal.ice;

import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.IceTransport.IceRole;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Two agents that connect over loopback. */
final class Rehearsal implements IceTransport.Listener {
  private static final long LIMIT_SECONDS = 10;

  private final CountDownLatch bothConnected = new CountDownLatch(2);
  private volatile @Nullable String failure;

  void run() throws IOException {
    Ice4jTransports one = Ice4jTransports.bindLoopback(0);
    Ice4jTransports other = Ice4jTransports.bindLoopback(0);
    try (one;
        other;
        IceTransport offerer = one.open(IceRole.CONTROLLING, this);
        IceTransport answerer = other.open(IceRole.CONTROLLED, this)) {
      answerer.connect(offerer.localCredentials(), offerer.localCandidates());
      offerer.connect(answerer.localCredentials(), answerer.localCandidates());
      if (!bothConnected.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("two ICE agents could not connect over loopback");
      }
      if (failure != null) {
        throw new IOException("no connection over loopback: " + failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void connected(String localAddress, String remoteAddress) {
    bothConnected.countDown();
  }

  @Override
  public void datagram(byte[] buffer, int offset, int length) {
    // nothing is sent
  }

  @Override
  public void failed(String why) {
    failure = why;
    // one side that fails is enough: the other may wait for it in vain
    bothConnected.countDown();
    bothConnected.countDown();
  }
}
