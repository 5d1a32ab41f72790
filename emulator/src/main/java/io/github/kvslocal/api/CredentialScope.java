package io.github.kvslocal.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose a request says it is, and for which region, whether or not that is true. */
record CredentialScope(String keyId, String region) {
  private static final Pattern HEADER =
      Pattern.compile("Credential=([^/,\\s]{1,128})/[0-9]{8}/([a-z0-9-]{1,64})/");
  private static final Pattern PARAMETER =
      Pattern.compile("([^/,\\s]{1,128})/[0-9]{8}/([a-z0-9-]{1,64})/.*");

  /** What is in the header or the query of a request; empty if neither is there and readable. */
  static Optional<CredentialScope> of(Arrival request) {
    Matcher header = HEADER.matcher(request.header("authorization"));
    if (header.find()) {
      return Optional.of(new CredentialScope(header.group(1), header.group(2)));
    }
    String value = QueryPair.value(QueryPair.of(request.query()), "X-Amz-Credential");
    Matcher parameter = PARAMETER.matcher(value);
    return parameter.matches()
        ? Optional.of(new CredentialScope(parameter.group(1), parameter.group(2)))
        : Optional.empty();
  }

  /** The access key; empty if its id can be none. */
  Optional<AccessKey> key() {
    return AccessKey.isOne(keyId) ? Optional.of(new AccessKey(keyId)) : Optional.empty();
  }
}
