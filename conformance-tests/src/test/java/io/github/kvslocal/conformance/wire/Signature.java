package io.github.kvslocal.conformance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 by the book (IAM User Guide, "Create a signed AWS API request"), for requests
 * in a form that no SDK here would give them.
 */
record Signature(String accessKey, String secret, Instant at) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** The value of X-Amz-Date. */
  String time() {
    return TIME.format(at);
  }

  /** The access key with its scope. */
  String credential() {
    return accessKey + "/" + scope();
  }

  /** The value of the Authorization header of a POST that signs these headers. */
  String authorization(String path, SortedMap<String, String> headers, String body) {
    return "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=%s, Signature=%s"
        .formatted(credential(), String.join(";", headers.keySet()), sign(path, "", headers, body));
  }

  /** The signature of a POST that signs these headers. */
  String sign(String path, String query, SortedMap<String, String> headers, String body) {
    StringBuilder canonical = new StringBuilder("POST\n" + path + "\n" + query + "\n");
    headers.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(String.join(";", headers.keySet())).append('\n');
    canonical.append(hash(body));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String element : scope().split("/", -1)) {
      key = hmac(key, element);
    }
    String text =
        "AWS4-HMAC-SHA256\n" + time() + "\n" + scope() + "\n" + hash(canonical.toString());
    return HexFormat.of().formatHex(hmac(key, text));
  }

  private String scope() {
    return time().substring(0, 8) + "/us-east-1/kinesisvideo/aws4_request";
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
