package io.github.kvslocal.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of any origin may call every operation and read every answer (Fetch standard, CORS). */
@NeedsClient(Client.EMULATOR)
class CrossOriginIT {
  /** What the SDK for JavaScript v3 sends besides what pages may always send. */
  private static final String[] HEADERS = {
    "amz-sdk-invocation-id",
    "amz-sdk-request",
    "authorization",
    "content-type",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-user-agent"
  };

  private static EmulatorProcess emulator;
  private static Facts facts;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    emulator = EmulatorProcess.start(folder, "porch,other");
    facts = Facts.of(emulator.port());
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/createSignalingChannel, https://example.org",
    "/TagResource, http://localhost:3000",
    "/v1/get-ice-server-config, http://my_container:8080",
    "/joinStorageSession, null",
    "/joinStorageSessionAsViewer, capacitor://localhost",
    "//getHLSStreamingSessionURL, https://example.org",
    "/getMedia, file://",
    "/describeNothing, https://example.org",
    "/, https://example.org"
  })
  void preflightAllowsWhatSdksSend(String path, String origin) throws Exception {
    WireAnswer answer =
        answer(
            "OPTIONS %s HTTP/1.1\nHost: localhost\nOrigin: %s\n".formatted(path, origin)
                + "Access-Control-Request-Method: POST\nAccess-Control-Request-Headers: "
                + String.join(",", HEADERS));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Access-Control-Allow-Origin").orElse("")).isIn("*", origin);
    assertThat(words(answer, "Access-Control-Allow-Methods")).contains("post");
    assertThat(words(answer, "Access-Control-Allow-Headers")).contains(HEADERS);
  }

  @ParameterizedTest
  @CsvSource({
    "POST /describeStream HTTP/1.1, 400",
    "POST /describeNothing HTTP/1.1, 404",
    "GET /describeStream HTTP/1.1, 404",
    "POST /joinStorageSession HTTP/1.1, 400",
    "POST /getMedia HTTP/1.1, 400",
    "POST /%zz HTTP/1.1, 400",
    "nonsense, 400"
  })
  void pageMayReadEveryError(String line, int status) throws Exception {
    WireAnswer answer =
        answer(line + "\nHost: localhost\nOrigin: https://example.org\nContent-Length: 0");

    assertThat(answer.status()).isEqualTo(status);
    Manners.check(answer);
  }

  private static WireAnswer answer(String head) throws IOException {
    try (WireConnection connection = WireConnection.to(emulator.port())) {
      connection.send(new WireRequest(head, new byte[0]).bytes(facts));
      return connection.receive();
    }
  }

  private static String[] words(WireAnswer answer, String header) {
    return Arrays.stream(answer.header(header).orElse("").split(",", -1))
        .map(word -> word.trim().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }
}
