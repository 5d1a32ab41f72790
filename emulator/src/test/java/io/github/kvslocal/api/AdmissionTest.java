package io.github.kvslocal.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever signed a request, and nobody else, is who sends it. */
class AdmissionTest {
  private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final String HOST = "localhost:4580";
  private static final String PATH = "/createSignalingChannel";
  private static final String BODY = "{}";
  private static final String ACCOUNT = "123456789012";
  private static final String OTHER = "999999999999/20261120/eu-west-1/kinesisvideo/aws4_request";
  private static final Caller UNNAMED = new Caller("000000000000", "us-east-1");
  private static final Caller SIGNER = new Caller(ACCOUNT, "us-west-2");

  private final Admission strict =
      admission(
          new SigV4(List.of(Credentials.parse(ACCOUNT + ":" + TestSigner.SECRET + ":to/ken"))));
  private final TestSigner signer = new TestSigner(ACCOUNT, TestSigner.SECRET, "to/ken", NOW);

  @ParameterizedTest
  @ValueSource(strings = {"Credential=", "Credential =", " Credential = "})
  void signerOfAHeaderIsTheCaller(String written) throws Exception {
    Map<String, String> headers = headers();
    headers.computeIfPresent(
        "authorization", (name, value) -> value.replace("Credential=", written));

    assertThat(strict.authenticate(post(null, headers), BODY.getBytes(UTF_8))).isEqualTo(SIGNER);
  }

  @Test
  void signerOfAQueryIsTheCaller() throws Exception {
    Arrival request = upgrade(signer.presigned("/master", HOST, Map.of("a", "b"), 299));

    assertThat(strict.authenticate(request, new byte[0])).isEqualTo(SIGNER);
  }

  @ParameterizedTest
  @CsvSource({
    "'Credential=','Credential=" + OTHER + ", Credential=',Credential",
    "'Credential=','Credential=" + OTHER + ", Credential =',Credential",
    "'SignedHeaders=','SignedHeaders=host, SignedHeaders=',SignedHeaders",
    "'Signature=','Signature=00, Signature=',Signature"
  })
  void parameterThatIsThereTwiceIsDeclined(String from, String to, String name) {
    Map<String, String> headers = headers();
    headers.computeIfPresent("authorization", (header, value) -> value.replace(from, to));

    assertThat(complaint(strict, post(null, headers)))
        .isEqualTo(
            "IncompleteSignature: Authorization header has the parameter '"
                + name
                + "' more than once; send one.");
  }

  @Test
  void secondAuthorizationIsDeclined() {
    Map<String, String> headers = headers();
    List<Map.Entry<String, String>> twice = new ArrayList<>(headers.entrySet());
    twice.add(Map.entry("AUTHORIZATION", "AWS4-HMAC-SHA256 Credential=" + OTHER));

    assertThat(complaint(strict, Arrival.of("POST", PATH, null, twice, 4580)))
        .startsWith("IncompleteSignature: The request has more than one Authorization header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Amz-Credential=" + OTHER, "X%2DAmz-Signature=00", "X-Amz-Algorithm"})
  void signatureInHeaderAndQueryIsDeclined(String query) {
    assertThat(complaint(strict, post(query, headers())))
        .startsWith("IncompleteSignature: The request is signed both in its Authorization header");
  }

  /**
   * The signature covers neither itself nor a token, so what comes with a second one is unsigned.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Amz-Signature=;X-Amz-ClientId=bob",
        "X-Amz-Security-Token=;X-Amz-ClientId=bob",
        "X%2DAmz-Signature=",
        "x-amz-signature=00",
        "X-Amz-Credential=" + OTHER
      })
  void parameterOfTheQueryThatIsThereTwiceIsDeclined(String second) {
    String query = signer.presigned("/master", HOST, Map.of(), 299);

    assertThat(complaint(strict, upgrade(query + "&" + second)))
        .startsWith("IncompleteSignature: The query has the parameter ")
        .endsWith("' more than once; send one.");
  }

  @Test
  void withoutRequiredSignaturesEverybodyIsWhoTheySay() throws Exception {
    Admission open = admission(Admission.SignatureCheck.NONE);
    Map<String, String> headers = Map.of("Authorization", "AWS4-HMAC-SHA256 Credential=" + OTHER);

    assertThat(open.authenticate(post(null, headers), new byte[0]))
        .isEqualTo(new Caller("999999999999", "eu-west-1"));
    assertThat(open.authenticate(post(null, Map.of()), new byte[0])).isEqualTo(UNNAMED);
  }

  @Test
  void claimsSurviveAnyBytes() throws Exception {
    Admission open = admission(Admission.SignatureCheck.NONE);
    Random random = new Random(20_261_120);

    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      String any = new String(bytes, ISO_8859_1);
      Arrival request =
          post(
              "X-Amz-Credential=" + any,
              Map.of("Authorization", "AWS4-HMAC-SHA256 Credential=" + any + "," + any));

      assertThat(open.authenticate(request, bytes).account()).hasSize(12);
    }
  }

  private Map<String, String> headers() {
    return signer.headers("POST", PATH, Map.of("host", HOST), BODY);
  }

  private static Admission admission(Admission.SignatureCheck signatures) {
    return new Admission(
        UNNAMED,
        signatures,
        AccessRules.parse(List.of(), List.of()),
        Quotas.off(),
        new Admission.Clocks(CLOCK, CLOCK));
  }

  private static Arrival post(@Nullable String query, Map<String, String> headers) {
    return Arrival.of("POST", PATH, query, headers.entrySet(), 4580);
  }

  private static Arrival upgrade(String query) {
    return Arrival.of("GET", "/master", query, Map.of("Host", HOST).entrySet(), 4580);
  }

  private static String complaint(Admission admission, Arrival request) {
    byte[] body = (request.method().equals("POST") ? BODY : "").getBytes(UTF_8);
    DeclinedException declined =
        catchThrowableOfType(DeclinedException.class, () -> admission.authenticate(request, body));
    return declined == null ? "" : declined.error().code() + ": " + declined.explanation();
  }
}
