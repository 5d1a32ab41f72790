package io.github.kvslocal.dtls;

import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.peer.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** The passive side (a=setup:passive): demands a certificate and chooses the profile. */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // the library's collections
final class SrtpTlsServer extends DefaultTlsServer {
  private static final byte[] NO_MKI = new byte[0];

  private final Handshake handshake;

  SrtpTlsServer(Handshake handshake) {
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
  public void processClientExtensions(Hashtable clientExtensions) throws IOException {
    super.processClientExtensions(clientExtensions);
    handshake.choose(TlsSRTPUtils.getUseSRTPExtension(clientExtensions));
  }

  @Override
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    Hashtable answer = extensions == null ? new Hashtable() : extensions;
    SrtpProfile profile = handshake.choose(TlsSRTPUtils.getUseSRTPExtension(this.clientExtensions));
    TlsSRTPUtils.addUseSRTPExtension(answer, new UseSRTPData(new int[] {profile.number()}, NO_MKI));
    return answer;
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
        null);
  }

  @Override
  public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
    handshake.verify(clientCertificate);
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
    return handshake.credentials(
        context, context.getSecurityParametersHandshake().getClientSigAlgs());
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    handshake.complete(context, DtlsRole.SERVER);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    handshake.alertReceived(description);
  }
}
