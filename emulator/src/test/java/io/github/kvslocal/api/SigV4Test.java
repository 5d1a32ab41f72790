package io.github.kvslocal.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4Test {
  private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");
  private static final String HOST = "localhost:4580";
  private static final String PATH = "/createSignalingChannel";
  private static final String BODY = "{\"ChannelName\":\"door\"}";
  private static final String ARN =
      "arn:aws:kinesisvideo:us-west-2:000000000000:channel/door/1795161600123";
  private static final SigV4 VERIFIER = new SigV4(List.of(credentials("")));
  private static final SigV4 TOKEN_VERIFIER = new SigV4(List.of(credentials("to/ken+==")));

  /**
   * The signature of ListUsers is of the IAM User Guide, that of the encoded path of AWS's test
   * suite; all others are botocore's for requests of that suite.
   */
  @ParameterizedTest
  @CsvSource({
    "iam, GET, /?Action=ListUsers&Version=2010-05-08, 'host:iam.amazonaws.com|content-type:"
        + "application/x-www-form-urlencoded; charset=utf-8',"
        + " 5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    "service, GET, /, '', 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "service, POST, /, '', 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    "service, GET, /?Param2=value2&Param1=value1, '',"
        + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    "service, GET, /?Param1=value2&Param1=Value1, '',"
        + " eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1",
    "service, GET, /?Param1=, '',"
        + " 506693d22b79f51760ff2217fe207bb63f86e8f316bf6c217a3c65d33d15410a",
    "service, GET, /?Param1, '', 506693d22b79f51760ff2217fe207bb63f86e8f316bf6c217a3c65d33d15410a",
    "service, GET, /%E1%88%B4, '',"
        + " 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
    "service, GET, /%E1%88%B4, '',"
        + " 697b34846207a3f72246f99d74ae1ee4fe54f44bb06730c58a0d339eb079596d",
    "service, GET, //foo//, '', 82b50dbf69c4217f78a7867dbfe0ec3bff030afbb88a76929dda1603c9059d37",
    "service, GET, /foo/./bar/../baz, '',"
        + " 011c751ae18d1d51902e7a45e2a8ea28801d8a143778ea7426e282f871f41d53",
    "service, POST, /, 'my-header1:  value1   b  c ',"
        + " 3962f5d854c199aa09f21cbf51b6c307e931c6fffb4c1ce0af0579c68ee96644"
  })
  void publishedExampleIsVerified(
      String service, String method, String target, String headers, String signature) {
    SigV4 verifier = new SigV4(service, List.of(credentials("")));
    Map<String, String> sent = new LinkedHashMap<>();
    sent.put("host", "example.amazonaws.com");
    for (String header : headers.isEmpty() ? new String[0] : headers.split("\\|")) {
      sent.put(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 1));
    }
    sent.put("x-amz-date", "20150830T123600Z");
    String names = String.join(";", sent.keySet().stream().sorted().toList());
    sent.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/%s/aws4_request,SignedHeaders=%s,Signature=%s"
            .formatted(service, names, signature));

    assertThatCode(
            () ->
                verifier.verify(
                    request(method, target, sent),
                    new byte[0],
                    Instant.parse("2015-08-30T12:36:00Z")))
        .doesNotThrowAnyException();
  }

  /** As boto3 sends it; the signature is botocore's. */
  @ParameterizedTest
  @ValueSource(strings = {PATH, "/" + PATH, "/." + PATH})
  void requestOfBotoIsVerifiedWhateverItsSlashes(String path) {
    Map<String, String> headers =
        Map.of(
            "Host",
            HOST,
            "Content-Type",
            "application/json",
            "X-Amz-Date",
            "20261120T110000Z",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/us-west-2/kinesisvideo/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date,"
                + " Signature=07d02350aff8dee643d094068181123025114ad4e9957aeb722eef39760fc83f");

    assertThatCode(() -> VERIFIER.verify(request("POST", path, headers), BODY.getBytes(UTF_8), NOW))
        .doesNotThrowAnyException();
  }

  /** The signatures are of botocore's SigV4QueryAuth. */
  @ParameterizedTest
  @CsvSource({
    "/master, localhost:4580, '', '',"
        + " 0f499cb94198da6c14e8782e66ff5389943ae9bc91f432ab2dd6b0086d0e7e9b",
    "/viewer, localhost:4580, &X-Amz-ClientId=ann, to%2Fken%2B%3D%3D,"
        + " d97eefb438d35b69e16ef2b15181acf3ee43ebc7d267d25b53a612bafa77bde1",
    "/, localhost, '', '', 4ba24dc36a4c5f6ff9e92b553240b3a1a83f0b29ec09cbd54a6219fbf72f79d2",
    "/, localhost:443, '', '', 4ba24dc36a4c5f6ff9e92b553240b3a1a83f0b29ec09cbd54a6219fbf72f79d2"
  })
  void presignedSocketIsVerified(
      String path, String host, String parameters, String token, String signature) {
    String target =
        path
            + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-ChannelARN="
            + ARN.replace(":", "%3a").replace("/", "%2F")
            + parameters
            + "&X-Amz-Credential=AKIDEXAMPLE%2F20261120%2Fus-west-2%2Fkinesisvideo%2Faws4_request"
            + "&X-Amz-Date=20261120T110000Z&X-Amz-Expires=299"
            + (token.isEmpty() ? "" : "&X-Amz-Security-Token=" + token)
            + "&X-Amz-Signature="
            + signature
            + "&X-Amz-SignedHeaders=host";

    assertThatCode(
            () ->
                (token.isEmpty() ? VERIFIER : TOKEN_VERIFIER)
                    .verify(request("GET", target, Map.of("Host", host)), new byte[0], NOW))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:4580, localhost:4580",
    "localhost:4580, localhost",
    "localhost, localhost:4580",
    "localhost, localhost"
  })
  void hostMayBeSignedWithItsPortOrWithout(String sent, String signed) {
    Map<String, String> headers =
        signer("", NOW).headers("POST", PATH, Map.of("host", signed), BODY);
    headers.put("host", sent);

    assertThat(complaint(VERIFIER, headers)).isEmpty();
  }

  /** The KVS C SDK signs three headers, without the port, and sends its token besides. */
  @ParameterizedTest
  @ValueSource(strings = {"", "to/ken+=="})
  void tokenNeedNotBeSigned(String token) {
    Map<String, String> headers =
        signer("", NOW)
            .headers("POST", PATH, Map.of("host", "localhost", "user-agent", "C SDK"), BODY);
    headers.put("x-amz-security-token", token);

    assertThat(complaint(token.isEmpty() ? VERIFIER : TOKEN_VERIFIER, headers)).isEmpty();
  }

  @Test
  void tokenOfAUrlMayBeAddedAfterSigning() {
    String query = signer("", NOW).presigned("/master", HOST, Map.of(), 299);
    Arrival request =
        request(
            "GET", "/master?" + query + "&X-Amz-Security-Token=to/ken%2B==", Map.of("Host", HOST));

    assertThatCode(() -> TOKEN_VERIFIER.verify(request, new byte[0], NOW))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a+b", "a*b~c", "ü€", "", "&=?/%"})
  void valuesOfAQueryAreVerifiedWhateverTheyHold(String value) {
    String query = signer("", NOW).presigned("/", HOST, Map.of("a", value, "B", value), 299);

    assertThatCode(
            () ->
                VERIFIER.verify(
                    request("GET", "/?" + query.replace("%20", "+"), Map.of("Host", HOST)),
                    new byte[0],
                    NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void repeatedHeadersAreOneValue() {
    Map<String, String> headers =
        signer("", NOW).headers("POST", PATH, Map.of("host", HOST, "x-more", "a,b c"), BODY);
    headers.remove("x-more");
    Arrival one = request("POST", PATH, headers);
    Map<String, List<String>> all = new LinkedHashMap<>(one.headers());
    all.put("x-more", List.of(" a", "b   c "));

    assertThatCode(
            () ->
                VERIFIER.verify(
                    new Arrival("POST", PATH, "", all, 4580), BODY.getBytes(UTF_8), NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void bodyMayBeLeftOutOfTheSignatureByName() {
    Map<String, String> signed = Map.of("host", HOST, "x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    Map<String, String> headers =
        signer("", NOW).headersOfHash("POST", PATH, signed, "UNSIGNED-PAYLOAD");

    assertThat(complaint(VERIFIER, headers)).isEmpty();
  }

  @Test
  void requestWithoutASignatureIsDeclined() {
    DeclinedException declined = declined(VERIFIER, request("POST", PATH, Map.of("Host", HOST)));

    assertThat(declined.error()).isEqualTo(ServiceError.MISSING_AUTHENTICATION_TOKEN);
    assertThat(declined.explanation()).startsWith("Missing Authentication Token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Basic dXNlcjpwYXNz | Unsupported AWS 'algorithm'",
        "'' | Unsupported AWS 'algorithm'",
        "AWS4-HMAC-SHA256 | Authorization header requires 'Credential' parameter. Authorization"
            + " header requires 'Signature' parameter. Authorization header requires"
            + " 'SignedHeaders' parameter.",
        "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00 | Credential must have"
            + " exactly 5 slash-delimited elements",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=x-amz-date, Signature=00 | 'Host' or"
            + " ':authority' must be a 'SignedHeader'",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host | Authorization header requires"
            + " 'Signature' parameter."
      })
  void headerThatCannotBeReadIsDeclined(String authorization, String complaint) {
    Map<String, String> headers =
        Map.of("Host", HOST, "X-Amz-Date", "20261120T110000Z", "Authorization", authorization);

    DeclinedException declined = declined(VERIFIER, request("POST", PATH, headers));

    assertThat(declined.error()).isEqualTo(ServiceError.INCOMPLETE_SIGNATURE);
    assertThat(declined.explanation()).startsWith(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Amz-Date= | AWS query-string parameters must include 'X-Amz-Date'.",
        "X-Amz-Date=2026-11-20 | Date must be in ISO-8601 'basic format'. Got '2026-11-20'.",
        "X-Amz-Date=20261320T110000Z | Date must be in ISO-8601 'basic format'.",
        "X-Amz-Expires=x | X-Amz-Expires should be a number",
        "X-Amz-Expires=0 | X-Amz-Expires must be between 1 and a week",
        "X-Amz-Expires=604801 | X-Amz-Expires must be between 1 and a week",
        "X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256 | Unsupported AWS 'algorithm'",
        "X-Amz-SignedHeaders=date | 'Host' or ':authority' must be a 'SignedHeader'"
      })
  void queryThatCannotBeReadIsDeclined(String parameter, String complaint) {
    String name = parameter.substring(0, parameter.indexOf('='));
    String query =
        signer("", NOW)
            .presigned("/", HOST, Map.of(), 299)
            .replaceFirst(name + "=[^&]*", parameter);

    DeclinedException declined =
        declined(VERIFIER, request("GET", "/?" + query, Map.of("Host", HOST)));

    assertThat(declined.error()).isEqualTo(ServiceError.INCOMPLETE_SIGNATURE);
    assertThat(declined.explanation()).startsWith(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20261119/us-west-2/kinesisvideo/aws4_request | Date in Credential scope does not match"
            + " YYYYMMDD from ISO-8601 version of date from HTTP: '20261119' != '20261120', from"
            + " '20261120T110000Z'.",
        "20261120/US/kinesisvideo/aws4_request | Credential should be scoped to a valid region, not"
            + " 'US'.",
        "20261120/us-west-2/kinesis/aws4_request | Credential should be scoped to correct service:"
            + " 'kinesisvideo'.",
        "20261120/us-west-2/kinesisvideo/aws5 | Credential should be scoped with a valid"
            + " terminator: 'aws4_request', not 'aws5'."
      })
  void otherScopeIsDeclined(String scope, String complaint) {
    Map<String, String> headers =
        signer("", NOW).scope(scope).headers("POST", PATH, Map.of("host", HOST), BODY);

    assertThat(complaint(VERIFIER, headers)).startsWith("InvalidSignatureException: " + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "",
      delimiter = '|',
      value = {
        "2026-11-20T11:00:00Z |",
        "2026-11-20T11:05:00Z |",
        "2026-11-20T10:55:00Z |",
        "2026-11-20T11:10:00Z | Signature expired: 20261120T110000Z is now earlier than"
            + " 20261120T110500Z (20261120T111000Z - 5 min.)",
        "2026-11-20T10:54:59Z | Signature not yet current: 20261120T110000Z is still later than"
            + " 20261120T105959Z (20261120T105459Z + 5 min.)"
      })
  void headerIsGoodForFiveMinutesToBothSides(Instant now, String complaint) {
    Map<String, String> headers = signer("", NOW).headers("POST", PATH, Map.of("host", HOST), BODY);

    assertThat(complaint(VERIFIER, request("POST", PATH, headers), now))
        .isEqualTo(complaint == null ? "" : "InvalidSignatureException: " + complaint);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "",
      delimiter = '|',
      value = {
        "604800 | 2026-11-27T11:00:00Z |",
        "299 | 2026-11-20T11:04:59Z |",
        "299 | 2026-11-20T11:05:00Z | Signature expired: 20261120T110000Z is now earlier than"
            + " 20261120T110001Z (20261120T110500Z - 299 sec.)",
        "120 | 2026-11-20T11:03:00Z | Signature expired: 20261120T110000Z is now earlier than"
            + " 20261120T110100Z (20261120T110300Z - 2 min.)",
        "299 | 2026-11-20T10:54:00Z | Signature not yet current: 20261120T110000Z is still later"
            + " than 20261120T105900Z (20261120T105400Z + 5 min.)"
      })
  void urlIsGoodAsLongAsItSays(int expires, Instant now, String complaint) {
    String query = signer("", NOW).presigned("/", HOST, Map.of(), expires);

    assertThat(complaint(VERIFIER, request("GET", "/?" + query, Map.of("Host", HOST)), now))
        .isEqualTo(complaint == null ? "" : "InvalidSignatureException: " + complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "AKIDOTHER, '', '', The emulator was started with",
    "AKIDEXAMPLE, token, '', The request has a session token",
    "AKIDEXAMPLE, '', token, The request has no session token",
    "AKIDEXAMPLE, other, token, The request's session token is not"
  })
  void unknownKeyOrTokenIsDeclined(String key, String sent, String known, String complaint) {
    SigV4 verifier = new SigV4(List.of(credentials(known)));
    Map<String, String> headers =
        new TestSigner(key, TestSigner.SECRET, sent, NOW)
            .headers("POST", PATH, Map.of("host", HOST), BODY);

    assertThat(complaint(verifier, headers))
        .startsWith(
            "UnrecognizedClientException: The security token included in the request is invalid. "
                + complaint);
  }

  @Test
  void wrongSecretIsToldTheStringsToCompare() {
    Map<String, String> headers =
        new TestSigner(TestSigner.KEY, "other", "", NOW)
            .headers("POST", PATH, Map.of("host", HOST), BODY);
    String canonical =
        "POST\n/createSignalingChannel\n\nhost:localhost:4580\nx-amz-date:20261120T110000Z\n\n"
            + "host;x-amz-date\n"
            + TestSigner.hash(BODY);

    assertThat(complaint(VERIFIER, headers))
        .isEqualTo(
            "InvalidSignatureException: The request signature we calculated does not match the"
                + " signature you provided. Check your AWS Secret Access Key and signing method."
                + " Consult the service documentation for details.\n\n"
                + "The Canonical String for this request should have been\n'"
                + canonical
                + "'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20261120T110000Z\n"
                + "20261120/us-west-2/kinesisvideo/aws4_request\n"
                + TestSigner.hash(canonical)
                + "'\n");
  }

  @Test
  void changedBodyIsDeclined() {
    Map<String, String> headers =
        signer("", NOW).headers("POST", PATH, Map.of("host", HOST), BODY + " ");

    assertThat(complaint(VERIFIER, headers)).contains("The String-to-Sign should have been");
  }

  @Test
  void hashThatIsNotTheBodysIsNamed() {
    Map<String, String> signed = Map.of("host", HOST, "x-amz-content-sha256", "00");

    Map<String, String> headers = signer("", NOW).headers("POST", PATH, signed, BODY);

    assertThat(complaint(VERIFIER, headers))
        .contains("x-amz-content-sha256 is neither the SHA-256 of the body");
  }

  @Test
  void keyIsKnownOnce() {
    List<Credentials> twice = List.of(credentials("a"), credentials("b"));

    assertThatCode(() -> new SigV4(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("given twice")
        .hasMessageNotContaining(TestSigner.KEY);
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(20_261_120);
    List<Throwable> unexpected = new ArrayList<>();

    for (int i = 0; i < 20_000; i++) {
      Arrival request = anyRequest(random);
      try {
        VERIFIER.verify(request, BODY.getBytes(UTF_8), NOW);
        unexpected.add(new AssertionError("verified " + request));
      } catch (DeclinedException expected) {
        assertThat(expected.explanation()).isNotEmpty();
      } catch (RuntimeException e) {
        unexpected.add(e);
      }
    }

    assertThat(unexpected).isEmpty();
  }

  /** A good request of which some bytes are changed. */
  private static Arrival anyRequest(Random random) {
    if (random.nextBoolean()) {
      String query = signer("", NOW).presigned("/", HOST, Map.of(), 299);
      return request("GET", "/?" + changed(query, random), Map.of("Host", HOST));
    }
    Map<String, String> headers = signer("", NOW).headers("POST", PATH, Map.of("host", HOST), BODY);
    headers.computeIfPresent("authorization", (name, value) -> changed(value, random));
    headers.computeIfPresent("x-amz-date", (name, value) -> changed(value, random));
    return request("POST", PATH, headers);
  }

  /** At least one change is in what is signed or in the signature. */
  private static String changed(String text, Random random) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) (bytes[at] ^ (1 << random.nextInt(8)));
    }
    String changed = new String(bytes, ISO_8859_1);
    return changed.equals(text) ? "" : changed;
  }

  private static Credentials credentials(String token) {
    return new Credentials(new AccessKey(TestSigner.KEY), TestSigner.SECRET, token);
  }

  private static TestSigner signer(String token, Instant at) {
    return new TestSigner(TestSigner.KEY, TestSigner.SECRET, token, at);
  }

  private static Arrival request(String method, String target, Map<String, String> headers) {
    int question = target.indexOf('?');
    return Arrival.of(
        method,
        question < 0 ? target : target.substring(0, question),
        question < 0 ? null : target.substring(question + 1),
        headers.entrySet(),
        4580);
  }

  private static DeclinedException declined(SigV4 verifier, Arrival request) {
    return catchThrowableOfType(
        DeclinedException.class, () -> verifier.verify(request, BODY.getBytes(UTF_8), NOW));
  }

  private static String complaint(SigV4 verifier, Map<String, String> headers) {
    return complaint(verifier, request("POST", PATH, headers), NOW);
  }

  private static String complaint(SigV4 verifier, Arrival request, Instant now) {
    byte[] body = (request.method().equals("POST") ? BODY : "").getBytes(UTF_8);
    try {
      verifier.verify(request, body, now);
      return "";
    } catch (DeclinedException e) {
      return e.error().code() + ": " + e.explanation();
    }
  }
}
