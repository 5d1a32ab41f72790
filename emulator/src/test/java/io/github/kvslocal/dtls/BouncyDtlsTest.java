package io.github.kvslocal.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.DtlsEndpointContract;
import io.github.kvslocal.peer.SrtpKeys;
import io.github.kvslocal.peer.SrtpProfile;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BouncyDtlsTest extends DtlsEndpointContract {
  private final List<BouncyDtls> open = new ArrayList<>();

  @Override
  protected DtlsEndpoint.Factory factory(List<SrtpProfile> profiles) {
    BouncyDtls dtls = new BouncyDtls(identity(), profiles);
    open.add(dtls);
    return dtls;
  }

  @AfterEach
  void closeFactories() {
    open.forEach(BouncyDtls::close);
  }

  @Test
  void aFingerprintIsTheHashOfTheCertificate() {
    SelfSignedIdentity identity = identity();

    assertThat(identity.fingerprint().hashFunction()).isEqualTo("sha-256");
    assertThat(identity.fingerprint())
        .isEqualTo(CertificateHash.SHA_256.fingerprint(identity.certificate()));
    assertThat(identity.fingerprint().value()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
  }

  @Test
  void onlyStrongHashFunctionsAreKnown() {
    assertThat(CertificateHash.named("SHA-512")).contains(CertificateHash.SHA_512);
    assertThat(CertificateHash.named("sha-1")).isEmpty();
  }

  @Test
  void aFullQueueDropsNewcomers() {
    DatagramQueue queue = new DatagramQueue(datagram -> {});
    byte[] datagram = {22};

    int taken = 0;
    for (int i = 0; i < 2 * DatagramQueue.CAPACITY; i++) {
      taken += queue.offer(datagram, 0, 1) ? 1 : 0;
    }

    assertThat(taken).isEqualTo(DatagramQueue.CAPACITY);
  }

  @Test
  void warmingUpLeavesNothingOpen() {
    BouncyDtls dtls = new BouncyDtls(identity());
    open.add(dtls);

    dtls.warmUp();

    assertThat(dtls.openEndpoints()).isZero();
  }

  @Test
  void warmingUpThatFailsIsToldWithTheReason() {
    BouncyDtls dtls = new BouncyDtls(identity(), List.of());
    open.add(dtls);

    assertThatIllegalStateException()
        .isThrownBy(dtls::warmUp)
        .withMessageStartingWith("no DTLS handshake with ourselves: ");
  }

  @Test
  void anAssociationWhoseGoodbyeCannotBeSentIsClosedAllTheSame() throws InterruptedException {
    BouncyDtls dtls = new BouncyDtls(identity());
    open.add(dtls);
    Wire wire = new Wire(dtls);
    wire.established.await();

    assertThatCode(wire.server::close).doesNotThrowAnyException();
    assertThatCode(wire.client::close).doesNotThrowAnyException();

    assertThat(dtls.openEndpoints()).isZero();
  }

  @Test
  void aHandshakeWithoutKeysIsABug() {
    BouncyDtls dtls = new BouncyDtls(identity());
    open.add(dtls);
    Handshake handshake = dtls.handshake(dtls.localFingerprint());

    assertThatIllegalStateException().isThrownBy(handshake::keys);
  }

  /** Two endpoints whose wire breaks as soon as both have their keys. */
  private static final class Wire {
    final CountDownLatch established = new CountDownLatch(2);
    final DtlsEndpoint server;
    final DtlsEndpoint client;

    Wire(BouncyDtls dtls) {
      CompletableFuture<DtlsEndpoint> passive = new CompletableFuture<>();
      CompletableFuture<DtlsEndpoint> active = new CompletableFuture<>();
      server = dtls.create(new Side(active));
      client = dtls.create(new Side(passive));
      passive.complete(server);
      active.complete(client);
      server.start(DtlsEndpoint.DtlsRole.SERVER, dtls.localFingerprint());
      client.start(DtlsEndpoint.DtlsRole.CLIENT, dtls.localFingerprint());
    }

    private final class Side implements DtlsEndpoint.Listener {
      private final CompletableFuture<DtlsEndpoint> other;

      Side(CompletableFuture<DtlsEndpoint> other) {
        this.other = other;
      }

      @Override
      public void send(byte[] datagram) {
        if (established.getCount() == 0) {
          throw new IllegalStateException("the wire is broken");
        }
        other.join().receive(datagram, 0, datagram.length);
      }

      @Override
      public void established(SrtpKeys keys) {
        established.countDown();
      }

      @Override
      public void failed(String why) {}

      @Override
      public void closed() {}
    }
  }

  private static SelfSignedIdentity identity() {
    return SelfSignedIdentity.generate(new SecureRandom(), Instant.now());
  }
}
