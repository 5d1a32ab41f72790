package io.github.kvslocal.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies Signature Version 4 of requests and of presigned URLs (IAM User Guide, "AWS Signature
 * Version 4 for API requests"). The texts of its complaints are those that AWS's services are known
 * for.
 */
public final class SigV4 implements Admission.SignatureCheck {
  /** All five services sign by this name. */
  public static final String SERVICE = "kinesisvideo";

  /** Of the real time, to both sides (README of the KVS WebRTC SDK for JavaScript). */
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private static final String TERMINATOR = "aws4_request";
  private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

  private final String service;
  private final Map<String, Credentials> known;

  /**
   * A verifier of those who sign with one of these.
   *
   * @throws IllegalArgumentException if two have the same access key
   */
  public SigV4(List<Credentials> credentials) {
    this(SERVICE, credentials);
  }

  SigV4(String service, List<Credentials> credentials) {
    this.service = service;
    this.known =
        credentials.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    one -> one.key().id(),
                    Function.identity(),
                    (one, other) -> {
                      throw new IllegalArgumentException(
                          "credentials of the access key " + one.key() + " are given twice");
                    }));
  }

  /**
   * Who of those it knows signed a request.
   *
   * @param now wall-clock time
   * @throws DeclinedException if nobody did, with the error that AWS answers
   */
  @Override
  public Optional<CredentialScope> verify(Arrival request, byte[] body, Instant now)
      throws DeclinedException {
    SignatureClaim claim =
        SignatureClaim.of(request)
            .orElseThrow(
                () ->
                    new DeclinedException(
                        ServiceError.MISSING_AUTHENTICATION_TOKEN,
                        "Missing Authentication Token. The request has neither an Authorization"
                            + " header nor X-Amz-Signature in its query; sign it, or start the"
                            + " emulator without --require-signatures."));
    requireScope(claim);
    requireNow(claim, now);
    Credentials signer = signer(claim);
    requireSignature(request, claim, signer, payloadHash(request, body));
    return Optional.of(claim.signer());
  }

  private void requireScope(SignatureClaim claim) throws DeclinedException {
    String signedAt = AmzDate.of(claim.signedAt());
    String day = signedAt.substring(0, "yyyyMMdd".length());
    if (!claim.date().equals(day)) {
      throw invalid(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: '%s' != '%s', from '%s'.".formatted(excerpt(claim.date()), day, signedAt));
    }
    if (!REGION.matcher(claim.region()).matches()) {
      throw invalid(
          "Credential should be scoped to a valid region, not '%s'."
              .formatted(excerpt(claim.region())));
    }
    if (!claim.service().equals(service)) {
      throw invalid(
          "Credential should be scoped to correct service: '%s'. It is scoped to '%s'."
              .formatted(service, excerpt(claim.service())));
    }
    if (!claim.terminator().equals(TERMINATOR)) {
      throw invalid(
          "Credential should be scoped with a valid terminator: '%s', not '%s'."
              .formatted(TERMINATOR, excerpt(claim.terminator())));
    }
  }

  private static void requireNow(SignatureClaim claim, Instant now) throws DeclinedException {
    Instant latest = now.plus(WINDOW);
    if (claim.signedAt().isAfter(latest)) {
      throw invalid(
          "Signature not yet current: %s is still later than %s (%s + 5 min.)"
              .formatted(AmzDate.of(claim.signedAt()), AmzDate.of(latest), AmzDate.of(now)));
    }
    Duration lifetime =
        switch (claim.form()) {
          case HEADER -> WINDOW;
          case QUERY -> claim.lifetime();
        };
    Instant earliest = now.minus(lifetime);
    if (claim.signedAt().isBefore(earliest)) {
      throw invalid(
          "Signature expired: %s is now earlier than %s (%s - %s)"
              .formatted(
                  AmzDate.of(claim.signedAt()),
                  AmzDate.of(earliest),
                  AmzDate.of(now),
                  words(lifetime)));
    }
  }

  private static String words(Duration lifetime) {
    return lifetime.toSecondsPart() == 0
        ? lifetime.toMinutes() + " min."
        : lifetime.toSeconds() + " sec.";
  }

  private Credentials signer(SignatureClaim claim) throws DeclinedException {
    Credentials signer = known.get(claim.accessKey());
    if (signer == null) {
      throw unrecognized(
          "The emulator was started with --credentials of other access keys than this request's.");
    }
    if (!same(signer.token(), claim.token())) {
      throw unrecognized(
          signer.token().isEmpty()
              ? "The request has a session token, but these credentials have none."
              : claim.token().isEmpty()
                  ? "The request has no session token, but these credentials have one."
                  : "The request's session token is not that of these credentials.");
    }
    return signer;
  }

  /**
   * What was signed of the body. Leaving the body out is S3's; AWS does not say that other services
   * decline it, and it weakens nobody's signature but that of who asks for it (assumed).
   *
   * <p>Nor have {@code x-amz-*} headers to be signed here, though AWS's guide says so: the KVS C
   * SDK leaves out its session token, and the service answers it (observed). The token is compared
   * with the known one, and nothing else in such a header counts that the signature does not cover.
   */
  private static String payloadHash(Arrival request, byte[] body) throws DeclinedException {
    String announced = request.header("x-amz-content-sha256").strip();
    if (announced.equals(UNSIGNED_PAYLOAD)) {
      return announced;
    }
    String actual = hash(body);
    if (!announced.isEmpty() && !announced.equalsIgnoreCase(actual)) {
      throw mismatch(
          "x-amz-content-sha256 is neither the SHA-256 of the body, which is "
              + actual
              + ", nor "
              + UNSIGNED_PAYLOAD
              + ".");
    }
    return actual;
  }

  private static void requireSignature(
      Arrival request, SignatureClaim claim, Credentials signer, String payloadHash)
      throws DeclinedException {
    byte[] key = signingKey(signer, claim);
    List<String> forms = new CanonicalRequest(request, claim, payloadHash).forms();
    boolean right = false;
    for (String form : forms) {
      right |= same(hex(hmac(key, stringToSign(claim, form))), claim.signature());
    }
    if (!right) {
      String documented = forms.get(0);
      throw mismatch(
          "The Canonical String for this request should have been\n'"
              + documented
              + "'\n\nThe String-to-Sign should have been\n'"
              + stringToSign(claim, documented)
              + "'\n");
    }
  }

  private static String stringToSign(SignatureClaim claim, String canonicalRequest) {
    return String.join(
        "\n",
        SignatureClaim.ALGORITHM,
        AmzDate.of(claim.signedAt()),
        claim.scope(),
        hash(canonicalRequest.getBytes(ISO_8859_1)));
  }

  private static byte[] signingKey(Credentials signer, SignatureClaim claim) {
    byte[] key = ("AWS4" + signer.secret()).getBytes(UTF_8);
    for (String element :
        List.of(claim.date(), claim.region(), claim.service(), claim.terminator())) {
      key = hmac(key, element);
    }
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(ISO_8859_1));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** In constant time, so that a secret cannot be guessed byte by byte. */
  private static boolean same(String ours, String theirs) {
    return MessageDigest.isEqual(ours.getBytes(ISO_8859_1), theirs.getBytes(ISO_8859_1));
  }

  private static String excerpt(String text) {
    return text.substring(0, Math.min(text.length(), 64));
  }

  private static DeclinedException mismatch(String explanation) {
    return invalid(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.\n\n"
            + explanation);
  }

  private static DeclinedException invalid(String explanation) {
    return new DeclinedException(ServiceError.INVALID_SIGNATURE, explanation);
  }

  private static DeclinedException unrecognized(String explanation) {
    return new DeclinedException(
        ServiceError.UNRECOGNIZED_CLIENT,
        "The security token included in the request is invalid. " + explanation);
  }
}
