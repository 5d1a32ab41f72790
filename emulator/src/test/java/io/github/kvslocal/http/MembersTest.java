package io.github.kvslocal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.ChannelType;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void memberThatIsLeftOutAndNeededByARuleIsToldAsNull() throws Exception {
    Members members = members("{}");

    assertThat(members.breaks("FragmentSelector", "must be given"))
        .hasMessageContaining("Value null at 'FragmentSelector'");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-99999999999999999999|greater than or equal to 5",
        "99999999999999999999|less than or equal to 120",
        "5.5|an integer",
        "1e2|an integer",
        "true|an integer",
        "[5]|an integer"
      })
  void numberThatIsNoneOrFarOutIsRefused(String number, String constraint) throws Exception {
    Members members = members("{'Ttl':" + number + "}");

    assertThatThrownBy(() -> members.integer("Ttl", 5, 120)).hasMessageContaining(constraint);
  }

  @Test
  void lengthCountsUnicodeCharacters() throws Exception {
    String clef = "\ud834\udd1e";
    TextRule any = TextRule.of(1, 3, ".*");

    assertThat(members("{'T':'" + clef.repeat(3) + "'}").text("T", any)).isPresent();
    assertThatThrownBy(() -> members("{'T':'" + clef.repeat(4) + "'}").text("T", any))
        .hasMessageContaining("less than or equal to 3");
  }

  @Test
  void halfACharacterIsRefusedSinceNoFileCouldHoldIt() throws Exception {
    Members members = members("{'KmsKeyId':'a\\ud834'}");

    assertThatThrownBy(() -> members.text("KmsKeyId", TextRule.KMS_KEY_ID))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("Unicode");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Tags':'x'}|Tags|a list",
        "{'Tags':[7]}|Tags.1.member|a structure",
        "{'Tags':[{'Value':''}]}|Tags.1.member.Key|must not be null",
        "{'Tags':[{'Key':'a','Value':''},{'Key':'b'}]}|Tags.2.member.Value|must not be null",
        "{'Tags':[{'Key':'','Value':''}]}|Tags.1.member.Key|greater than or equal to 1",
        "{'Tags':[{'Key':'a!','Value':''}]}|Tags.1.member.Key|pattern",
        "{'Tags':[{'Key':'a','Value':1}]}|Tags.1.member.Value|a string",
        "{'Tags':[{'Key':'a','Value':''},{'Key':'a','Value':''}]}|Tags.2.member.Key|one tag only",
        "{'Tags':[null]}|Tags.1.member|a structure"
      })
  void badTagInAListIsNamedByItsPlace(String body, String place, String constraint)
      throws Exception {
    assertThatThrownBy(() -> TagMembers.list(members(body), 0))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("at '" + place + "'")
        .hasMessageContaining(constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Tags':[]}|Tags|a map",
        "{'Tags':{}}|Tags|greater than or equal to 1",
        "{'Tags':{'a':null}}|Tags.a|a string",
        "{'Tags':{'a':'<'}}|Tags.a|pattern",
        "{'Tags':{'':'a'}}|Tags.key|greater than or equal to 1"
      })
  void badTagInAMapIsNamedByItsKey(String body, String place, String constraint) throws Exception {
    assertThatThrownBy(() -> TagMembers.map(members(body)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("at '" + place + "'")
        .hasMessageContaining(constraint);
  }

  @Test
  void fiftyOneTagsAreTooManyForOneRequest() throws Exception {
    String tags = IntStream.range(0, 51).mapToObj(i -> "'k" + i + "':''").collect(joining(","));

    assertThatThrownBy(() -> TagMembers.map(members("{'Tags':{" + tags + "}}")))
        .hasMessageContaining("less than or equal to 50");
  }

  @Test
  void tagsMayBeOfAnyLetters() throws Exception {
    assertThat(TagMembers.map(members("{'Tags':{'Où ça':'日本 5+-=._:/@'}}")))
        .containsExactly(Map.entry("Où ça", "日本 5+-=._:/@"));
  }

  @Test
  void lastOfTwoMembersOfOneNameCounts() throws Exception {
    assertThat(members("{'A':'1','A':'2'}").name("A")).contains("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{}]", "{}x", "{'a':1}}", " ", "7", "null", "{'a':0123}"})
  void whatIsNotOneObjectIsNoBody(String body) {
    assertThatThrownBy(() -> members(body)).isInstanceOf(IOException.class);
  }

  @Test
  void mediaTypeThatAlmostMatchesIsRefusedAtOnce() throws Exception {
    String almost = "a/b,".repeat(31) + "a/";

    assertThatThrownBy(
            () -> members("{'MediaType':'" + almost + "'}").text("MediaType", TextRule.MEDIA_TYPE))
        .hasMessageContaining("pattern");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "====", "eA==", "TGlzdFN0cmVhbXM6", "TGlzdEJveGVzOmE="})
  void tokenThatTheListNeverReturnedIsRefused(String token) throws Exception {
    Members members = members("{'NextToken':'" + token + "'}");

    assertThatThrownBy(() -> PageToken.read(members, "ListStreams"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'NextToken'");
  }

  @Test
  void tokenLeadsBackToTheNameItWasMadeOf() throws Exception {
    String longest = "x".repeat(256);
    String token = PageToken.of("ListStreams", longest);

    assertThat(token).matches("[a-zA-Z0-9+/=]{1,1024}");
    assertThat(PageToken.read(members("{'NextToken':'" + token + "'}"), "ListStreams"))
        .isEqualTo(longest);
    assertThat(PageToken.read(members("{'NextToken':''}"), "ListStreams")).isEmpty();
  }

  @Test
  void nameAndArnMustNotDisagree() throws Exception {
    String arn = "arn:aws:kinesisvideo:us-east-1:000000000000:stream/a/1795161600123";

    assertThatThrownBy(
            () -> Reference.stream(members("{'StreamName':'b','StreamARN':'" + arn + "'}")))
        .hasMessageContaining("Value 'b' at 'StreamName'")
        .hasMessageContaining("which is a");
    assertThatThrownBy(() -> Reference.stream(members("{}")))
        .hasMessage("Either StreamName or StreamARN is required.");
  }

  @ParameterizedTest
  @CsvSource({
    "1795161600, 2026-11-20T08:00:00Z",
    "1795161600.1234, 2026-11-20T08:00:00.123Z",
    "1.7951616E9, 2026-11-20T08:00:00Z",
    "0, 1970-01-01T00:00:00Z",
    "253402300799, 9999-12-31T23:59:59Z"
  })
  void timestampIsSecondsSinceTheEpochToTheMillisecond(String number, Instant moment)
      throws Exception {
    Members members = members("{'At':" + number + "}");

    assertThat(members.timestamp("At")).contains(moment);
    assertThat(members.requiredTimestamp("At")).isEqualTo(moment);
    assertThat(members.timestamp("Missing")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "253402300800", "1e999999999", "-1e999", "'2026-11-20'", "true"})
  void whatIsNoTimestampIsRefused(String value) throws Exception {
    Members members = members("{'At':" + value + "}");

    assertThatThrownBy(() -> members.timestamp("At"))
        .hasMessageContaining("a number of seconds since the epoch, 0 to 253402300799");
  }

  @Test
  void flagIsTrueOrFalseAndNothingElse() throws Exception {
    Members members = members("{'Yes':true,'No':false,'Null':null,'Text':'true'}");

    assertThat(members.flag("Yes")).contains(true);
    assertThat(members.flag("No")).contains(false);
    assertThat(members.flag("Null")).isEmpty();
    assertThatThrownBy(() -> members.flag("Text")).hasMessageContaining("a boolean");
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
        TagMembers.list(members, 0);
        TagMembers.map(members);
        members.integer("ChannelName", 1, 2);
        members.timestamp("A");
      } catch (IOException | RefusedException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
  }

  private static Members members(String json) throws IOException {
    return Members.parse(json.replace('\'', '"').getBytes(UTF_8));
  }
}
