package io.github.kvslocal.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * What every answer of an operation has to be like, success or error, whatever was asked: PROTOCOL
 * of AWS's JSON services as their SDKs need it.
 */
final class Manners {
  /** A browser shows a page only what these name (Fetch standard, CORS-safelisted headers). */
  private static final String[] EXPOSED = {"x-amzn-ErrorType", "x-amzn-RequestId", "Date"};

  /** A random UUID (RFC 9562 section 5.4), as the services write it. */
  private static final String REQUEST_ID =
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

  private Manners() {}

  static void check(WireAnswer answer) {
    // The KVS C SDK keeps the last piece of a body only, so none may come in chunks.
    assertThat(answer.header("Transfer-Encoding")).as("chunks of %s", answer).isEmpty();
    assertThat(answer.header("Content-Length")).as("length of %s", answer).isPresent();
    checkDate(answer);
    checkCrossOrigin(answer);
    assertThat(answer.header("x-amzn-RequestId").orElse("")).matches(REQUEST_ID);
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .doesNotContainIgnoringCase("<html")
        .doesNotContainPattern("\\bat [a-z]+(\\.\\w+)+\\(")
        .doesNotContainPattern("\\b(java|io\\.vertx|com\\.fasterxml)\\.[a-z]");
    if (answer.status() >= 400) {
      checkError(answer);
    } else {
      assertThat(answer.header("x-amzn-ErrorType")).isEmpty();
    }
  }

  /** By this SDKs correct their clocks. */
  private static void checkDate(WireAnswer answer) {
    Instant date =
        ZonedDateTime.parse(answer.header("Date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME)
            .toInstant();
    assertThat(Duration.between(date, Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));
  }

  static void checkCrossOrigin(WireAnswer answer) {
    assertThat(answer.header("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(answer.header("Access-Control-Expose-Headers").orElse("")).contains(EXPOSED);
  }

  /** The services spell the member's name in two ways. */
  private static void checkError(WireAnswer answer) {
    JsonNode body = answer.json();
    String type = answer.header("x-amzn-ErrorType").orElse("");
    assertThat(type).matches("[A-Za-z]+");
    assertThat(body.path("__type").asText()).isEqualTo(type);
    assertThat(body.path("message").asText()).isNotBlank();
    assertThat(body.path("Message").asText()).isEqualTo(body.path("message").asText());
  }
}
