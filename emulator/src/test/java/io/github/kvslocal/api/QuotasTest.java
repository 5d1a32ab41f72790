package io.github.kvslocal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotasTest {
  private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");
  private static final Caller CALLER = new Caller("000000000000", "us-east-1");
  private static final Caller OTHER = new Caller("123456789012", "us-east-1");
  private static final Target DOOR = Target.channel("door", CALLER);

  private final Quotas quotas = new Quotas(Quotas.DOCUMENTED);

  /** Quotas of the Developer Guides; each call is for another channel, or always for the same. */
  @ParameterizedTest
  @CsvSource({
    "CreateSignalingChannel, 50, 50",
    "DescribeSignalingChannel, 300, 5",
    "GetSignalingChannelEndpoint, 300, 300",
    "DeleteSignalingChannel, 50, 5",
    "UpdateMediaStorageConfiguration, 10, 5",
    "JoinStorageSession, 50, 2",
    "GetIceServerConfig, 100, 5",
    "DescribeStream, 300, 5",
    "ConnectAsMaster, 1000, 3",
    "ConnectAsViewer, 50, 3",
    "GetMedia, 1000, 1000"
  })
  void documentedRateIsWhatOneSecondTakes(String name, int ofAccount, int ofChannel) {
    Action action = new Action(Service.KINESIS_VIDEO, name);
    Quotas others = new Quotas(Quotas.DOCUMENTED);
    int anyChannel = 0;
    int oneChannel = 0;

    for (int i = 0; i < 1000; i++) {
      anyChannel += takes(quotas, action, Target.channel("c" + i, CALLER), NOW) ? 1 : 0;
      oneChannel += takes(others, action, DOOR, NOW) ? 1 : 0;
    }

    assertThat(anyChannel).isEqualTo(ofAccount);
    assertThat(oneChannel).isEqualTo(ofChannel);
  }

  @Test
  void complaintNamesTheQuotaAndWhenToTryAgain() {
    Action join = new Action(Service.WEBRTC_STORAGE, "JoinStorageSession");
    takes(quotas, join, DOOR, NOW);
    takes(quotas, join, DOOR, NOW);

    DeclinedException declined =
        catchThrowableOfType(
            DeclinedException.class, () -> quotas.take(CALLER, join, DOOR, NOW.plusMillis(100)));

    assertThat(declined.error()).isEqualTo(ServiceError.CLIENT_LIMIT_EXCEEDED);
    assertThat(declined.explanation())
        .endsWith(
            "The quota of JoinStorageSession is 2 per second for each channel; try again in 401"
                + " ms.");
    assertThat(takes(quotas, join, DOOR, NOW.plusMillis(501))).isTrue();
  }

  @Test
  void steadyCallerWithinTheRateIsNeverDeclined() {
    Action join = new Action(Service.WEBRTC_STORAGE, "JoinStorageSession");
    int taken = 0;

    for (int i = 0; i < 100; i++) {
      taken += takes(quotas, join, DOOR, NOW.plusMillis(500L * i)) ? 1 : 0;
    }

    assertThat(taken).isEqualTo(100);
  }

  @Test
  void declinedCallIsNotCounted() {
    Action update = new Action(Service.KINESIS_VIDEO, "UpdateMediaStorageConfiguration");
    for (int i = 0; i < 50; i++) {
      takes(quotas, update, DOOR, NOW);
    }

    int others = 0;
    for (int i = 0; i < 50; i++) {
      others += takes(quotas, update, Target.channel("c" + i, CALLER), NOW) ? 1 : 0;
    }

    assertThat(others).isEqualTo(5);
  }

  @Test
  void accountsAndRegionsHaveQuotasOfTheirOwn() throws DeclinedException {
    Action create = new Action(Service.KINESIS_VIDEO, "CreateSignalingChannel");
    for (int i = 0; i < 60; i++) {
      takes(quotas, create, Target.NONE, NOW);
    }

    quotas.take(OTHER, create, Target.NONE, NOW);
    quotas.take(new Caller("000000000000", "eu-west-1"), create, Target.NONE, NOW);

    assertThat(takes(quotas, create, Target.NONE, NOW)).isFalse();
  }

  @Test
  void strangerWhoNamesAChannelTakesNothingFromItsOwner() throws DeclinedException {
    Action join = new Action(Service.WEBRTC_STORAGE, "JoinStorageSession");
    quotas.take(OTHER, join, DOOR, NOW);
    quotas.take(OTHER, join, DOOR, NOW);

    assertThat(takes(quotas, join, DOOR, NOW)).isTrue();
  }

  @Test
  void nameAndArnAreTheSameChannel() {
    Action update = new Action(Service.KINESIS_VIDEO, "UpdateMediaStorageConfiguration");
    for (int i = 0; i < 5; i++) {
      takes(quotas, update, DOOR, NOW);
    }
    Target arn =
        Target.ofArn("arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1795161600123");

    assertThat(takes(quotas, update, arn, NOW)).isFalse();
  }

  @Test
  void bucketsThatAreFullAgainAreForgotten() {
    Action describe = new Action(Service.KINESIS_VIDEO, "DescribeStream");
    for (int i = 0; i < 250; i++) {
      takes(quotas, describe, Target.stream("s" + i, CALLER), NOW);
    }

    takes(quotas, describe, Target.stream("last", CALLER), NOW.plus(Duration.ofSeconds(1)));

    assertThat(quotas.buckets()).isEqualTo(2);
  }

  /** A user may turn the clock, and a machine's steps back by itself. */
  @ParameterizedTest
  @ValueSource(longs = {1, 700, 1_000, 3_600_000})
  void clockThatStepsBackHoldsNobodyUp(long millis) {
    Action join = new Action(Service.WEBRTC_STORAGE, "JoinStorageSession");
    takes(quotas, join, DOOR, NOW);
    takes(quotas, join, DOOR, NOW);
    Instant earlier = NOW.minusMillis(millis);
    takes(quotas, join, DOOR, earlier);
    takes(quotas, join, DOOR, earlier);

    boolean atOnce = takes(quotas, join, DOOR, earlier);

    assertThat(atOnce).isFalse();
    assertThat(takes(quotas, join, DOOR, earlier.plusMillis(501))).isTrue();
  }

  @Test
  void bucketsOfATimeThatIsNotYetAreForgotten() {
    Action describe = new Action(Service.KINESIS_VIDEO, "DescribeStream");
    for (int i = 0; i < 250; i++) {
      takes(quotas, describe, Target.stream("s" + i, CALLER), NOW);
    }

    takes(quotas, describe, DOOR, NOW.minusSeconds(3600));

    assertThat(quotas.buckets()).isEqualTo(2);
  }

  @Test
  void tooManyCallersAreNotCounted() {
    Action create = new Action(Service.KINESIS_VIDEO, "CreateStream");
    Map<String, Quotas.Rate> once = Map.of("CreateStream", new Quotas.Rate(1, 0));
    Quotas strict = new Quotas(once);
    for (int i = 0; i < Quotas.MOST_BUCKETS + 10; i++) {
      takes(strict, new Caller("a" + i, "us-east-1"), create, NOW);
    }

    assertThat(strict.buckets()).isEqualTo(Quotas.MOST_BUCKETS);
    assertThat(takes(strict, CALLER, create, NOW)).isTrue();
    assertThat(takes(strict, CALLER, create, NOW)).isTrue();
  }

  @Test
  void withoutQuotasNothingIsDeclined() {
    Action join = new Action(Service.WEBRTC_STORAGE, "JoinStorageSession");
    Quotas off = Quotas.off();

    for (int i = 0; i < 1000; i++) {
      assertThat(takes(off, join, DOOR, NOW)).isTrue();
    }
  }

  private static boolean takes(Quotas quotas, Action action, Target target, Instant now) {
    try {
      quotas.take(CALLER, action, target, now);
      return true;
    } catch (DeclinedException e) {
      return false;
    }
  }

  private static boolean takes(Quotas quotas, Caller caller, Action action, Instant now) {
    try {
      quotas.take(caller, action, Target.NONE, now);
      return true;
    } catch (DeclinedException e) {
      return false;
    }
  }
}
