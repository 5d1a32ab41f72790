package io.github.kvslocal.api;

/**
 * Whom a request stands for.
 *
 * @param account 12 digits
 * @param region such as {@code us-east-1}
 */
public record Caller(String account, String region) {

  /** The region of the scope, and the account if the access key is one; otherwise this one's. */
  Caller named(CredentialScope scope) {
    return new Caller(
        scope.key().filter(AccessKey::isAccount).map(AccessKey::id).orElse(account),
        scope.region());
  }
}
