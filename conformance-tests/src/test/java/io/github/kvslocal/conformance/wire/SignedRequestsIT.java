package io.github.kvslocal.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures as clients without an SDK here make them, against an emulator that verifies them. */
@NeedsClient(Client.EMULATOR)
class SignedRequestsIT {
  private static final String KEY = "LOCALKEY";
  private static final String SECRET = "local/secret";
  private static final String SESSION_KEY = "SESSIONKEY";
  private static final String SESSION_SECRET = "session/secret";
  private static final String TOKEN = "session-token";
  private static final String PATH = "/describeStream";
  private static final String BODY = "{\n\t\"StreamName\": \"porch\"\n}";
  private static final String AGENT = "AWS-WEBRTC-KVS-AGENT/1.12.1";
  private static final Expected PORCH = Expected.success("stream/porch/");

  private static EmulatorProcess emulator;

  @BeforeAll
  static void start(@TempDir Path folder) {
    emulator =
        EmulatorProcess.start(
            folder,
            List.of(
                "--channel",
                "porch",
                "--require-signatures",
                "--credentials",
                KEY + ":" + SECRET,
                "--credentials",
                SESSION_KEY + ":" + SESSION_SECRET + ":" + TOKEN));
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  /** Observed: KVS WebRTC SDK for C, LwsApiCalls.c; its token header is empty and not signed. */
  @Test
  void kvsSdkForCMaySignThreeHeadersOnly() throws Exception {
    check(c(now(KEY, SECRET), "", BODY), PORCH);
  }

  /** Observed: KVS WebRTC SDK for C, LwsApiCalls.c. */
  @Test
  void kvsSdkForCMayLeaveItsTokenUnsigned() throws Exception {
    check(c(now(SESSION_KEY, SESSION_SECRET), TOKEN, BODY), PORCH);
  }

  /** Observed: aws-beam/aws-elixir, lib/aws/request.ex. */
  @Test
  void awsElixirMaySignAHostWithoutItsPort() throws Exception {
    Signature signature = now(KEY, SECRET);
    Map<String, String> signed =
        Map.of(
            "content-type",
            "application/x-amz-json-1.1",
            "host",
            "localhost",
            "x-amz-date",
            signature.time());

    check(request(PATH, signature.authorization(PATH, new TreeMap<>(signed), BODY), signed), PORCH);
  }

  /** Observed: the SDK for JavaScript v3 signs a path that it has normalized, and sends another. */
  @Test
  void doubleSlashMayBeSignedAsOne() throws Exception {
    Signature signature = now(KEY, SECRET);
    Map<String, String> signed = Map.of("host", "localhost", "x-amz-date", signature.time());

    check(
        request("/" + PATH, signature.authorization(PATH, new TreeMap<>(signed), BODY), signed),
        PORCH);
  }

  /** Documented: IAM User Guide, authentication information in the query string. */
  @Test
  void signatureMayBeInTheQuery() throws Exception {
    Signature signature = now(KEY, SECRET);
    String query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + URLEncoder.encode(signature.credential(), StandardCharsets.UTF_8)
            + "&X-Amz-Date="
            + signature.time()
            + "&X-Amz-Expires=60&X-Amz-SignedHeaders=host";
    TreeMap<String, String> signed = new TreeMap<>(Map.of("host", "localhost"));
    String sent =
        PATH + "?" + query + "&X-Amz-Signature=" + signature.sign(PATH, query, signed, BODY);

    check(new WireRequest(head(sent, signed), BODY.getBytes(StandardCharsets.UTF_8)), PORCH);
  }

  @Test
  void changedBodyIsNoticed() throws Exception {
    Signature signature = now(KEY, SECRET);
    TreeMap<String, String> signed =
        new TreeMap<>(Map.of("host", "localhost", "x-amz-date", signature.time()));

    check(
        request(PATH, signature.authorization(PATH, signed, BODY + " "), signed),
        Expected.error(
            403,
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided."));
  }

  @Test
  void strangersKeyIsUnrecognized() throws Exception {
    check(
        c(now("NOBODY", SECRET), "", BODY),
        Expected.error(
            403,
            "UnrecognizedClientException",
            "The security token included in the request is invalid."));
  }

  @Test
  void sessionsKeyNeedsItsToken() throws Exception {
    check(
        c(now(SESSION_KEY, SESSION_SECRET), "", BODY),
        Expected.error(403, "UnrecognizedClientException"));
  }

  /** Observed: the KVS C SDK looks for this text, and corrects its clock by the Date header. */
  @Test
  void oldSignatureHasExpired() throws Exception {
    check(
        c(new Signature(KEY, SECRET, Instant.now().minus(Duration.ofMinutes(6))), "", BODY),
        Expected.error(403, "InvalidSignatureException", "Signature expired"));
  }

  /** Observed: the KVS C SDK looks for this text, and corrects its clock by the Date header. */
  @Test
  void signatureOfTheFutureIsNotYetCurrent() throws Exception {
    check(
        c(new Signature(KEY, SECRET, Instant.now().plus(Duration.ofMinutes(6))), "", BODY),
        Expected.error(403, "InvalidSignatureException", "Signature not yet current"));
  }

  /** Documented: common errors of both API references. */
  @Test
  void signatureWithoutItsPartsIsIncomplete() throws Exception {
    check(
        request(PATH, "AWS4-HMAC-SHA256 Credential=x", Map.of("host", "localhost")),
        Expected.error(400, "IncompleteSignature"));
  }

  /** Of AWS's gateways; the services do not say. */
  @Test
  void unsignedRequestIsRefused() throws Exception {
    check(
        WireRequest.post(PATH, BODY),
        Expected.error(403, "MissingAuthenticationTokenException", "Missing Authentication Token"));
  }

  /** Fetch standard: a browser never signs what it asks before it asks. */
  @Test
  void preflightNeedsNoSignature() throws Exception {
    WireAnswer answer =
        answer(
            new WireRequest(
                "OPTIONS /describeStream HTTP/1.1\nHost: localhost\nOrigin: https://example.org\n"
                    + "Access-Control-Request-Method: POST",
                new byte[0]));

    assertThat(answer.status()).isEqualTo(200);
  }

  private static Signature now(String key, String secret) {
    return new Signature(key, secret, Instant.now());
  }

  /** As the KVS C SDK does it: a token is sent along, empty or not, and never signed. */
  private static WireRequest c(Signature signature, String token, String body) {
    String host = "localhost:" + emulator.port();
    Map<String, String> signed =
        Map.of("host", host, "user-agent", AGENT, "x-amz-date", signature.time());
    Map<String, String> sent = new TreeMap<>(signed);
    sent.put("x-amz-security-token", token);
    return request(PATH, signature.authorization(PATH, new TreeMap<>(signed), body), sent);
  }

  private static WireRequest request(
      String target, String authorization, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("authorization", authorization);
    return new WireRequest(head(target, all), BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static String head(String target, Map<String, String> headers) {
    StringBuilder head = new StringBuilder("POST " + target + " HTTP/1.1");
    headers.forEach((name, value) -> head.append('\n').append(name).append(": ").append(value));
    return head.append("\ncontent-length: {length}").toString();
  }

  private static void check(WireRequest request, Expected expected) throws IOException {
    WireAnswer answer = answer(request);

    expected.check(answer);
    Manners.check(answer);
  }

  private static WireAnswer answer(WireRequest request) throws IOException {
    try (WireConnection connection = WireConnection.to(emulator.port())) {
      connection.send(request.bytes(new Facts(Map.of("port", Integer.toString(emulator.port())))));
      return connection.receive();
    }
  }
}
