package io.github.kvslocal.tls;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The authority that a client has to trust. ECDSA on P-256. */
public final class CertificateAuthority {
  private static final Duration LIFETIME = Duration.ofDays(3650);

  private final X509Certificate certificate;
  private final PrivateKey key;

  CertificateAuthority(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * A new authority, which no client trusts yet.
   *
   * @param now wall clock
   */
  public static CertificateAuthority create(Instant now) {
    KeyPair pair = CertificateWriter.newKeyPair();
    String serial = new BigInteger(32, new SecureRandom()).toString(16);
    X509Certificate certificate =
        CertificateWriter.authority(
            "kvslocal test authority " + serial,
            pair,
            now.minus(Duration.ofDays(1)),
            now.plus(LIFETIME));
    return new CertificateAuthority(certificate, pair.getPrivate());
  }

  /** Its certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Its certificate as PEM (RFC 7468). */
  public String pem() {
    return CertificateWriter.pem(certificate);
  }

  PrivateKey key() {
    return key;
  }

  /** A certificate for a server under these names and addresses. */
  X509Certificate certify(KeyPair server, List<String> names, Instant now) {
    return CertificateWriter.server(names, server.getPublic(), certificate, key, now);
  }
}
