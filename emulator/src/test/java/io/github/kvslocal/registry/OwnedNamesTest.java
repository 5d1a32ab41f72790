package io.github.kvslocal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whose a name is, how it is found, listed and given again. */
class OwnedNamesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123Z");
  private static final Owner OWNER = new Owner("000000000000", "us-east-1");
  private static final Owner ABROAD = new Owner("000000000000", "eu-west-1");
  private static final Owner STRANGER = new Owner("123456789012", "us-east-1");

  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));

  @Test
  void arnOfAnotherRegionIsNotFoundAndBothAreNamed() throws RefusedException {
    ChannelArn abroad = channel(ABROAD, "door").arn();

    assertThatThrownBy(() -> registry.channel(OWNER, abroad))
        .hasMessage(
            "The requested channel is not found or not active. Its ARN names eu-west-1 of account"
                + " 000000000000; this request is for us-east-1 of account 000000000000.");
  }

  @Test
  void arnOfAnotherAccountIsNotFound() throws RefusedException {
    StreamArn strange = stream(STRANGER, "door").arn();

    assertThatThrownBy(() -> registry.stream(OWNER, strange))
        .hasMessageContaining("account 123456789012")
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NO_SUCH_STREAM));
  }

  @Test
  void nameThatOnlyAnotherOwnerHasIsNotFoundAndTheOtherIsNamed() throws RefusedException {
    channel(ABROAD, "door");

    assertThatThrownBy(() -> registry.channel(STRANGER, "door"))
        .hasMessage(
            "The requested channel is not found or not active. A channel of this name exists in"
                + " eu-west-1 of account 000000000000; this request is for us-east-1 of account"
                + " 123456789012.");
  }

  @Test
  void ownersArnIsFound() throws RefusedException {
    SignalingChannel made = channel(OWNER, "door");

    assertThat(registry.channel(OWNER, made.arn())).isEqualTo(made);
  }

  @Test
  void deletedChannelFreesItsNameAtOnceAndTheNextHasAnotherArn() throws RefusedException {
    ChannelArn first = channel(OWNER, "door").arn();
    registry.deleteChannel(first, "");

    ChannelArn second = channel(OWNER, "door").arn();

    assertThat(second.createdAtMillis()).isEqualTo(first.createdAtMillis() + 1);
    assertThatThrownBy(() -> registry.channel(first)).hasMessageContaining(second.toString());
  }

  @Test
  void deletedStreamsArnIsNotGivenAgainAfterARestart() throws RefusedException {
    StreamArn first = stream(OWNER, "door").arn();
    registry.deleteStream(first, "");
    Registry restarted = new Registry(registry.state(), new Random(2));

    MediaStream second =
        restarted.createStream(OWNER, "door", MediaStream.Settings.keeping(1), Tags.NONE, NOW);

    assertThat(second.arn()).isNotEqualTo(first);
  }

  @Test
  void deletionHappensOnce() throws RefusedException {
    ChannelArn arn = channel(OWNER, "door").arn();
    registry.deleteChannel(arn, "");

    assertThatThrownBy(() -> registry.deleteChannel(arn, ""))
        .hasMessage("The requested channel is not found or not active.");
  }

  @Test
  void ownerWithoutResourcesLeavesNoTrace() throws RefusedException {
    registry.deleteChannel(channel(OWNER, "door").arn(), "");

    assertThat(registry.state().channels()).isEmpty();
    assertThat(registry.channels(OWNER, new Page.Request("", "", 10)).items()).isEmpty();
  }

  @Test
  void listsAreByNameAndShowTheOwnersOnly() throws RefusedException {
    for (String name : List.of("b", "a", "C")) {
      channel(OWNER, name);
    }
    channel(ABROAD, "d");

    Page<SignalingChannel> page = registry.channels(OWNER, new Page.Request("", "", 10));

    assertThat(names(page)).containsExactly("C", "a", "b");
    assertThat(page.last()).isEmpty();
  }

  @Test
  void pagesSurviveWhatIsCreatedAndDeletedBetweenThem() throws RefusedException {
    for (String name : List.of("a", "c", "e", "g")) {
      stream(OWNER, name);
    }
    Page<MediaStream> first = registry.streams(OWNER, new Page.Request("", "", 2));
    registry.deleteStream(registry.stream(OWNER, "c").arn(), "");
    stream(OWNER, "b");
    stream(OWNER, "f");

    Page<MediaStream> second = registry.streams(OWNER, new Page.Request("", "c", 2));
    Page<MediaStream> third = registry.streams(OWNER, new Page.Request("", "f", 2));

    assertThat(first.last()).isEqualTo("c");
    assertThat(streamNames(first)).containsExactly("a", "c");
    assertThat(streamNames(second)).containsExactly("e", "f");
    assertThat(streamNames(third)).containsExactly("g");
    assertThat(third.last()).isEmpty();
  }

  @Test
  void prefixBoundsEveryPage() throws RefusedException {
    for (String name : List.of("door", "door-1", "door-2", "dos", "d")) {
      channel(OWNER, name);
    }

    Page<SignalingChannel> first = registry.channels(OWNER, new Page.Request("door", "", 2));
    Page<SignalingChannel> rest = registry.channels(OWNER, new Page.Request("door", "door-1", 2));
    Page<SignalingChannel> before = registry.channels(OWNER, new Page.Request("door", "a", 9));

    assertThat(names(first)).containsExactly("door", "door-1");
    assertThat(first.last()).isEqualTo("door-1");
    assertThat(names(rest)).containsExactly("door-2");
    assertThat(rest.last()).isEmpty();
    assertThat(names(before)).containsExactly("door", "door-1", "door-2");
  }

  @Test
  void accountHasTenThousandOfEachInARegion() throws RefusedException {
    for (int i = 0; i < 10_000; i++) {
      channel(OWNER, "c" + i);
      stream(OWNER, "s" + i);
    }

    assertThatThrownBy(() -> channel(OWNER, "surplus"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.CHANNEL_LIMIT));
    assertThatThrownBy(() -> stream(OWNER, "surplus"))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.STREAM_LIMIT));
    assertThat(channel(ABROAD, "elsewhere").arn().region()).isEqualTo("eu-west-1");
  }

  @Test
  void allOwnersTogetherHaveFiftyThousandOfEach() throws RefusedException {
    for (int i = 0; i < 50_000; i++) {
      channel(new Owner("%012d".formatted(i / 100), "us-east-1"), "c" + i);
    }

    assertThatThrownBy(() -> channel(STRANGER, "surplus"))
        .hasMessageContaining("All accounts and regions of this emulator together have 50000")
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.CHANNEL_LIMIT));
    SignalingChannel first = registry.channel(OWNER, "c0");
    registry.updateChannel(first.arn(), "", 7);
    registry.deleteChannel(first.arn(), "");
    assertThat(channel(STRANGER, "next").arn().account()).isEqualTo(STRANGER.account());
    assertThat(stream(STRANGER, "other-kind").arn().account()).isEqualTo(STRANGER.account());
  }

  private SignalingChannel channel(Owner owner, String name) throws RefusedException {
    return registry.createChannel(owner, name, ChannelType.SINGLE_MASTER, 60, Tags.NONE, NOW);
  }

  private MediaStream stream(Owner owner, String name) throws RefusedException {
    return registry.createStream(owner, name, MediaStream.Settings.keeping(1), Tags.NONE, NOW);
  }

  private static List<String> names(Page<SignalingChannel> page) {
    return page.items().stream().map(channel -> channel.arn().name()).toList();
  }

  private static List<String> streamNames(Page<MediaStream> page) {
    List<String> names = new ArrayList<>();
    page.items().forEach(stream -> names.add(stream.arn().name()));
    return names;
  }
}
