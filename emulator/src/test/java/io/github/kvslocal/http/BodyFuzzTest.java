package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.corpus.Fuzz;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Requests that are nearly right. */
class BodyFuzzTest {
  private static final String ARN =
      "arn:aws:kinesisvideo:us-west-2:000000000000:channel/door/1795161600123";

  /** Looks for one member of a body. */
  private interface Look {
    Object at() throws RefusedException;
  }

  @Test
  void bodySurvivesAnyBytes() throws IOException {
    Fuzz.of("body")
        .with(
            "{\"ChannelName\":\"door\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}],\"ChannelARN\":\""
                + ARN
                + "\"}",
            "{\"NextToken\":\"bGlzdDpkb29y\",\"MaxResults\":5,\"Tags\":{\"a\":\"b\"}}",
            "{\"FragmentSelector\":{\"TimestampRange\":{\"StartTimestamp\":1.795e9,"
                + "\"EndTimestamp\":1795161600.5}},\"ImageSelectorType\":\"PRODUCER_TIMESTAMP\","
                + "\"StartTimestamp\":1795161600,\"EndTimestamp\":1795161601}")
        .survive(
            bytes -> {
              try {
                Members body = Members.parse(bytes);
                look(() -> body.name("ChannelName"));
                look(() -> body.channelArn("ChannelARN"));
                look(() -> body.streamArn("ChannelARN"));
                look(() -> body.clientId("ChannelName"));
                look(() -> body.integer("MaxResults", 1, 10_000));
                look(() -> body.flag("MaxResults"));
                look(() -> body.timestamp("StartTimestamp"));
                look(() -> body.requiredTimestamp("MaxResults"));
                look(() -> PageToken.read(body, "list"));
                look(() -> TagMembers.list(body, 0));
                look(() -> TagMembers.map(body));
                look(() -> TagMembers.keys(body));
                look(() -> selected(body));
                look(() -> imaged(body));
              } catch (IOException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
              }
            });
  }

  private static Object selected(Members body) throws RefusedException {
    FragmentSelection.clip(body.structure("FragmentSelector"), Instant.EPOCH);
    FragmentSelection.anyRange(body.structure("FragmentSelector"));
    return body;
  }

  private static Object imaged(Members body) throws RefusedException {
    FragmentSelection.images(body);
    return body;
  }

  private static void look(Look look) {
    try {
      assertThat(look.at()).isNotNull();
    } catch (RefusedException expected) {
      assertThat(expected.explanation()).isNotEmpty();
    }
  }

  @Test
  void hostSurvivesAnyText() throws IOException {
    Fuzz.of("host")
        .with("localhost:4580", "[::1]:4580", "kvs.example", "https://kvs.example:8443/")
        .surviveTexts(
            text -> {
              assertThat(ReturnedUrls.of(true, text, 4580).rest()).startsWith("https://");
              try {
                assertThat(ReturnedUrls.fixed(text).rest()).startsWith("http");
              } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageStartingWith("the public URL");
              }
            });
  }
}
