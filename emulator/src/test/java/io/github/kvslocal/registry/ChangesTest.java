package io.github.kvslocal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates of a channel and the stream it is recorded into. */
class ChangesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123Z");
  private static final Owner OWNER = new Owner("000000000000", "us-east-1");

  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
  private ChannelArn channel;
  private StreamArn stream;

  @BeforeEach
  void map() throws RefusedException {
    channel = registry.ready(OWNER, "door", NOW).arn();
    stream = registry.stream(OWNER, "door").arn();
  }

  @Test
  void updateOfAChannelGivesItANewVersion() throws RefusedException {
    String before = registry.channel(channel).version();

    SignalingChannel updated = registry.updateChannel(channel, before, 7);

    assertThat(updated.messageTtlSeconds()).isEqualTo(7);
    assertThat(updated.version()).isNotEqualTo(before).matches("[A-Z0-9]{20}");
    assertThat(registry.channel(channel)).isEqualTo(updated);
  }

  @Test
  void updatesOfAStreamGiveItNewVersions() throws RefusedException {
    String first = registry.stream(stream).version();

    String second = registry.updateStream(stream, first, "video/h264", "camera").version();
    registry.changeRetention(stream, second, 1);
    String third = registry.stream(stream).version();
    MediaStream last = registry.changeStorageTier(stream, third, StorageTier.WARM);

    assertThat(List.of(first, second, third, last.version())).doesNotHaveDuplicates();
    assertThat(last.settings())
        .isEqualTo(new MediaStream.Settings(25, "video/h264", "camera", "", StorageTier.WARM));
  }

  @Test
  void whatAnUpdateLeavesOutStays() throws RefusedException {
    registry.updateStream(stream, "", "video/h264", "camera");

    MediaStream updated = registry.updateStream(stream, "", "", "other");

    assertThat(updated.settings().mediaType()).isEqualTo("video/h264");
    assertThat(updated.settings().deviceName()).isEqualTo("other");
  }

  @Test
  void outdatedVersionIsRefusedAndBothAreNamed() throws RefusedException {
    String current = registry.channel(channel).version();

    assertThatThrownBy(() -> registry.updateChannel(channel, "OLD", 7))
        .hasMessageContaining("version " + current)
        .hasMessageContaining("names OLD")
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.VERSION_MISMATCH));
    assertRefused(() -> registry.deleteChannel(channel, "OLD"), Reason.VERSION_MISMATCH);
    assertRefused(() -> registry.deleteStream(stream, "OLD"), Reason.VERSION_MISMATCH);
    assertRefused(() -> registry.updateStream(stream, "OLD", "", ""), Reason.VERSION_MISMATCH);
    assertRefused(() -> registry.changeRetention(stream, "OLD", 1), Reason.VERSION_MISMATCH);
  }

  @Test
  void tagsAndMappingLeaveTheVersionAsItIs() throws RefusedException {
    String channelBefore = registry.channel(channel).version();
    String streamBefore = registry.stream(stream).version();

    registry.tag(channel, Map.of("a", "1"));
    registry.untag(channel, List.of("a"));
    registry.tag(stream, Map.of("a", "1"));
    registry.untag(stream, List.of("a"));
    registry.unmap(channel);

    assertThat(registry.channel(channel).version()).isEqualTo(channelBefore);
    assertThat(registry.stream(stream).version()).isEqualTo(streamBefore);
  }

  @Test
  void tagsAreAddedReplacedAndRemoved() throws RefusedException {
    registry.tag(stream, Map.of("a", "1", "b", "2"));
    registry.tag(stream, Map.of("b", "3", "c", ""));

    MediaStream left = registry.untag(stream, List.of("a", "unknown"));

    assertThat(left.tags().pairs()).containsExactly(Map.entry("b", "3"), Map.entry("c", ""));
  }

  @Test
  void fiftyFirstTagIsRefusedAndNoneIsAdded() throws RefusedException {
    for (int i = 0; i < 49; i++) {
      registry.tag(channel, Map.of("key" + i, ""));
    }

    assertRefused(() -> registry.tag(channel, Map.of("x", "", "y", "")), Reason.TAG_LIMIT);
    assertThat(registry.channel(channel).tags().pairs()).hasSize(49);
    assertThat(registry.tag(channel, Map.of("key1", "new", "x", "")).tags().pairs()).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {-25, 87_577, Integer.MAX_VALUE, -Integer.MAX_VALUE})
  void retentionStaysWithinItsBounds(int byHours) {
    assertThatThrownBy(() -> registry.changeRetention(stream, "", byHours))
        .hasMessageContaining("it is 24 now and can be 0 to 87600")
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INVALID_ARGUMENT));
  }

  @Test
  void retentionThatBecomesZeroEndsTheStorageAndKeepsTheMapping() throws RefusedException {
    List<RegistryChange> changes = registry.changeRetention(stream, "", -24);

    assertThat(changes)
        .containsExactly(
            new RegistryChange.StorageEnded(channel, "the stream door keeps no data any more"),
            new RegistryChange.RetentionSet(stream, 0));
    assertThat(registry.mappedStream(channel)).contains(stream);
    assertThatThrownBy(() -> registry.streamToJoin(OWNER, channel))
        .hasMessageContaining("keeps no data");
  }

  @Test
  void retentionThatOnlyBecomesShorterEndsNothing() throws RefusedException {
    assertThat(registry.changeRetention(stream, "", -23))
        .containsExactly(new RegistryChange.RetentionSet(stream, 1));
  }

  @Test
  void disabledStorageIsToldOnce() throws RefusedException {
    List<RegistryChange> first = registry.unmap(channel);
    List<RegistryChange> second = registry.unmap(channel);

    assertThat(first)
        .containsExactly(new RegistryChange.StorageEnded(channel, "media storage was disabled"));
    assertThat(second).isEmpty();
    assertThatThrownBy(() -> registry.streamToJoin(OWNER, channel))
        .hasMessageContaining("Media storage is not enabled");
  }

  @Test
  void mappedResourcesAreNotDeletedBeforeTheirMapping() throws RefusedException {
    assertThatThrownBy(() -> registry.deleteStream(stream, ""))
        .hasMessageStartingWith("Disable MediaStorageConfiguration to delete the stream");
    assertThatThrownBy(() -> registry.deleteChannel(channel, ""))
        .hasMessageStartingWith("Disable MediaStorageConfiguration to delete the channel");
    registry.unmap(channel);

    assertThat(registry.deleteStream(stream, ""))
        .containsExactly(new RegistryChange.StreamDeleted(stream));
    assertThat(registry.deleteChannel(channel, ""))
        .containsExactly(new RegistryChange.ChannelDeleted(channel));
  }

  @Test
  void mappingIsKnownFromBothSides() throws RefusedException {
    assertThat(registry.mappedChannel(stream)).contains(channel);
    assertThat(registry.streamToJoin(OWNER, channel)).isEqualTo(stream);
    registry.unmap(channel);

    assertThat(registry.mappedChannel(stream)).isEmpty();
  }

  private static void assertRefused(ThrowingCallable act, Reason reason) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            RefusedException.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }
}
