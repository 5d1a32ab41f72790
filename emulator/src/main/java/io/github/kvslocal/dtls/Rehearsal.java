package io.github.kvslocal.dtls;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.peer.SrtpKeys;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A handshake of a factory with itself, in memory. */
final class Rehearsal {
  private static final long LIMIT_SECONDS = 10;

  private final BouncyDtls house;
  private final CountDownLatch bothDone = new CountDownLatch(2);
  private volatile @Nullable DtlsEndpoint client;
  private volatile @Nullable DtlsEndpoint server;
  private volatile @Nullable String failure;

  Rehearsal(BouncyDtls house) {
    this.house = house;
  }

  void run() {
    DtlsEndpoint passive = house.create(new Side(() -> client));
    DtlsEndpoint active = house.create(new Side(() -> server));
    try (passive;
        active) {
      server = passive;
      client = active;
      passive.start(DtlsRole.SERVER, house.localFingerprint());
      active.start(DtlsRole.CLIENT, house.localFingerprint());
      if (!bothDone.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the DTLS handshake with ourselves did not end");
      }
      if (failure != null) {
        throw new IllegalStateException("no DTLS handshake with ourselves: " + failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One side that fails is enough: the other may wait for it in vain. */
  private void giveUp(String why) {
    failure = why;
    bothDone.countDown();
    bothDone.countDown();
  }

  private interface Other {
    @Nullable DtlsEndpoint endpoint();
  }

  private final class Side implements DtlsEndpoint.Listener {
    private final Other other;

    Side(Other other) {
      this.other = other;
    }

    @Override
    public void send(byte[] datagram) {
      DtlsEndpoint to = other.endpoint();
      if (to != null) {
        to.receive(datagram, 0, datagram.length);
      }
    }

    @Override
    public void established(SrtpKeys keys) {
      bothDone.countDown();
    }

    @Override
    public void failed(String why) {
      giveUp(why);
    }

    @Override
    public void closed() {
      giveUp("one side has hung up");
    }
  }
}
