package io.github.kvslocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the packaged command in processes of its own. */
class MainIT {
  private static final Path JAR = Path.of("target", "kvslocal.jar").toAbsolutePath();

  @TempDir private Path directory;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void readyIsTheLastLineOfTheBanner() throws Exception {
    Process process = launch("--port", "0", "--data", directory.resolve("data").toString());

    List<String> banner = bannerOf(process);

    assertThat(banner.get(0)).startsWith("kvslocal ");
    assertThat(banner).anySatisfy(line -> assertThat(line).contains("http://localhost:"));
    assertThat(banner).anySatisfy(line -> assertThat(line).contains("ca.pem"));
    assertThat(banner.get(banner.size() - 1)).isEqualTo("Ready.");
  }

  @Test
  void ephemeralEmulatorLeavesNoFileBehind() throws Exception {
    Process process = launch("--port", "0", "--ephemeral", "--channel", "door");

    List<String> banner = bannerOf(process);

    assertThat(banner).anySatisfy(line -> assertThat(line).contains("in memory"));
    assertThat(banner).anySatisfy(line -> assertThat(line).contains("/_kvslocal/ca.pem"));
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void terminationIsObeyedWithinTwoSeconds() throws Exception {
    Process process =
        launch("serve", "--port", "0", "--data", directory.toString(), "--log-format", "json");
    bannerOf(process);
    long start = System.nanoTime();

    // Unlike the process's own, this leaves its streams open to be read.
    process.toHandle().destroy();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(process.exitValue()).isIn(0, 143);
    assertThat(errorOf(process)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void requestCannotForgeAnEntryOfTheLog(String format) throws Exception {
    Process process = launch("--port", "0", "--ephemeral", "--log-format", format);
    String endpoint = String.join(" ", bannerOf(process)).replaceFirst(".*http://localhost:", "");
    int port = Integer.parseInt(endpoint.replaceFirst("\\D.*", ""));

    String body = "{\"ChannelName\":\"a\\r\\u0000\\u001b[31m\"}";
    try (Socket socket = new Socket("localhost", port)) {
      socket
          .getOutputStream()
          .write(
              String.join(
                      "\r\n",
                      "POST /createSignalingChannel HTTP/1.1",
                      "Host: a",
                      "Connection: close",
                      "Content-Length: " + body.length(),
                      "",
                      body)
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
    process.toHandle().destroy();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(errorOf(process))
        .contains("request declined")
        .containsIgnoringCase("\\u0000\\u001b")
        .doesNotContainPattern("\\p{Cntrl}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--credentialz", "--require-signatures"})
  void secretThatLostItsOptionIsNotRepeated(String option) throws Exception {
    Process process = launch("--port", "0", option, "AKIAXX:TOPSECRET");

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(errorOf(process))
        .startsWith("kvslocal: not understood: ")
        .contains("argument 4; kvslocal --help lists the options")
        .doesNotContain("SECRET");
  }

  @Test
  void occupiedPortIsOneClearLine() throws Exception {
    try (ServerSocket occupant = new ServerSocket(0)) {
      Process process =
          launch(
              "--port", Integer.toString(occupant.getLocalPort()), "--data", directory.toString());

      assertRefused(process, "TCP port " + occupant.getLocalPort() + " cannot be opened");
    }
  }

  @Test
  void unwritableDirectoryIsOneClearLine() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    Process process = launch("--port", "0", "--data", file.resolve("data").toString());

    assertRefused(process, "the data directory " + file.resolve("data"));
  }

  @Test
  void secondEmulatorOnTheSameDirectoryIsRefused() throws Exception {
    bannerOf(launch("--port", "0", "--data", directory.toString()));

    Process second = launch("--port", "0", "--data", directory.toString());

    assertRefused(second, "is used by another emulator");
  }

  @Test
  void unknownOptionIsOneClearLine() throws Exception {
    assertRefused(launch("--nonsense"), "--nonsense");
  }

  @Test
  void optionsInFrontOfACommandAreNotForgotten() throws Exception {
    assertRefused(launch("--port", "0", "serve"), "options go behind the command: kvslocal serve");
  }

  @Test
  void oneNumberCannotBeBothPorts() throws Exception {
    assertRefused(launch("--port", "4692", "--tls-port", "4692"), "must be another than the port");
  }

  @Test
  void directoryInTheWayOfAFileIsOneClearLine() throws Exception {
    Files.writeString(directory.resolve("streams"), "");

    Process process = launch("--port", "0", "--data", directory.toString());

    assertRefused(process, "cannot use " + directory.resolve("streams"));
  }

  @Test
  void badValueIsOneClearLine() throws Exception {
    Process process = launch("--port", "0", "--data", directory.toString(), "--account", "12");

    assertRefused(process, "an account has 12 digits, unlike 12");
  }

  @Test
  void badPublicUrlIsOneClearLine() throws Exception {
    Process process =
        launch("--port", "0", "--data", directory.toString(), "--public-url", "kvs.example");

    assertRefused(process, "the public URL must be http://<host>[:<port>]");
  }

  @Test
  void signaturesOfNobodyAreOneClearLine() throws Exception {
    Process process = launch("--port", "0", "--require-signatures");

    assertRefused(process, "signatures can be required only of somebody: give credentials");
  }

  @Test
  void credentialsThatNobodyLooksAtAreOneWarning() throws Exception {
    Process process = launch("--port", "0", "--ephemeral", "--credentials", "test:xyzzy");

    bannerOf(process);
    process.toHandle().destroy();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(errorOf(process))
        .contains("WARN", "--credentials are of no use without --require-signatures")
        .doesNotContain("xyzzy")
        .hasLineCount(1);
  }

  @Test
  void unknownActionIsOneClearLine() throws Exception {
    Process process =
        launch("--port", "0", "--data", directory.toString(), "--deny", "JoinStorageSesion:door");

    assertRefused(process, "there is no action JoinStorageSesion to deny; the closest are");
  }

  @Test
  void versionAndHelpAreShown() throws Exception {
    assertThat(outputOf(launch("--version"))).startsWith("kvslocal ");
    assertThat(outputOf(launch("--help"))).contains("--channel", "KVSLOCAL_PORT", "serve");
  }

  @Test
  void environmentStandsInForOptions() throws Exception {
    ProcessBuilder builder = builder();
    builder.environment().put("KVSLOCAL_PORT", "0");
    builder.environment().put("KVSLOCAL_DATA", directory.resolve("env").toString());
    builder.environment().put("KVSLOCAL_CHANNEL", "front,back");

    bannerOf(start(builder));

    assertThat(Files.readString(directory.resolve("env").resolve("registry.json")))
        .contains("channel/front/", "channel/back/");
  }

  private void assertRefused(Process process, String complaint) throws Exception {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(errorOf(process)).startsWith("kvslocal: ").contains(complaint).hasLineCount(1);
  }

  private Process launch(String... arguments) throws IOException {
    return start(builder(arguments));
  }

  private static ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private Process start(ProcessBuilder builder) throws IOException {
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.directory(directory.toFile()).start();
    processes.add(process);
    return process;
  }

  private static List<String> bannerOf(Process process) throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>();
    String line = reader.readLine();
    while (line != null) {
      lines.add(line);
      if (line.equals("Ready.")) {
        return lines;
      }
      line = reader.readLine();
    }
    throw new AssertionError("ended before it was ready: " + lines + errorOf(process));
  }

  private static String outputOf(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String errorOf(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
