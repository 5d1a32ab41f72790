package io.github.kvslocal.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who sends a request, by its word.
 *
 * @param account 12 digits
 * @param region such as {@code us-east-1}
 */
public record Caller(Optional<AccessKey> key, String account, String region) {
  private static final Pattern HEADER =
      Pattern.compile("Credential=([^/,\\s]{1,128})/[0-9]{8}/([a-z0-9-]{1,64})/");
  private static final Pattern PARAMETER =
      Pattern.compile("([^/,\\s]{1,128})/[0-9]{8}/([a-z0-9-]{1,64})/.*");

  /** One whose request says nothing. */
  public static Caller unnamed(String account, String region) {
    return new Caller(Optional.empty(), account, region);
  }

  /**
   * By the credential of a request, in its header or its query: the region of the scope, and the
   * account if the access key is one. What it does not say is this one's.
   */
  public Caller named(Arrival request) {
    Matcher credential = HEADER.matcher(request.header("authorization"));
    if (!credential.find()) {
      String parameter = QueryPair.value(QueryPair.of(request.query()), "X-Amz-Credential");
      credential = PARAMETER.matcher(parameter);
      if (!credential.matches()) {
        return this;
      }
    }
    if (!AccessKey.isOne(credential.group(1))) {
      return new Caller(key, account, credential.group(2));
    }
    AccessKey named = new AccessKey(credential.group(1));
    return new Caller(
        Optional.of(named), named.isAccount() ? named.id() : account, credential.group(2));
  }
}
