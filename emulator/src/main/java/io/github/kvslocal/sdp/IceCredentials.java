package io.github.kvslocal.sdp;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The user name fragment and password of one ICE agent (RFC 8839 section 5.4).
 *
 * @param ufrag 4 to 256 ice-chars
 * @param pwd 22 to 256 ice-chars
 */
public record IceCredentials(String ufrag, String pwd) {
  private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
  private static final Pattern PWD = Pattern.compile("[A-Za-z0-9+/]{22,256}");

  public IceCredentials {
    if (!UFRAG.matcher(ufrag).matches() || !PWD.matcher(pwd).matches()) {
      throw new IllegalArgumentException("no credentials of ICE");
    }
  }

  /** Reads foreign credentials; nothing if they cannot be. */
  public static Optional<IceCredentials> parse(String ufrag, String pwd) {
    return UFRAG.matcher(ufrag).matches() && PWD.matcher(pwd).matches()
        ? Optional.of(new IceCredentials(ufrag, pwd))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + ", pwd not shown]";
  }
}
