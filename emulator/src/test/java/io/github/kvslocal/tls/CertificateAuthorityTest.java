package io.github.kvslocal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  @Test
  void authorityMaySignAndNothingElse() throws Exception {
    X509Certificate certificate = CertificateAuthority.create(NOW).certificate();

    assertThat(certificate.getBasicConstraints()).isZero();
    assertThat(certificate.getKeyUsage()).containsExactly(keyUsage(5, 6));
    assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.15", "2.5.29.19");
    certificate.verify(certificate.getPublicKey());
  }

  private static boolean[] keyUsage(int... set) {
    boolean[] usage = new boolean[9];
    for (int bit : set) {
      usage[bit] = true;
    }
    return usage;
  }
}
