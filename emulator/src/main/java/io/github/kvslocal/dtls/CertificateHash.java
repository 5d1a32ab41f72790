package io.github.kvslocal.dtls;

import io.github.kvslocal.sdp.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The hash functions that an announced fingerprint may use. The weak ones of RFC 8122 section 5
 * (MD5, SHA-1) prove nothing any more, and nobody announces SHA-224.
 */
enum CertificateHash {
  SHA_256("sha-256"),
  SHA_384("sha-384"),
  SHA_512("sha-512");

  private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

  private final String label;

  CertificateHash(String label) {
    this.label = label;
  }

  /** The function of a signalled fingerprint; empty if it is none of ours. */
  static Optional<CertificateHash> named(String hashFunction) {
    String wanted = hashFunction.toLowerCase(Locale.ROOT);
    for (CertificateHash hash : values()) {
      if (hash.label.equals(wanted)) {
        return Optional.of(hash);
      }
    }
    return Optional.empty();
  }

  Fingerprint fingerprint(byte[] der) {
    try {
      byte[] digest = MessageDigest.getInstance(label.toUpperCase(Locale.ROOT)).digest(der);
      return new Fingerprint(label, HEX.formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks " + label, e);
    }
  }
}
