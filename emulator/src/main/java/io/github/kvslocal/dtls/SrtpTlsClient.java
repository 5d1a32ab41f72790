package io.github.kvslocal.dtls;

import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** The active side (a=setup:active): offers all profiles and shows a certificate when asked. */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // the library's collections
final class SrtpTlsClient extends DefaultTlsClient {
  private static final byte[] NO_MKI = new byte[0];

  private final Handshake handshake;

  SrtpTlsClient(Handshake handshake) {
    super(handshake.crypto());
    this.handshake = handshake;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return TlsUtils.getSupportedCipherSuites(getCrypto(), Handshake.CIPHER_SUITES);
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return Handshake.TIMEOUT_MILLIS;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return Handshake.RESEND_MILLIS;
  }

  /** Keys may be exported only from such a session (RFC 7627 section 5.4). */
  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public boolean shouldCheckSigAlgOfPeerCerts() {
    return false;
  }

  @Override
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    Hashtable offer = extensions == null ? new Hashtable() : extensions;
    TlsSRTPUtils.addUseSRTPExtension(offer, new UseSRTPData(handshake.offered(), NO_MKI));
    return offer;
  }

  @Override
  public void processServerExtensions(Hashtable serverExtensions) throws IOException {
    super.processServerExtensions(serverExtensions);
    handshake.accept(TlsSRTPUtils.getUseSRTPExtension(serverExtensions));
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
        handshake.verify(certificate.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
        return handshake.credentials(context, request.getSupportedSignatureAlgorithms());
      }
    };
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    handshake.complete(context, DtlsRole.CLIENT);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    handshake.alertReceived(description);
  }
}
