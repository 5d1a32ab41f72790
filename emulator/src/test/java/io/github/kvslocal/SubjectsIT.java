package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.KvsLocalOptions.QuotaProfile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which members of its body an operation is told what it is about: no other one deceives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubjectsIT {
  private static final List<String> MEMBERS =
      List.of(
          "ChannelARN", "channelArn", "StreamARN", "ResourceARN", "ChannelName", "StreamName", "");

  private KvsLocal emulator;
  private Client client;

  @BeforeAll
  void start() throws Exception {
    KvsLocalOptions options =
        KvsLocalOptions.defaults()
            .withPort(0)
            .withEphemeral(true)
            .withDenied(List.of("*:door"))
            .withQuotas(QuotaProfile.DOCUMENTED)
            .withClock(InstantSource.fixed(Instant.parse("2026-11-20T11:00:00Z")))
            .withChannels(List.of("busy"));
    emulator =
        KvsLocal.start(options, running -> new FakeMediaStack(running, new RecordingStorage()));
    client = new Client(emulator);
  }

  @AfterAll
  void close() {
    emulator.close();
  }

  /** The members by the service models; an ARN is heeded before a name. */
  @ParameterizedTest
  @CsvSource({
    "/createSignalingChannel, ChannelName",
    "/describeSignalingChannel, ChannelARN ChannelName",
    "/listSignalingChannels, ''",
    "/updateSignalingChannel, ChannelARN",
    "/deleteSignalingChannel, ChannelARN",
    "/getSignalingChannelEndpoint, ChannelARN",
    "/updateMediaStorageConfiguration, ChannelARN",
    "/describeMediaStorageConfiguration, ChannelARN ChannelName",
    "/describeMappedResourceConfiguration, StreamARN StreamName",
    "/createStream, StreamName",
    "/describeStream, StreamARN StreamName",
    "/listStreams, ''",
    "/updateStream, StreamARN StreamName",
    "/deleteStream, StreamARN",
    "/updateDataRetention, StreamARN StreamName",
    "/getDataEndpoint, StreamARN StreamName",
    "/TagResource, ResourceARN",
    "/UntagResource, ResourceARN",
    "/ListTagsForResource, ResourceARN",
    "/tagStream, StreamARN StreamName",
    "/untagStream, StreamARN StreamName",
    "/listTagsForStream, StreamARN StreamName",
    "/updateImageGenerationConfiguration, StreamARN StreamName",
    "/describeImageGenerationConfiguration, StreamARN StreamName",
    "/updateNotificationConfiguration, StreamARN StreamName",
    "/describeNotificationConfiguration, StreamARN StreamName",
    "/updateStreamStorageConfiguration, StreamARN StreamName",
    "/describeStreamStorageConfiguration, StreamARN StreamName",
    "/startEdgeConfigurationUpdate, StreamARN StreamName",
    "/describeEdgeConfiguration, StreamARN StreamName",
    "/deleteEdgeConfiguration, StreamARN StreamName",
    "/listEdgeAgentConfigurations, ''",
    "/v1/get-ice-server-config, ChannelARN",
    "/v1/send-alexa-offer-to-master, ChannelARN",
    "/joinStorageSession, channelArn",
    "/joinStorageSessionAsViewer, channelArn",
    "/getMedia, StreamARN StreamName",
    "/listFragments, StreamARN StreamName",
    "/getMediaForFragmentList, StreamARN StreamName",
    "/getHLSStreamingSessionURL, StreamARN StreamName",
    "/getDASHStreamingSessionURL, StreamARN StreamName",
    "/getClip, StreamARN StreamName",
    "/getImages, StreamARN StreamName"
  })
  void subjectIsReadFromTheModelsMembersOnly(String path, String subject) throws Exception {
    List<String> own = List.of(subject.split(" ", -1));
    String byArn = own.get(0);
    String byName = own.get(own.size() - 1);

    for (String decoy : MEMBERS) {
      if (!decoy.isEmpty() && !own.contains(decoy)) {
        assertThat(denies(path, Map.of(decoy, "door"))).as(decoy).isFalse();
      }
    }
    if (!subject.isEmpty()) {
      Map<String, String> decoys = new LinkedHashMap<>();
      MEMBERS.forEach(member -> decoys.put(member, "other"));
      own.forEach(decoys::remove);
      decoys.put(byName, "door");
      assertThat(denies(path, decoys)).as("by %s, with %s", byName, decoys).isTrue();
      decoys.put(byName, "other");
      decoys.put(byArn, "door");
      assertThat(denies(path, decoys)).as("by %s, with %s", byArn, decoys).isTrue();
    }
    if (own.size() == 2) {
      assertThat(denies(path, Map.of(byArn, "other", byName, "door"))).isFalse();
    }
  }

  @Test
  void quotaOfAResourceIsNotEvadedByAnotherMember() throws Exception {
    int taken = 0;
    for (int i = 0; i < 10; i++) {
      String answer = post("/describeStream", Map.of("StreamName", "busy", "ChannelARN", "c" + i));
      taken += answer.contains("ClientLimitExceededException") ? 0 : 1;
    }

    assertThat(taken).isEqualTo(5);
  }

  private boolean denies(String path, Map<String, String> named) throws Exception {
    return post(path, named).contains("explicit deny");
  }

  /** Members with a name or an ARN of something of that name. */
  private String post(String path, Map<String, String> named) throws Exception {
    String members =
        named.entrySet().stream()
            .map(member -> "'%s':'%s'".formatted(member.getKey(), value(member)))
            .collect(Collectors.joining(","));
    return client.post("http", path, "{" + members + "}").body();
  }

  private static String value(Map.Entry<String, String> member) {
    if (!member.getKey().toLowerCase(Locale.ROOT).endsWith("arn")) {
      return member.getValue();
    }
    String kind = member.getKey().startsWith("Stream") ? "stream" : "channel";
    return "arn:aws:kinesisvideo:us-east-1:000000000000:%s/%s/1795161600123"
        .formatted(kind, member.getValue());
  }
}
