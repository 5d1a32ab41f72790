package io.github.kvslocal;

import io.github.kvslocal.tls.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What makes clients trust the emulator's certificates. */
final class Trust implements AutoCloseable {
  private final CertificateAuthority authority;
  private final @Nullable Path kept;
  private @Nullable Path temporary;
  private boolean closed;

  /**
   * Trust in an authority.
   *
   * @param kept the file that has its certificate, null if there is none
   */
  Trust(CertificateAuthority authority, @Nullable Path kept) {
    this.authority = authority;
    this.kept = kept;
  }

  SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("kvslocal", authority.certificate());
      TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has TLS, PKIX and PKCS12", e);
    }
  }

  /** A file with the certificate; a temporary one if there is no other. */
  synchronized Path file() throws IOException {
    Path known = kept != null ? kept : temporary;
    if (known != null) {
      return known;
    }
    if (closed) {
      throw new IllegalStateException("the emulator is closed; start another one");
    }
    Path written = Files.createTempFile("kvslocal-ca-", ".pem");
    temporary = written;
    Files.writeString(written, authority.pem());
    return written;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    Path written = temporary;
    temporary = null;
    if (written != null) {
      Files.deleteIfExists(written);
    }
  }
}
