package io.github.kvslocal.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.DtlsEndpointContract;
import io.github.kvslocal.peer.SrtpProfile;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  private static SelfSignedIdentity identity() {
    return SelfSignedIdentity.generate(new SecureRandom(), Instant.now());
  }
}
