package io.github.kvslocal.sdp;

/**
 * The user name fragment and password of one ICE agent (RFC 8839 section 5.4).
 *
 * @param ufrag 4 to 256 ice-chars
 * @param pwd 22 to 256 ice-chars
 */
public record IceCredentials(String ufrag, String pwd) {
  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + ", pwd not shown]";
  }
}
