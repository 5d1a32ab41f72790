package io.github.kvslocal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityFilesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  @TempDir private Path directory;

  private AuthorityFiles files;

  @BeforeEach
  void lookInTheDirectory() {
    files = new AuthorityFiles(directory);
  }

  @Test
  void authorityStaysTheSameOverARestart() throws IOException {
    CertificateAuthority first = files.open(NOW);

    CertificateAuthority second = files.open(NOW.plusSeconds(60));

    assertThat(second.certificate()).isEqualTo(first.certificate());
    assertThat(Files.readString(files.certificateFile())).isEqualTo(second.pem());
  }

  @Test
  void keyIsReadableByItsOwnerAlone() throws IOException {
    files.open(NOW);

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("ca-key.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void authorityThatExpiresSoonIsReplaced() throws IOException {
    CertificateAuthority first = files.open(NOW);

    CertificateAuthority later = files.open(NOW.plus(Duration.ofDays(3500)));

    assertThat(later.certificate()).isNotEqualTo(first.certificate());
  }

  @Test
  void damagedAuthorityIsRefusedWithAdvice() throws IOException {
    files.open(NOW);
    Files.writeString(directory.resolve("ca-key.pem"), "nonsense");

    assertThatThrownBy(() -> files.open(NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("delete ca.pem and ca-key.pem");
  }

  @Test
  void halfAnAuthorityIsNotReplacedSilently() throws IOException {
    CertificateAuthority first = files.open(NOW);
    Files.delete(directory.resolve("ca-key.pem"));

    assertThatThrownBy(() -> files.open(NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("only one is in");
    assertThat(Files.readString(files.certificateFile())).isEqualTo(first.pem());
  }
}
