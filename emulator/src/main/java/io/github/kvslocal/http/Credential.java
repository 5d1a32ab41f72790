package io.github.kvslocal.http;

import io.github.kvslocal.registry.Owner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whom a request's credential stands for (Signature Version 4, the credential scope). */
final class Credential {
  private static final Pattern SCOPE =
      Pattern.compile("Credential=([^/,\\s]{1,128})/[0-9]{8}/([a-z0-9-]{1,64})/");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  private Credential() {}

  /**
   * The region of the scope, and the account if the access key is one, twelve digits long;
   * otherwise the given ones.
   */
  static Owner owner(@Nullable String authorization, Owner otherwise) {
    if (authorization == null) {
      return otherwise;
    }
    Matcher scope = SCOPE.matcher(authorization);
    if (!scope.find()) {
      return otherwise;
    }
    String key = scope.group(1);
    return new Owner(ACCOUNT.matcher(key).matches() ? key : otherwise.account(), scope.group(2));
  }
}
