package io.github.kvslocal.peer;

/**
 * What a DTLS handshake yields for SRTP (RFC 5764 section 4.2). The arrays are taken over.
 *
 * <p>A class and not a record: its keys must not be printed or compared by accident.
 */
public final class SrtpKeys {
  private final SrtpProfile profile;
  private final byte[] localKey;
  private final byte[] localSalt;
  private final byte[] remoteKey;
  private final byte[] remoteSalt;

  public SrtpKeys(
      SrtpProfile profile, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {
    this.profile = profile;
    this.localKey = localKey;
    this.localSalt = localSalt;
    this.remoteKey = remoteKey;
    this.remoteSalt = remoteSalt;
  }

  public SrtpProfile profile() {
    return profile;
  }

  /** Protects what we send. */
  public byte[] localKey() {
    return localKey.clone();
  }

  public byte[] localSalt() {
    return localSalt.clone();
  }

  /** Protects what the other side sends. */
  public byte[] remoteKey() {
    return remoteKey.clone();
  }

  public byte[] remoteSalt() {
    return remoteSalt.clone();
  }
}
