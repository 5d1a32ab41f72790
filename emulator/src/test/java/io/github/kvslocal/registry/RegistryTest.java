package io.github.kvslocal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Instant;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123Z");
  private static final Owner OWNER = new Owner("000000000000", "us-east-1");
  private static final Owner ABROAD = new Owner("000000000000", "eu-west-1");

  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));

  @Test
  void channelIsFoundByNameAndByArn() throws RefusedException {
    SignalingChannel made = channel("door");

    assertThat(registry.channel(OWNER, "door")).isEqualTo(made);
    assertThat(registry.channel(made.arn())).isEqualTo(made);
  }

  @Test
  void arnNamesOwnerAndMillisecondOfCreation() throws RefusedException {
    SignalingChannel made = channel("door");

    assertThat(made.arn())
        .hasToString("arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1795161600123");
    assertThat(made.createdAt()).isEqualTo(NOW);
    assertThat(made.version()).matches("[A-Z0-9]{20}");
  }

  @Test
  void nameInUseIsRefused() throws RefusedException {
    channel("door");

    assertRefused(() -> channel("door"), Reason.NAME_IN_USE);
  }

  @Test
  void nameIsFreeInAnotherRegion() throws RefusedException {
    channel("door");

    SignalingChannel other =
        registry.createChannel(ABROAD, "door", ChannelType.SINGLE_MASTER, 60, Tags.NONE, NOW);

    assertThat(other.arn().region()).isEqualTo("eu-west-1");
  }

  @Test
  void channelOfAnotherCreationTimeIsAnotherChannel() throws RefusedException {
    channel("door");
    Registry elsewhere = new Registry(RegistryState.EMPTY, new Random(1));
    SignalingChannel older =
        elsewhere.createChannel(
            OWNER, "door", ChannelType.SINGLE_MASTER, 60, Tags.NONE, NOW.minusMillis(1));

    assertRefused(() -> registry.channel(older.arn()), Reason.NO_SUCH_CHANNEL);
  }

  @Test
  void unknownStreamIsRefusedInTheServicesWords() {
    assertThatThrownBy(() -> registry.stream(OWNER, "door"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The requested stream is not found or not active.");
  }

  @Test
  void storageNeedsAStreamThatKeepsItsMedia() throws RefusedException {
    SignalingChannel channel = channel("door");
    MediaStream stream = stream("door", 0);

    assertRefused(() -> registry.map(channel.arn(), stream.arn()), Reason.NO_DATA_RETENTION);
  }

  @Test
  void storageMayBeEnabledTwice() throws RefusedException {
    SignalingChannel channel = channel("door");
    MediaStream stream = stream("door", 1);
    registry.map(channel.arn(), stream.arn());

    registry.map(channel.arn(), stream.arn());

    assertThat(registry.mappedStream(channel.arn())).contains(stream.arn());
  }

  @Test
  void mappedChannelIsNotMappedToASecondStream() throws RefusedException {
    SignalingChannel channel = channel("door");
    registry.map(channel.arn(), stream("one", 1).arn());
    MediaStream two = stream("two", 1);

    assertRefused(() -> registry.map(channel.arn(), two.arn()), Reason.RESOURCE_IN_USE);
  }

  @Test
  void mappedStreamIsNotMappedToASecondChannel() throws RefusedException {
    MediaStream stream = stream("door", 1);
    registry.map(channel("one").arn(), stream.arn());
    SignalingChannel two = channel("two");

    assertRefused(() -> registry.map(two.arn(), stream.arn()), Reason.RESOURCE_IN_USE);
  }

  @Test
  void fullMeshChannelIsNotRecorded() throws RefusedException {
    SignalingChannel mesh =
        registry.createChannel(OWNER, "m", ChannelType.FULL_MESH, 60, Tags.NONE, NOW);
    MediaStream stream = stream("m", 1);

    assertRefused(() -> registry.map(mesh.arn(), stream.arn()), Reason.INVALID_ARGUMENT);
  }

  @Test
  void disabledStorageFreesTheStream() throws RefusedException {
    MediaStream stream = stream("door", 1);
    SignalingChannel one = channel("one");
    SignalingChannel two = channel("two");
    registry.map(one.arn(), stream.arn());

    registry.unmap(one.arn());

    assertThat(registry.mappedStream(one.arn())).isEmpty();
    registry.map(two.arn(), stream.arn());
    assertThat(registry.mappedStream(two.arn())).contains(stream.arn());
  }

  @Test
  void readyChannelIsRecordedForADay() throws RefusedException {
    SignalingChannel ready = registry.ready(OWNER, "door", NOW);

    MediaStream stream = registry.stream(OWNER, "door");
    assertThat(registry.mappedStream(ready.arn())).contains(stream.arn());
    assertThat(stream.settings().retentionHours()).isEqualTo(24);
  }

  @Test
  void readyChannelStaysTheSameOverARestart() throws RefusedException {
    SignalingChannel first = registry.ready(OWNER, "door", NOW);
    Registry restarted = new Registry(registry.state(), new Random(2));

    SignalingChannel second = restarted.ready(OWNER, "door", NOW.plusSeconds(60));

    assertThat(second).isEqualTo(first);
    assertThat(restarted.state()).isEqualTo(registry.state());
  }

  private SignalingChannel channel(String name) throws RefusedException {
    return registry.createChannel(OWNER, name, ChannelType.SINGLE_MASTER, 60, Tags.NONE, NOW);
  }

  private MediaStream stream(String name, int hours) throws RefusedException {
    return registry.createStream(OWNER, name, MediaStream.Settings.keeping(hours), Tags.NONE, NOW);
  }

  private static void assertRefused(ThrowingCallable act, Reason reason) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            RefusedException.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
