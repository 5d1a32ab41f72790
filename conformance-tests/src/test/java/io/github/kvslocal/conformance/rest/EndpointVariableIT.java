package io.github.kvslocal.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.conformance.sdk.SdkPackages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One variable of the environment points a program at the emulator: the other endpoints are those
 * that it is told, as with AWS.
 */
@NeedsClient(Client.EMULATOR)
class EndpointVariableIT {
  private static final String VARIABLE = "AWS_ENDPOINT_URL_KINESIS_VIDEO";
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private EmulatorProcess emulator;

  @BeforeEach
  void start(@TempDir Path folder) {
    emulator = EmulatorProcess.start(folder, List.of());
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  @Test
  void javaFollowsTheEndpointsThatItIsTold() {
    String java = Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));

    assertJoined(follow(Command.of(java, "-cp", classes, FollowEndpoints.class.getName())));
  }

  @Test
  @NeedsClient(Client.BOTO3)
  void boto3FollowsTheEndpointsThatItIsTold() {
    Path script = SdkPackages.PYTHON.folder().resolve("follow_endpoints.py");

    assertJoined(
        follow(Command.of(SdkPackages.PYTHON.program("python").toString(), script.toString())));
  }

  private List<String> follow(Command program) {
    return program
        .withoutAwsSettings()
        .with(VARIABLE, emulator.endpoint().toString())
        .with("AWS_ACCESS_KEY_ID", "123456789012")
        .with("AWS_SECRET_ACCESS_KEY", "secret")
        .with("AWS_REGION", "eu-central-1")
        .with("AWS_DEFAULT_REGION", "eu-central-1")
        .succeed(DEADLINE)
        .lines()
        .toList();
  }

  private static void assertJoined(List<String> lines) {
    assertThat(lines)
        .satisfiesExactly(
            server -> assertThat(server).matches("server (stun|turns?):.+"),
            joined ->
                assertThat(joined)
                    .matches(
                        "joined arn:aws:kinesisvideo:eu-central-1:123456789012:channel/porch/\\d+"));
  }
}
