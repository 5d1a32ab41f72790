package io.github.kvslocal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody has to switch verification off: with the exported authority, and only with it, TLS holds.
 */
@NeedsClient(Client.EMULATOR)
class TrustIT {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String FETCH_IN_NODE =
      "fetch(process.argv[1]).then(r => process.exit(r.ok ? 0 : 2), e => { console.error(e.cause);"
          + " process.exit(1) })";
  private static final String FETCH_IN_PYTHON =
      "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])";

  private static EmulatorProcess emulator;
  private static String health;

  @BeforeAll
  static void start(@TempDir Path folder) {
    emulator = EmulatorProcess.start(folder, "trusted");
    health = emulator.secureEndpoint() + "/_kvslocal/health";
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Test
  @NeedsClient(Client.CURL)
  void curlTrustsTheExportedAuthorityOnly() {
    Command.of("curl", "-sSf", "--cacert", authority(), health).succeed(DEADLINE);

    assertThat(Command.of("curl", "-sSf", health).run(DEADLINE).errors()).contains("certificate");
  }

  @Test
  void javaTrustsTheExportedAuthorityOnly() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(health)).timeout(DEADLINE).build();
    HttpClient trusting =
        HttpClient.newBuilder().sslContext(TrustedAuthority.of(emulator.authority())).build();

    assertThat(trusting.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
    assertThatExceptionOfType(SSLException.class)
        .isThrownBy(
            () -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()));
  }

  @Test
  void authorityOverHttpIsTheOneInTheDataDirectory() throws IOException, InterruptedException {
    URI certificate = emulator.endpoint().resolve("/_kvslocal/ca.pem");

    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(certificate).timeout(DEADLINE).build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(emulator.authority()).hasContent(answer.body());
  }

  @Test
  @NeedsClient(Client.NODE)
  void nodeTrustsTheExportedAuthorityOnly() {
    Command.of("node", "-e", FETCH_IN_NODE, health)
        .with("NODE_EXTRA_CA_CERTS", authority())
        .succeed(DEADLINE);

    assertThat(Command.of("node", "-e", FETCH_IN_NODE, health).run(DEADLINE).errors())
        .contains("certificate");
  }

  @Test
  @NeedsClient(Client.PYTHON)
  void pythonTrustsTheExportedAuthorityOnly() {
    Command.of("python3", "-c", FETCH_IN_PYTHON, health)
        .with("SSL_CERT_FILE", authority())
        .succeed(DEADLINE);

    assertThat(Command.of("python3", "-c", FETCH_IN_PYTHON, health).run(DEADLINE).errors())
        .contains("CERTIFICATE_VERIFY_FAILED");
  }

  private static String authority() {
    return emulator.authority().toString();
  }
}
