package io.github.kvslocal.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClient;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelInfo;
import software.amazon.awssdk.services.kinesisvideo.model.ClientLimitExceededException;
import software.amazon.awssdk.services.kinesisvideo.model.DescribeSignalingChannelRequest;
import software.amazon.awssdk.services.kinesisvideo.model.KinesisVideoException;
import software.amazon.awssdk.services.kinesisvideo.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesisvideo.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesisvideo.model.Tag;

/** Faults of calls, as the AWS SDK for Java sees them with its own retries and timeouts. */
@NeedsClient(Client.EMULATOR)
class ApiFaultsIT {
  private static final String HEADER = "x-kvslocal-fault";

  private static FaultBench bench;
  private static SdkHttpClient http;
  private static KinesisVideoClient sdk;

  @BeforeAll
  static void start(@TempDir Path folder) {
    bench = FaultBench.start(folder, "gate", "gone", "busy", "jammed", "tagged", "slow");
    http = ApacheHttpClient.create();
    sdk =
        KinesisVideoClient.builder()
            .endpointOverride(bench.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .httpClient(http)
            .build();
  }

  @AfterAll
  static void close() {
    sdk.close();
    http.close();
    bench.close();
  }

  @Test
  void errorIsTheSdksExceptionOfItsNameForItsOperationAndChannelOnly() {
    String arn = describe("gone").channelARN();
    bench.add("error=ResourceNotFoundException operation=DescribeSignalingChannel channel=gone");

    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> describe("gone"))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(404))
        .satisfies(e -> assertThat(e.requestId()).isNotEmpty());

    assertThat(describe("gate").channelName()).isEqualTo("gate");
    assertThat(sdk.listTagsForResource(ask -> ask.resourceARN(arn)).tags()).isEmpty();
  }

  @Test
  void throttlingIsOvercomeByTheSdksOwnRetries() throws Exception {
    String rule = bench.add("error=ThrottlingException channel=busy count=2");

    ChannelInfo described = describe("busy");

    assertThat(described.channelName()).isEqualTo("busy");
    assertThat(bench.struck(rule)).isEqualTo(2);
  }

  @Test
  void throttlingThatDoesNotEndIsToldByTheSdk() {
    bench.add("error=ThrottlingException channel=jammed");

    assertThatExceptionOfType(KinesisVideoException.class)
        .isThrownBy(() -> describe("jammed"))
        .satisfies(e -> assertThat(e.isThrottlingException()).isTrue());

    assertThat(describe("gate").channelName()).isEqualTo("gate");
  }

  @Test
  void headerIsForTheCallThatHasItOnly() {
    assertThatExceptionOfType(ClientLimitExceededException.class)
        .isThrownBy(
            () ->
                sdk.describeSignalingChannel(asking("gate", "error=ClientLimitExceededException")));

    assertThat(describe("gate").channelName()).isEqualTo("gate");
  }

  @Test
  void tagStrikesClientsThatCanSendNoHeaderUntilItIsTakenAway() {
    String arn = describe("tagged").channelARN();
    Tag fault =
        Tag.builder()
            .key("kvslocal:fault")
            .value("error=ClientLimitExceededException operation=DescribeSignalingChannel")
            .build();

    sdk.tagResource(ask -> ask.resourceARN(arn).tags(fault));

    assertThatExceptionOfType(ClientLimitExceededException.class)
        .isThrownBy(() -> describe("tagged"));
    assertThat(describe("gate").channelName()).isEqualTo("gate");

    sdk.untagResource(ask -> ask.resourceARN(arn).tagKeyList("kvslocal:fault"));
    assertThat(describe("tagged").channelName()).isEqualTo("tagged");
  }

  @Test
  void latencyRunsIntoTheSdksTimeoutAndOtherCallsDoNot() {
    bench.add("latency=30s operation=DescribeSignalingChannel channel=slow");
    String gate = describe("gate").channelARN();

    assertThatExceptionOfType(ApiCallAttemptTimeoutException.class)
        .isThrownBy(() -> sdk.describeSignalingChannel(impatient("slow")));

    assertThat(sdk.describeSignalingChannel(impatient("gate")).channelInfo().channelARN())
        .isEqualTo(gate);
  }

  @Test
  void resetBeforeTheEffectIsOvercomeByTheSdksRetry() throws Exception {
    String rule = bench.add("reset=before operation=CreateSignalingChannel channel=lost count=1");

    String arn = sdk.createSignalingChannel(ask -> ask.channelName("lost")).channelARN();

    assertThat(describe("lost").channelARN()).isEqualTo(arn);
    assertThat(bench.struck(rule)).isEqualTo(1);
  }

  @Test
  void resetAfterTheEffectLetsTheSdksRetryFindItsOwnChannel() throws Exception {
    String rule = bench.add("reset=after operation=CreateSignalingChannel channel=twice count=1");

    assertThatExceptionOfType(ResourceInUseException.class)
        .isThrownBy(() -> sdk.createSignalingChannel(ask -> ask.channelName("twice")));

    assertThat(describe("twice").channelName()).isEqualTo("twice");
    assertThat(bench.struck(rule)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset=before", "reset=after"})
  void resetOfEveryAttemptIsAFailureOfTheConnection(String fault) {
    assertThatExceptionOfType(SdkClientException.class)
        .isThrownBy(() -> sdk.describeSignalingChannel(asking("gate", fault)));

    assertThat(describe("gate").channelName()).isEqualTo("gate");
  }

  private static ChannelInfo describe(String channel) {
    return sdk.describeSignalingChannel(ask -> ask.channelName(channel)).channelInfo();
  }

  private static DescribeSignalingChannelRequest asking(String channel, String fault) {
    return DescribeSignalingChannelRequest.builder()
        .channelName(channel)
        .overrideConfiguration(more -> more.putHeader(HEADER, fault))
        .build();
  }

  private static DescribeSignalingChannelRequest impatient(String channel) {
    return DescribeSignalingChannelRequest.builder()
        .channelName(channel)
        .overrideConfiguration(more -> more.apiCallAttemptTimeout(Duration.ofSeconds(2)))
        .build();
  }
}
