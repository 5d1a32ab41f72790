package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminGateTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String HOST = "localhost:4580";

  private final AdminGate gate = new AdminGate(false, "https://kvs.example.com/base");
  private final AdminGate remote = new AdminGate(true, "");

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
  void whoeverIsOnThisMachineIsLetIn(String peer) {
    assertThat(gate.complaint(peer, HOST, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"192.168.1.7", "172.17.0.1", "0.0.0.0", "fe80::1", "::ffff:10.0.0.1", "localhost"})
  void othersAreToldWhatToDo(String peer) {
    assertThat(gate.complaint(peer, HOST, null)).contains(peer).contains("--admin-remote");
  }

  @Test
  void connectionThatIsGoneIsNobodys() {
    assertThat(gate.complaint(null, HOST, null)).contains("--admin-remote");
  }

  @Test
  void othersAreLetInWhereThatWasAskedFor() {
    assertThat(remote.complaint("192.168.1.7", "kvslocal:4580", null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:4580",
        "localhost.:4580",
        "door.localhost:1",
        "127.0.0.1:4580",
        "[::1]:4580",
        "192.168.1.7:4580",
        "kvslocal:4580",
        "host.docker.internal:4580",
        "machine.local",
        "kvs.example.com:8443"
      })
  void addressesAndNamesThatNobodyCanRegisterAreKnown(String host) {
    assertThat(gate.complaint(LOOPBACK, host, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:4580",
        "localhost.evil.example",
        "127.0.0.1.evil.example:4580",
        "evil.example.",
        "localhost@evil.example",
        "xlocalhost.com",
        "",
        "."
      })
  void pageWhoseNameWasLedHereIsRefused(String host) {
    assertThat(gate.complaint(LOOPBACK, host, null)).contains("web page");
    assertThat(remote.complaint(LOOPBACK, host, null)).contains("web page");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000, localhost:4580",
    "https://app.localhost, localhost:4580",
    "http://127.0.0.1:8080, localhost:4580",
    "http://[::1]:8080, localhost:4580",
    "http://192.168.1.7:4580, 192.168.1.7:4580"
  })
  void pagesOfThisMachineAndOfTheEmulatorAreLetIn(String origin, String host) {
    assertThat(gate.complaint(LOOPBACK, host, origin)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://localhost:4580@evil.example",
        "http://192.168.1.7",
        "null",
        "file://",
        "chrome-extension://abcdef",
        ""
      })
  void pagesOfElsewhereAreRefused(String origin) {
    assertThat(gate.complaint(LOOPBACK, HOST, origin)).contains("Web pages");
    assertThat(remote.complaint(LOOPBACK, HOST, origin)).contains("Web pages");
  }
}
