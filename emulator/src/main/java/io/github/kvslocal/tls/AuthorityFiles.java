package io.github.kvslocal.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Where an authority is kept over restarts, so that clients have to trust it once: {@code ca.pem}
 * and {@code ca-key.pem} in one directory.
 */
public final class AuthorityFiles {
  private static final Duration RENEWED_BEFORE = Duration.ofDays(400);

  private final Path certificateFile;
  private final Path keyFile;

  /** The files in this directory, which has to exist. */
  public AuthorityFiles(Path directory) {
    this.certificateFile = directory.resolve("ca.pem");
    this.keyFile = directory.resolve("ca-key.pem");
  }

  /** Where the certificate lies, for a client's trust store. */
  public Path certificateFile() {
    return certificateFile;
  }

  /**
   * Reads the authority, or makes one if there is none or it will soon expire.
   *
   * @param now wall clock
   * @throws IOException with words for the user if the files cannot be read, understood or written
   */
  public CertificateAuthority open(Instant now) throws IOException {
    if (Files.exists(certificateFile) != Files.exists(keyFile)) {
      // A new authority would be one that no client trusts yet.
      throw new IOException(
          "of ca.pem and ca-key.pem only one is in "
              + certificateFile.getParent()
              + "; put the other one back, or delete it to have a new authority made");
    }
    if (Files.exists(certificateFile)) {
      CertificateAuthority kept = read();
      if (kept.certificate().getNotAfter().toInstant().isAfter(now.plus(RENEWED_BEFORE))) {
        return kept;
      }
    }
    CertificateAuthority created = CertificateAuthority.create(now);
    write(created);
    return created;
  }

  private CertificateAuthority read() throws IOException {
    try (var in = Files.newInputStream(certificateFile)) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(fromPem(Files.readString(keyFile))));
      return new CertificateAuthority(certificate, key);
    } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
      throw new IOException(
          "the certificate authority in "
              + certificateFile.getParent()
              + " cannot be read; delete ca.pem and ca-key.pem to have a new one made",
          e);
    }
  }

  private void write(CertificateAuthority authority) throws IOException {
    Files.deleteIfExists(keyFile);
    if (keyFile.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          keyFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(keyFile, CertificateWriter.pem("PRIVATE KEY", authority.key().getEncoded()));
    Files.writeString(certificateFile, authority.pem());
  }

  private static byte[] fromPem(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
