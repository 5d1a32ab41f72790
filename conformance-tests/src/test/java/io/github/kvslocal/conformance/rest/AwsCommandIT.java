package io.github.kvslocal.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.conformance.sdk.SdkPackages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed command {@code aws}, as people and scripts call it: what it prints, how it ends.
 */
@NeedsClient({Client.EMULATOR, Client.BOTO3})
class AwsCommandIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static EmulatorProcess emulator;

  @BeforeAll
  static void start(@TempDir Path folder) {
    emulator = EmulatorProcess.start(folder, List.of("--channel", "porch"));
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Test
  void outputIsPrintedAndTheCommandSucceeds() {
    Command.Outcome outcome =
        aws(
            "describe-signaling-channel",
            "--channel-name",
            "porch",
            "--query",
            "ChannelInfo.[ChannelName,ChannelStatus]",
            "--output",
            "text");

    assertThat(outcome).isEqualTo(new Command.Outcome(0, "porch\tACTIVE\n", ""));
  }

  @Test
  void errorIsPrintedWithItsNameAndTheCommandFails() {
    Command.Outcome outcome = aws("describe-signaling-channel", "--channel-name", "nowhere");

    assertThat(outcome.code()).isEqualTo(255);
    assertThat(outcome.errors().strip())
        .startsWith(
            "An error occurred (ResourceNotFoundException) when calling the"
                + " DescribeSignalingChannel operation: The requested channel is not found or not"
                + " active.");
  }

  @Test
  void pagesOfAListAreFollowedToTheirEnd() {
    List.of("a", "b", "c").forEach(name -> aws("create-stream", "--stream-name", "page-" + name));

    Command.Outcome outcome =
        aws(
            "list-streams",
            "--page-size",
            "1",
            "--stream-name-condition",
            "ComparisonOperator=BEGINS_WITH,ComparisonValue=page-",
            "--query",
            "StreamInfoList[].StreamName",
            "--output",
            "json");

    assertThat(outcome.output().replaceAll("\\s", ""))
        .isEqualTo("[\"page-a\",\"page-b\",\"page-c\"]");
  }

  private static Command.Outcome aws(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(SdkPackages.PYTHON.program("aws").toString());
    words.add("kinesisvideo");
    words.addAll(List.of(arguments));
    return Command.of(words)
        .withoutAwsSettings()
        .with("AWS_ENDPOINT_URL", emulator.endpoint().toString())
        .with("AWS_DEFAULT_REGION", "us-east-1")
        .with("AWS_ACCESS_KEY_ID", "test")
        .with("AWS_SECRET_ACCESS_KEY", "test")
        .run(DEADLINE);
  }
}
