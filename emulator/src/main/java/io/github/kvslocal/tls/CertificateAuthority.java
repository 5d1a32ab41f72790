package io.github.kvslocal.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The authority that a client has to trust: made at the first start, kept in the data directory as
 * {@code ca.pem} and {@code ca-key.pem}. ECDSA on P-256.
 */
public final class CertificateAuthority {
  private static final Duration LIFETIME = Duration.ofDays(3650);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(400);

  private final Path file;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(Path file, X509Certificate certificate, PrivateKey key) {
    this.file = file;
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * Reads the authority of this directory, or makes one if there is none or it will soon expire.
   *
   * @param now wall clock
   * @throws IOException with words for the user if the files cannot be read, understood or written
   */
  public static CertificateAuthority open(Path directory, Instant now) throws IOException {
    Path certificateFile = directory.resolve("ca.pem");
    Path keyFile = directory.resolve("ca-key.pem");
    if (Files.exists(certificateFile) != Files.exists(keyFile)) {
      // A new authority would be one that no client trusts yet.
      throw new IOException(
          "of ca.pem and ca-key.pem only one is in "
              + directory
              + "; put the other one back, or delete it to have a new authority made");
    }
    if (Files.exists(certificateFile)) {
      CertificateAuthority kept = read(certificateFile, keyFile);
      if (kept.certificate.getNotAfter().toInstant().isAfter(now.plus(RENEWED_BEFORE))) {
        return kept;
      }
    }
    return create(certificateFile, keyFile, now);
  }

  private static CertificateAuthority read(Path certificateFile, Path keyFile) throws IOException {
    try (var in = Files.newInputStream(certificateFile)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(fromPem(Files.readString(keyFile))));
      return new CertificateAuthority(certificateFile, certificate, key);
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      throw new IOException(
          "the certificate authority in "
              + certificateFile.getParent()
              + " cannot be read; delete ca.pem and ca-key.pem to have a new one made",
          e);
    }
  }

  private static CertificateAuthority create(Path certificateFile, Path keyFile, Instant now)
      throws IOException {
    KeyPair pair = CertificateWriter.newKeyPair();
    String serial = new BigInteger(32, new SecureRandom()).toString(16);
    X509Certificate certificate =
        CertificateWriter.authority(
            "kvslocal test authority " + serial,
            pair,
            now.minus(Duration.ofDays(1)),
            now.plus(LIFETIME));
    Files.deleteIfExists(keyFile);
    if (keyFile.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          keyFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(keyFile, toPem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Files.writeString(certificateFile, CertificateWriter.pem(certificate));
    return new CertificateAuthority(certificateFile, certificate, pair.getPrivate());
  }

  /** Where its certificate lies, for a client's trust store. */
  public Path file() {
    return file;
  }

  /** Its certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Its certificate as PEM (RFC 7468). */
  public String pem() {
    return CertificateWriter.pem(certificate);
  }

  /** A certificate for a server under these names and addresses. */
  X509Certificate certify(KeyPair server, List<String> names, Instant now) {
    return CertificateWriter.server(names, server.getPublic(), certificate, key, now);
  }

  static String toPem(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  private static byte[] fromPem(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
