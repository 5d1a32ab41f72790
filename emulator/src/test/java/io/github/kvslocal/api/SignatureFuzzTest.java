package io.github.kvslocal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.corpus.Fuzz;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures that are nearly right. */
class SignatureFuzzTest {
  private static final SigV4 VERIFIER =
      new SigV4(List.of(Credentials.parse(TestSigner.KEY + ":" + TestSigner.SECRET)));
  private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");

  @Test
  void headersSurviveAnyText() throws IOException {
    Fuzz.of("authorization")
        .with(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/kinesisvideo/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature="
                + "0f".repeat(32))
        .surviveTexts(
            text ->
                declines(
                    Arrival.of(
                        "POST",
                        "/joinStorageSession",
                        null,
                        Map.of(
                                "Host",
                                "localhost",
                                "X-Amz-Date",
                                "20150830T123600Z",
                                "Authorization",
                                text)
                            .entrySet(),
                        4580)));
  }

  @Test
  void querySurvivesAnyText() throws IOException {
    Fuzz.of("query")
        .with(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1"
                + "%2Fkinesisvideo%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=299"
                + "&X-Amz-SignedHeaders=host&X-Amz-Signature="
                + "0f".repeat(32))
        .surviveTexts(
            text ->
                declines(
                    Arrival.of("GET", "/", text, Map.of("Host", "localhost").entrySet(), 4580)));
  }

  @Test
  void timeSurvivesAnyText() throws IOException {
    Fuzz.of("amz-date")
        .with("20150830T123600Z", "Sun, 30 Aug 2015 12:36:00 GMT")
        .surviveTexts(
            text -> {
              assertThat(AmzDate.parse(text)).isNotNull();
              assertThat(AmzDate.parseHeader(text)).isNotNull();
              assertThat(PercentEncoding.decode(text)).isNotNull();
            });
  }

  /** Nobody guesses a signature. */
  private static void declines(Arrival request) {
    try {
      VERIFIER.verify(request, new byte[0], NOW);
      throw new AssertionError("verified " + request);
    } catch (DeclinedException expected) {
      assertThat(expected.explanation()).isNotEmpty();
    }
  }
}
