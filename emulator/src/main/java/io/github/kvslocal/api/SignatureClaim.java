package io.github.kvslocal.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a request says of its signature, in its header or in its query (IAM User Guide, "Create a
 * signed AWS API request").
 *
 * @param credential the access key's id and the scope: date, region, service, terminator
 * @param signedHeaders their names in lower case
 * @param lifetime how long a presigned URL is good; zero for a header, which has no say in it
 * @param token empty if the request has none
 */
record SignatureClaim(
    Form form,
    List<String> credential,
    List<String> signedHeaders,
    String signature,
    Instant signedAt,
    Duration lifetime,
    String token) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String TOKEN_PARAMETER = "X-Amz-Security-Token";
  static final String SIGNATURE_PARAMETER = "X-Amz-Signature";

  /** A week (Amazon S3 User Guide, "Sharing objects with presigned URLs"). */
  private static final int LONGEST_LIFETIME_SECONDS = 604_800;

  /** AWS does not say how long a URL without {@code X-Amz-Expires} is good; as long as a header. */
  private static final Duration USUAL_LIFETIME = Duration.ofMinutes(5);

  private static final int SCOPE_ELEMENTS = 5;

  enum Form {
    HEADER,
    QUERY
  }

  /**
   * The claim of a request; empty if it makes none.
   *
   * @throws DeclinedException if it has one that cannot be read
   */
  static Optional<SignatureClaim> of(Arrival request) throws DeclinedException {
    List<QueryPair> query = QueryPair.of(request.query());
    requireUnambiguous(request, query);
    if (request.headers().containsKey("authorization")) {
      return Optional.of(ofHeader(request));
    }
    return isPresigned(query) ? Optional.of(ofQuery(query)) : Optional.empty();
  }

  /**
   * Nothing that a signature is read from may be there twice: whoever read the other one would act
   * for somebody else. AWS says of no such request how it reads it; it is declined here (assumed).
   */
  private static void requireUnambiguous(Arrival request, List<QueryPair> query)
      throws DeclinedException {
    List<String> authorizations = request.headers().getOrDefault("authorization", List.of());
    if (authorizations.size() > 1) {
      throw incomplete("The request has more than one Authorization header; send one.");
    }
    if (!authorizations.isEmpty() && isPresigned(query)) {
      throw incomplete(
          "The request is signed both in its Authorization header and in its query; sign it in one"
              + " of them.");
    }
    Set<String> seen = new HashSet<>();
    for (QueryPair pair : query) {
      String name = pair.name().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-") && !seen.add(name)) {
        throw incomplete(
            "The query has the parameter '" + excerpt(pair.name()) + "' more than once; send one.");
      }
    }
  }

  private static boolean isPresigned(List<QueryPair> query) {
    return query.stream()
        .map(QueryPair::name)
        .anyMatch(
            name ->
                name.equals(SIGNATURE_PARAMETER)
                    || name.equals("X-Amz-Credential")
                    || name.equals("X-Amz-Algorithm"));
  }

  private static SignatureClaim ofHeader(Arrival request) throws DeclinedException {
    AuthorizationHeader header = AuthorizationHeader.of(request.header("authorization"));
    if (!header.algorithm().equals(ALGORITHM)) {
      throw incomplete(
          "Unsupported AWS 'algorithm': only "
              + ALGORITHM
              + " is known in an Authorization header.");
    }
    Optional<String> repeated = header.repeated();
    if (repeated.isPresent()) {
      throw incomplete(
          "Authorization header has the parameter '"
              + excerpt(repeated.get())
              + "' more than once; send one.");
    }
    String amzDate = request.header("x-amz-date").strip();
    String date = amzDate.isEmpty() ? request.header("date").strip() : amzDate;
    List<String> complaints = new ArrayList<>();
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (header.value(name).isEmpty()) {
        complaints.add("Authorization header requires '" + name + "' parameter.");
      }
    }
    if (date.isEmpty()) {
      complaints.add(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    requireNone(complaints);
    return new SignatureClaim(
        Form.HEADER,
        credential(header.value("Credential")),
        signedHeaders(header.value("SignedHeaders")),
        header.value("Signature"),
        time(date, amzDate.isEmpty() ? AmzDate::parseHeader : AmzDate::parse),
        Duration.ZERO,
        request.header("x-amz-security-token").strip());
  }

  private static SignatureClaim ofQuery(List<QueryPair> query) throws DeclinedException {
    List<String> complaints = new ArrayList<>();
    for (String name :
        List.of(
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            SIGNATURE_PARAMETER,
            "X-Amz-SignedHeaders",
            "X-Amz-Date")) {
      if (QueryPair.value(query, name).isEmpty()) {
        complaints.add("AWS query-string parameters must include '" + name + "'.");
      }
    }
    requireNone(complaints);
    if (!QueryPair.value(query, "X-Amz-Algorithm").equals(ALGORITHM)) {
      throw incomplete("Unsupported AWS 'algorithm': X-Amz-Algorithm must be " + ALGORITHM + ".");
    }
    return new SignatureClaim(
        Form.QUERY,
        credential(QueryPair.value(query, "X-Amz-Credential")),
        signedHeaders(QueryPair.value(query, "X-Amz-SignedHeaders")),
        QueryPair.value(query, SIGNATURE_PARAMETER),
        time(QueryPair.value(query, "X-Amz-Date"), AmzDate::parse),
        lifetime(QueryPair.value(query, "X-Amz-Expires")),
        QueryPair.value(query, TOKEN_PARAMETER));
  }

  private static List<String> credential(String text) throws DeclinedException {
    List<String> elements = List.of(text.split("/", -1));
    if (elements.size() != SCOPE_ELEMENTS) {
      throw incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got "
              + elements.size()
              + ".");
    }
    return elements;
  }

  private static List<String> signedHeaders(String text) throws DeclinedException {
    List<String> names = List.of(text.toLowerCase(Locale.ROOT).split(";", -1));
    if (!names.contains("host")) {
      throw incomplete("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    return names;
  }

  private static Instant time(String text, Function<String, Optional<Instant>> parse)
      throws DeclinedException {
    return parse
        .apply(text)
        .orElseThrow(
            () ->
                incomplete(
                    "Date must be in ISO-8601 'basic format'. Got '"
                        + excerpt(text)
                        + "'. See http://en.wikipedia.org/wiki/ISO_8601"));
  }

  private static Duration lifetime(String seconds) throws DeclinedException {
    if (seconds.isEmpty()) {
      return USUAL_LIFETIME;
    }
    if (!seconds.matches("[0-9]{1,9}")) {
      throw incomplete("X-Amz-Expires should be a number of seconds.");
    }
    int number = Integer.parseInt(seconds);
    if (number < 1 || number > LONGEST_LIFETIME_SECONDS) {
      throw incomplete(
          "X-Amz-Expires must be between 1 and a week (in seconds), that is "
              + LONGEST_LIFETIME_SECONDS
              + ", but is "
              + number
              + ".");
    }
    return Duration.ofSeconds(number);
  }

  private static void requireNone(List<String> complaints) throws DeclinedException {
    if (!complaints.isEmpty()) {
      throw incomplete(String.join(" ", complaints));
    }
  }

  private static String excerpt(String text) {
    return text.substring(0, Math.min(text.length(), 40));
  }

  private static DeclinedException incomplete(String explanation) {
    return new DeclinedException(ServiceError.INCOMPLETE_SIGNATURE, explanation);
  }

  /** Whose the request is, if the signature is right. */
  CredentialScope signer() {
    return new CredentialScope(accessKey(), region());
  }

  String accessKey() {
    return credential.get(0);
  }

  String date() {
    return credential.get(1);
  }

  String region() {
    return credential.get(2);
  }

  String service() {
    return credential.get(3);
  }

  String terminator() {
    return credential.get(4);
  }

  /** What the signature is bound to besides the request. */
  String scope() {
    return String.join("/", credential.subList(1, SCOPE_ELEMENTS));
  }
}
