package io.github.kvslocal.dtls;

import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.peer.SrtpKeys;
import io.github.kvslocal.peer.SrtpProfile;
import io.github.kvslocal.sdp.Fingerprint;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/** What both roles of one handshake share: what is demanded of the other side, and the result. */
final class Handshake {
  static final int TIMEOUT_MILLIS = 30_000;

  /** The library's 100 ms would repeat flights on a cold JVM, or to a browser with work to do. */
  static final int RESEND_MILLIS = 400;

  /** All with ephemeral keys and our kind of certificate; the first is what browsers take. */
  static final int[] CIPHER_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
  };

  private final JcaTlsCrypto crypto;
  private final SelfSignedIdentity identity;
  private final Fingerprint expected;
  private final List<SrtpProfile> profiles;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeys keys;
  private @Nullable String refusal;
  private volatile boolean goodbye;

  Handshake(
      JcaTlsCrypto crypto,
      SelfSignedIdentity identity,
      List<SrtpProfile> profiles,
      Fingerprint expected) {
    this.crypto = crypto;
    this.identity = identity;
    this.profiles = profiles;
    this.expected = expected;
  }

  JcaTlsCrypto crypto() {
    return crypto;
  }

  /** Chosen by the server: the first of ours that the client offers (RFC 5764 section 4.1.1). */
  SrtpProfile choose(@Nullable UseSRTPData offered) throws TlsFatalAlert {
    if (offered != null) {
      for (SrtpProfile candidate : profiles) {
        if (contains(offered, candidate)) {
          profile = candidate;
          return candidate;
        }
      }
    }
    throw refuse(
        AlertDescription.handshake_failure,
        offered == null
            ? "the client does not offer use_srtp"
            : "no common SRTP profile: the client offers "
                + Arrays.toString(offered.getProtectionProfiles()));
  }

  /** Takes the server's choice: exactly one of ours, without a master key identifier. */
  void accept(@Nullable UseSRTPData answer) throws TlsFatalAlert {
    if (answer != null
        && answer.getProtectionProfiles().length == 1
        && answer.getMki().length == 0) {
      for (SrtpProfile candidate : profiles) {
        if (contains(answer, candidate)) {
          profile = candidate;
          return;
        }
      }
    }
    throw refuse(AlertDescription.illegal_parameter, "the server chose no SRTP profile of ours");
  }

  /** What a client offers, best first, as numbers of use_srtp. */
  int[] offered() {
    return profiles.stream().mapToInt(SrtpProfile::number).toArray();
  }

  /** Compares the certificate with the announced fingerprint (RFC 5763 section 5). */
  void verify(@Nullable Certificate chain) throws IOException {
    if (chain == null || chain.isEmpty()) {
      throw refuse(AlertDescription.bad_certificate, "the other side shows no certificate");
    }
    Optional<CertificateHash> hash = CertificateHash.named(expected.hashFunction());
    if (hash.isEmpty()) {
      throw refuse(
          AlertDescription.bad_certificate,
          "the fingerprint was announced as "
              + expected.hashFunction()
              + ", known are sha-256, sha-384 and sha-512");
    }
    Fingerprint shown = hash.get().fingerprint(chain.getCertificateAt(0).getEncoded());
    if (!shown.equals(expected)) {
      throw refuse(
          AlertDescription.bad_certificate,
          "the certificate's fingerprint is " + shown + ", announced was " + expected);
    }
  }

  /** Signs with our key, by the best that the other side takes. */
  TlsCredentialedSigner credentials(TlsContext context, @Nullable Vector<?> theirAlgorithms)
      throws IOException {
    SignatureAndHashAlgorithm sha256 =
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);
    if (theirAlgorithms != null && !TlsUtils.containsSignatureAlgorithm(theirAlgorithms, sha256)) {
      throw refuse(
          AlertDescription.handshake_failure, "the other side does not take ecdsa with sha-256");
    }
    Certificate chain =
        new Certificate(new TlsCertificate[] {crypto.createCertificate(identity.certificate())});
    return new JcaDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context), crypto, identity.key(), chain, sha256);
  }

  /** Derives the keys: client's key, server's key, client's salt, server's salt (RFC 5764 4.2). */
  void complete(TlsContext context, DtlsRole role) {
    SrtpProfile chosen = profile;
    if (chosen == null) {
      throw new IllegalStateException("complete without a profile");
    }
    int key = chosen.keyLength();
    int salt = chosen.saltLength();
    byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
    byte[] clientKey = Arrays.copyOfRange(material, 0, key);
    byte[] serverKey = Arrays.copyOfRange(material, key, 2 * key);
    byte[] clientSalt = Arrays.copyOfRange(material, 2 * key, 2 * key + salt);
    byte[] serverSalt = Arrays.copyOfRange(material, 2 * key + salt, 2 * (key + salt));
    keys =
        role == DtlsRole.CLIENT
            ? new SrtpKeys(chosen, clientKey, clientSalt, serverKey, serverSalt)
            : new SrtpKeys(chosen, serverKey, serverSalt, clientKey, clientSalt);
  }

  void alertReceived(short description) {
    if (description == AlertDescription.close_notify) {
      goodbye = true;
    } else if (refusal == null) {
      refusal = "the other side sent the alert " + AlertDescription.getText(description);
    }
  }

  /** Whether the other side has sent close_notify. */
  boolean goodbye() {
    return goodbye;
  }

  /** The result, once complete. */
  SrtpKeys keys() {
    if (keys == null) {
      throw new IllegalStateException("it ended without keys");
    }
    return keys;
  }

  /** Why it failed, in our words rather than the library's where we have any. */
  String reason(Exception failure) {
    if (refusal != null) {
      return refusal;
    }
    if (failure instanceof TlsFatalAlert alert) {
      return "handshake refused: " + AlertDescription.getText(alert.getAlertDescription());
    }
    String message = failure.getMessage();
    return "handshake failed: " + (message == null ? failure.getClass().getSimpleName() : message);
  }

  private TlsFatalAlert refuse(short alert, String why) {
    refusal = why;
    return new TlsFatalAlert(alert, why);
  }

  private static boolean contains(UseSRTPData data, SrtpProfile profile) {
    return Arrays.stream(data.getProtectionProfiles()).anyMatch(n -> n == profile.number());
  }
}
