package io.github.kvslocal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
  private static final Caller CALLER = new Caller("123456789012", "eu-west-1");
  private static final Action JOIN = new Action(Service.WEBRTC_STORAGE, "JoinStorageSession");
  private static final Action LIST = new Action(Service.KINESIS_VIDEO, "ListSignalingChannels");
  private static final List<Action> KNOWN =
      List.of(
          JOIN,
          LIST,
          new Action(Service.WEBRTC_STORAGE, "JoinStorageSessionAsViewer"),
          new Action(Service.KINESIS_VIDEO, "DescribeStream"),
          new Action(Service.KINESIS_VIDEO, "DescribeSignalingChannel"),
          Action.CONNECT_AS_MASTER);

  @ParameterizedTest
  @CsvSource({
    "JoinStorageSession, true",
    "joinstoragesession, true",
    "KinesisVideo:JoinStorageSession, true",
    "JoinStorageSession:door, true",
    "kinesisvideo:Join*:do?r, true",
    "*:d*r, true",
    "*, true",
    "JoinStorageSession:*, true",
    "JoinStorageSession:Door, false",
    "JoinStorageSession:doo, false",
    "JoinStorageSession:d?r, false",
    "Describe*, false",
    "JoinStorageSessionAsViewer, false"
  })
  void ruleDeniesWhatItMatches(String rule, boolean denied) {
    AccessRules rules = AccessRules.parse(List.of("ConnectAsMaster", rule), KNOWN);

    assertThat(denies(rules, JOIN, Target.channel("door", CALLER))).isEqualTo(denied);
  }

  @ParameterizedTest
  @CsvSource({"ListSignalingChannels, true", "List*:*, true", "List*:door, false"})
  void listsAreAboutNoChannel(String rule, boolean denied) {
    AccessRules rules = AccessRules.parse(List.of(rule), KNOWN);

    assertThat(denies(rules, LIST, Target.NONE)).isEqualTo(denied);
  }

  @Test
  void complaintIsIamsAndNamesTheRule() {
    AccessRules rules = AccessRules.parse(List.of("Join*:door"), KNOWN);
    Target door =
        Target.ofArn("arn:aws:kinesisvideo:eu-west-1:123456789012:channel/door/1795161600123");

    DeclinedException declined =
        catchThrowableOfType(
            DeclinedException.class, () -> rules.requirePermission(CALLER, JOIN, door));

    assertThat(declined.error()).isEqualTo(ServiceError.ACCESS_DENIED_403);
    assertThat(declined.explanation())
        .isEqualTo(
            "User: arn:aws:iam::123456789012:user/kvslocal is not authorized to perform:"
                + " kinesisvideo:JoinStorageSession on resource:"
                + " arn:aws:kinesisvideo:eu-west-1:123456789012:channel/door/1795161600123 with an"
                + " explicit deny in an identity-based policy. It is the emulator's rule --deny"
                + " Join*:door");
  }

  @ParameterizedTest
  @CsvSource({
    "DescribeStreams, 'there is no action DescribeStreams to deny; the closest are DescribeStream'",
    "joinStorage, 'there is no action joinStorage to deny; the closest are JoinStorageSession,'",
    "Foo, there is no action Foo to deny; those that there are stand in the Service Authorization",
    "Put*, there is no action Put* to deny; those that there are",
    "'', there is no action  to deny; those that there are"
  })
  void unknownActionIsAnsweredWithThoseThatAreClose(String rule, String complaint) {
    assertThatThrownBy(() -> AccessRules.parse(List.of(rule), KNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kinesisvideo-media:GetMedia", "kinesis:DescribeStream:door"})
  void prefixOfAnotherServiceIsToldWhichThereIs(String rule) {
    assertThatThrownBy(() -> AccessRules.parse(List.of(rule), KNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the only prefix of actions to deny is kinesisvideo:, unlike "
                + rule.substring(0, rule.indexOf(':') + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JoinStorageSession:",
        "JoinStorageSession:a b",
        "JoinStorageSession:arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1"
      })
  void channelThatIsNoNameIsRefused(String rule) {
    assertThatThrownBy(() -> AccessRules.parse(List.of(rule), KNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a denial is ACTION or ACTION:CHANNEL");
  }

  @Test
  void withoutRulesEverythingIsAllowed() {
    AccessRules rules = AccessRules.parse(List.of(), KNOWN);

    assertThatCode(() -> rules.requirePermission(CALLER, JOIN, Target.NONE))
        .doesNotThrowAnyException();
  }

  private static boolean denies(AccessRules rules, Action action, Target target) {
    try {
      rules.requirePermission(CALLER, action, target);
      return false;
    } catch (DeclinedException e) {
      return true;
    }
  }
}
