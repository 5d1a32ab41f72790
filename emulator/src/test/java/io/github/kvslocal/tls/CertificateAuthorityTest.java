package io.github.kvslocal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  @TempDir private Path directory;

  @Test
  void authorityStaysTheSameOverARestart() throws IOException {
    CertificateAuthority first = CertificateAuthority.open(directory, NOW);

    CertificateAuthority second = CertificateAuthority.open(directory, NOW.plusSeconds(60));

    assertThat(second.certificate()).isEqualTo(first.certificate());
    assertThat(Files.readString(first.file())).isEqualTo(second.pem());
  }

  @Test
  void authorityMaySignAndNothingElse() throws Exception {
    X509Certificate certificate = CertificateAuthority.open(directory, NOW).certificate();

    assertThat(certificate.getBasicConstraints()).isZero();
    assertThat(certificate.getKeyUsage()).containsExactly(keyUsage(5, 6));
    assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.15", "2.5.29.19");
    certificate.verify(certificate.getPublicKey());
  }

  @Test
  void keyIsReadableByItsOwnerAlone() throws IOException {
    CertificateAuthority.open(directory, NOW);

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("ca-key.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void authorityThatExpiresSoonIsReplaced() throws IOException {
    CertificateAuthority first = CertificateAuthority.open(directory, NOW);

    CertificateAuthority later =
        CertificateAuthority.open(directory, NOW.plus(Duration.ofDays(3500)));

    assertThat(later.certificate()).isNotEqualTo(first.certificate());
  }

  @Test
  void damagedAuthorityIsRefusedWithAdvice() throws IOException {
    CertificateAuthority.open(directory, NOW);
    Files.writeString(directory.resolve("ca-key.pem"), "nonsense");

    assertThatThrownBy(() -> CertificateAuthority.open(directory, NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("delete ca.pem and ca-key.pem");
  }

  @Test
  void halfAnAuthorityIsNotReplacedSilently() throws IOException {
    CertificateAuthority first = CertificateAuthority.open(directory, NOW);
    Files.delete(directory.resolve("ca-key.pem"));

    assertThatThrownBy(() -> CertificateAuthority.open(directory, NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("only one is in");
    assertThat(Files.readString(first.file())).isEqualTo(first.pem());
  }

  private static boolean[] keyUsage(int... set) {
    boolean[] usage = new boolean[9];
    for (int bit : set) {
      usage[bit] = true;
    }
    return usage;
  }
}
