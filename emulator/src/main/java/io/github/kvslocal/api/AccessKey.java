package io.github.kvslocal.api;

import java.util.regex.Pattern;

/** The id of an access key, which says who signed a request. As a text it is never whole. */
public record AccessKey(String id) {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.=@+-]{1,128}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final int SHOWN = 4;

  public AccessKey {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "the id of an access key has 1 to 128 characters of [a-zA-Z0-9_.=@+-]");
    }
  }

  /** Whether a text can be the id of an access key. */
  static boolean isOne(String text) {
    return ID.matcher(text).matches();
  }

  /** Whether it is the number of an account, which it stands for then. */
  public boolean isAccount() {
    return ACCOUNT.matcher(id).matches();
  }

  /**
   * Whether it looks like one that AWS has issued, lasting or temporary (IAM User Guide, "IAM
   * identifiers", unique ID prefixes).
   */
  public boolean looksReal() {
    return id.startsWith("AKIA") || id.startsWith("ASIA");
  }

  @Override
  public String toString() {
    return id.length() <= SHOWN ? "…" : id.substring(0, SHOWN) + "…";
  }
}
