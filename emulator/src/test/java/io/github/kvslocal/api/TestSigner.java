package io.github.kvslocal.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as a client does, by Signature Version 4, of its own and sharing no code with what
 * verifies them. Paths and values are signed as they are given: whoever wants them encoded encodes
 * them.
 */
public final class TestSigner {
  /** Of the examples in AWS's documentation. */
  public static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  public static final String KEY = "AKIDEXAMPLE";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String key;
  private final String secret;
  private final String token;
  private final String time;
  private String scope;

  public TestSigner(String key, String secret, String token, Instant at) {
    this.key = key;
    this.secret = secret;
    this.token = token;
    this.time = TIME.format(at);
    this.scope = time.substring(0, 8) + "/us-west-2/kinesisvideo/aws4_request";
  }

  /** The same with another scope. */
  public TestSigner scope(String other) {
    this.scope = other;
    return this;
  }

  /** The headers to send: these, the date, the token and the signature of them all. */
  public Map<String, String> headers(
      String method, String path, Map<String, String> signed, String body) {
    return headersOfHash(method, path, signed, hash(body));
  }

  /** The same with what is signed in place of the body's hash. */
  Map<String, String> headersOfHash(
      String method, String path, Map<String, String> signed, String bodyHash) {
    Map<String, String> headers = new TreeMap<>(signed);
    headers.put("x-amz-date", time);
    if (!token.isEmpty()) {
      headers.put("x-amz-security-token", token);
    }
    String names = String.join(";", headers.keySet());
    headers.put(
        "authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(key, scope, names, signature(method, path, "", headers, bodyHash)));
    return headers;
  }

  /** The query to open a socket with: these parameters, given unencoded, and their signature. */
  public String presigned(
      String path, String host, Map<String, String> parameters, int expiresSeconds) {
    return presigned("GET " + path, host, parameters, expiresSeconds, "");
  }

  /** The query to send with this body. */
  public String presignedPost(
      String path, String host, Map<String, String> parameters, int expiresSeconds, String body) {
    return presigned("POST " + path, host, parameters, expiresSeconds, body);
  }

  private String presigned(
      String line, String host, Map<String, String> parameters, int expiresSeconds, String body) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    all.put("X-Amz-Credential", key + "/" + scope);
    all.put("X-Amz-Date", time);
    all.put("X-Amz-Expires", String.valueOf(expiresSeconds));
    all.put("X-Amz-SignedHeaders", "host");
    if (!token.isEmpty()) {
      all.put("X-Amz-Security-Token", token);
    }
    StringBuilder query = new StringBuilder();
    all.forEach((name, value) -> query.append('&').append(name).append('=').append(encode(value)));
    String canonical = query.substring(1);
    return canonical
        + "&X-Amz-Signature="
        + signature(
            line.substring(0, line.indexOf(' ')),
            line.substring(line.indexOf(' ') + 1),
            canonical,
            Map.of("host", host),
            hash(body));
  }

  private String signature(
      String method, String path, String query, Map<String, String> headers, String bodyHash) {
    StringBuilder request = new StringBuilder();
    request.append(method).append('\n').append(path).append('\n').append(query).append('\n');
    headers.forEach((name, value) -> request.append(name).append(':').append(value).append('\n'));
    request.append('\n').append(String.join(";", headers.keySet())).append('\n').append(bodyHash);
    String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hash(request.toString());
    byte[] signing = ("AWS4" + secret).getBytes(UTF_8);
    for (String element : scope.split("/", -1)) {
      signing = hmac(signing, element);
    }
    return HexFormat.of().formatHex(hmac(signing, toSign));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The SHA-256 of a body. */
  public static String hash(String body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
