package io.github.kvslocal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificatesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-20T08:00:00Z"));

  private CertificateAuthority authority;
  private ServerCertificates certificates;

  @BeforeEach
  void open() throws IOException {
    authority = CertificateAuthority.create(CLOCK.instant());
    certificates = new ServerCertificates(authority, CLOCK, List.of("192.0.2.7", "kvs.example"));
  }

  @Test
  void certificateIsForTheNameAskedForAndVerifies() throws Exception {
    PrivateKeyEntry entry =
        certificates.forName("kinesisvideo.us-east-1.amazonaws.com").orElseThrow();

    X509Certificate leaf = (X509Certificate) entry.getCertificate();
    leaf.verify(authority.certificate().getPublicKey());
    assertThat(names(leaf)).containsExactly("kinesisvideo.us-east-1.amazonaws.com");
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(leaf.getNonCriticalExtensionOIDs()).contains("2.5.29.14", "2.5.29.35");
    assertThat(entry.getCertificateChain()).containsExactly(leaf, authority.certificate());
  }

  @Test
  void nameIsTheSameInAnyCase() {
    PrivateKeyEntry lower = certificates.forName("kvs.local").orElseThrow();

    PrivateKeyEntry upper = certificates.forName("KVS.Local").orElseThrow();

    assertThat(upper).isSameAs(lower);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.1", "::1", "10.1.2.3"})
  void clientWithoutANameGetsAllOfThisMachines(String serverName) throws Exception {
    X509Certificate leaf =
        (X509Certificate) certificates.forName(serverName).orElseThrow().getCertificate();

    assertThat(names(leaf))
        .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "192.0.2.7", "kvs.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*.example", "a b", "-a", "a-", "a..b", ".", "a.", "../../etc", "\u0000", "a_b"})
  void textThatIsNoHostNameIsRefused(String serverName) {
    assertThat(certificates.forName(serverName)).isEmpty();
  }

  @Test
  void overlongNamesAreRefused() {
    assertThat(certificates.forName("a".repeat(64))).isEmpty();
    assertThat(certificates.forName("a.".repeat(127) + "a")).isEmpty();
    assertThat(certificates.forName("a.".repeat(126) + "a")).isPresent();
  }

  @Test
  void cacheForgetsTheNameUnusedForLongest() {
    PrivateKeyEntry first = certificates.forName("first.example").orElseThrow();
    for (int i = 0; i < 256; i++) {
      certificates.forName("n" + i + ".example");
    }

    assertThat(certificates.forName("first.example").orElseThrow()).isNotSameAs(first);
    assertThat(certificates.forName("n255.example").orElseThrow())
        .isSameAs(certificates.forName("n255.example").orElseThrow());
  }

  @Test
  void namesSurviveAnyText() {
    Random random = new Random(20261120);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder("a:b");
      for (int i = random.nextInt(8); i >= 0; i--) {
        text.append((char) random.nextInt(0x80));
      }

      assertThat(certificates.forName(text.toString())).isNotNull();
    }
  }

  private static List<String> names(X509Certificate leaf) throws Exception {
    return leaf.getSubjectAlternativeNames().stream().map(name -> (String) name.get(1)).toList();
  }
}
