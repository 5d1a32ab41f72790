package io.github.kvslocal.dtls;

import io.github.kvslocal.sdp.Fingerprint;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key on the curve P-256 and a certificate signed with it: what WebRTC peers show each other, to
 * be believed only because its fingerprint was signalled (RFC 8827 section 6.5).
 */
public final class SelfSignedIdentity {
  private static final Duration BACKDATED = Duration.ofDays(1);
  private static final Duration VALID = Duration.ofDays(365);
  private static final int SERIAL_BITS = 64;

  private final PrivateKey key;
  private final byte[] certificate;
  private final Fingerprint fingerprint;

  private SelfSignedIdentity(PrivateKey key, byte[] certificate) {
    this.key = key;
    this.certificate = certificate;
    this.fingerprint = CertificateHash.SHA_256.fingerprint(certificate);
  }

  /** Makes a new key and a certificate that is valid from a day before {@code now} for a year. */
  public static SelfSignedIdentity generate(SecureRandom random, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=kvslocal");
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
              Date.from(now.minus(BACKDATED)),
              Date.from(now.plus(VALID)),
              name,
              pair.getPublic());
      byte[] certificate =
          builder
              .build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .setSecureRandom(random)
                      .build(pair.getPrivate()))
              .getEncoded();
      return new SelfSignedIdentity(pair.getPrivate(), certificate);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("this Java runtime has no ECDSA on P-256", e);
    }
  }

  /** The SHA-256 of the certificate, to be signalled. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  PrivateKey key() {
    return key;
  }

  /** In DER. */
  byte[] certificate() {
    return certificate.clone();
  }
}
