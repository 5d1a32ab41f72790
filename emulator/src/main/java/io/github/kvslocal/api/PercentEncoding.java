package io.github.kvslocal.api;

/** Percent-encoding as Signature Version 4 wants it (IAM User Guide, "UriEncode"). */
final class PercentEncoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /** Every byte but {@code A-Za-z0-9-._~} as {@code %XX}; a character stands for one byte. */
  static String encode(String bytes) {
    return encode(bytes, "");
  }

  /** The same, and slashes stay. */
  static String encodePath(String bytes) {
    return encode(bytes, "/");
  }

  private static String encode(String bytes, String kept) {
    StringBuilder encoded = new StringBuilder(bytes.length() + 16);
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (isUnreserved(c) || kept.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      }
    }
    return encoded.toString();
  }

  /** To bytes, a character each; what is no escape stays as it is. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (text.charAt(i) == '%' && high >= 0 && low >= 0) {
        decoded.append((char) (high << 4 | low));
        i += 2;
      } else {
        decoded.append(text.charAt(i));
      }
    }
    return decoded.toString();
  }

  /** RFC 3986 section 2.3. */
  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}
