package io.github.kvslocal.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whose a request is, and for which region.
 *
 * @param keyId the id of the access key; of a request that nobody verified it may be none
 */
public record CredentialScope(String keyId, String region) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("([^/,\\s]{1,128})/[0-9]{8}/([a-z0-9-]{1,64})/.*");

  /**
   * What a request says of itself, whether or not that is true: in its header or, if there is
   * nothing to read, in its query; empty if neither has it.
   */
  static Optional<CredentialScope> claimed(Arrival request) {
    String header = AuthorizationHeader.of(request.header("authorization")).value("Credential");
    String parameter = QueryPair.value(QueryPair.of(request.query()), "X-Amz-Credential");
    return Stream.of(header, parameter)
        .map(CREDENTIAL::matcher)
        .filter(Matcher::matches)
        .map(credential -> new CredentialScope(credential.group(1), credential.group(2)))
        .findFirst();
  }

  /** The access key; empty if its id can be none. */
  Optional<AccessKey> key() {
    return AccessKey.isOne(keyId) ? Optional.of(new AccessKey(keyId)) : Optional.empty();
  }
}
