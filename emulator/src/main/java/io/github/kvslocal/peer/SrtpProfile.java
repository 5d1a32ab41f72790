package io.github.kvslocal.peer;

/**
 * The SRTP protection profiles we take, best first (RFC 5764 section 4.1.2, RFC 7714 section 14.2).
 */
public enum SrtpProfile {
  AEAD_AES_128_GCM(0x0007, 16, 12),
  AEAD_AES_256_GCM(0x0008, 32, 12),
  AES128_CM_HMAC_SHA1_80(0x0001, 16, 14),
  AES128_CM_HMAC_SHA1_32(0x0002, 16, 14);

  private final int number;
  private final int keyLength;
  private final int saltLength;

  SrtpProfile(int number, int keyLength, int saltLength) {
    this.number = number;
    this.keyLength = keyLength;
    this.saltLength = saltLength;
  }

  /** The value on the wire of use_srtp. */
  public int number() {
    return number;
  }

  /** In bytes. */
  public int keyLength() {
    return keyLength;
  }

  /** In bytes. */
  public int saltLength() {
    return saltLength;
  }
}
