package io.github.kvslocal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.ChannelType;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MembersTest {
  @Test
  void absentBodyHasNoMembers() throws Exception {
    Members members = Members.parse(new byte[0]);

    assertThat(members.name("ChannelName")).isEmpty();
  }

  @Test
  void nullCountsAsLeftOut() throws Exception {
    Members members = members("{'StreamARN':null}");

    assertThat(members.streamArn("StreamARN")).isEmpty();
  }

  @Test
  void complaintNamesMemberValueAndConstraint() throws Exception {
    Members members = members("{'Nested':{'ChannelName':'a b'}}");

    assertThatThrownBy(() -> members.structure("Nested").requiredName("ChannelName"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "1 validation error detected: Value 'a b' at 'Nested.ChannelName' failed to satisfy"
                + " constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
  }

  @Test
  void missingMemberIsNamed() throws Exception {
    Members members = members("{}");

    assertThatThrownBy(() -> members.requiredChannelArn("ChannelARN"))
        .hasMessageContaining("Value null at 'ChannelARN'")
        .hasMessageContaining("must not be null");
  }

  @Test
  void arnOfSomethingElseIsRefused() throws Exception {
    Members members =
        members(
            "{'ChannelARN':'arn:aws:kinesisvideo:us-east-1:000000000000:stream/a/1795161600123'}");

    assertThatThrownBy(() -> members.channelArn("ChannelARN"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(":channel/<name>/");
  }

  @Test
  void textThatIsNoArnIsRefusedByItsMember() throws Exception {
    Members members = members("{'ChannelARN':'door'}");

    assertThatThrownBy(() -> members.channelArn("ChannelARN"))
        .hasMessageStartingWith("1 validation error detected: Value 'door' at 'ChannelARN'");
  }

  @Test
  void numberBeyondItsBoundsIsRefused() throws Exception {
    Members members = members("{'Ttl':4,'Far':9999999999,'Text':'5'}");

    assertThatThrownBy(() -> members.integer("Ttl", 5, 120)).hasMessageContaining("equal to 5");
    assertThatThrownBy(() -> members.integer("Far", 5, 120)).hasMessageContaining("equal to 120");
    assertThatThrownBy(() -> members.integer("Text", 5, 120)).hasMessageContaining("an integer");
  }

  @Test
  void unknownConstantIsRefusedWithThoseThatAreKnown() throws Exception {
    Members members = members("{'ChannelType':'single_master'}");

    assertThatThrownBy(() -> members.oneOf("ChannelType", ChannelType.class))
        .hasMessageContaining("[SINGLE_MASTER, FULL_MESH]");
  }

  @Test
  void longValueIsNotRepeatedInFull() throws Exception {
    Members members = members("{'ChannelName':'" + "x".repeat(100_000) + "'}");

    assertThatThrownBy(() -> members.name("ChannelName"))
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void bodySurvivesAnyBytes() {
    Random random = new Random(20261120);
    byte[] seed =
        "{\"ChannelName\":\"door\",\"Tags\":[{\"Key\":1.5e3}],\"A\":null}".getBytes(UTF_8);
    for (int round = 0; round < 5_000; round++) {
      byte[] body = seed.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }

      try {
        Members members = Members.parse(body);
        members.name("ChannelName");
        members.structure("A");
      } catch (IOException | RefusedException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
  }

  private static Members members(String json) throws IOException {
    return Members.parse(json.replace('\'', '"').getBytes(UTF_8));
  }
}
