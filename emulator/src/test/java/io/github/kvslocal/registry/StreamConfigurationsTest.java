package io.github.kvslocal.registry;

import static io.github.kvslocal.registry.EdgeConfiguration.SyncStatus.SYNCING;
import static io.github.kvslocal.registry.EdgeConfiguration.SyncStatus.SYNC_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamConfigurationsTest {
  private static final Owner OWNER = new Owner("000000000000", "us-east-1");
  private static final Owner OTHER = new Owner("000000000000", "eu-west-1");
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123456Z");
  private static final Page.Request ALL = new Page.Request("", "", 10);
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
  private final StreamConfigurations configurations =
      new StreamConfigurations(ConfigurationState.EMPTY);
  private MediaStream door;
  private MediaStream live;
  private MediaStream yard;

  @BeforeEach
  void createStreams() throws RefusedException {
    door = stream(OWNER, "door", 24);
    live = stream(OWNER, "live", 0);
    yard = stream(OWNER, "yard", 24);
  }

  private MediaStream stream(Owner owner, String name, int hours) throws RefusedException {
    return registry.createStream(owner, name, MediaStream.Settings.keeping(hours), Tags.NONE, NOW);
  }

  @ParameterizedTest
  @EnumSource
  void documentIsKeptUntilItIsReplacedOrRemoved(ConfigurationKind kind) throws Exception {
    assertThat(configurations.find(door.arn(), kind)).isEmpty();

    configurations.put(door, kind, "{\"a\":1}");
    configurations.put(door, kind, "{\"a\":2}");
    assertThat(configurations.find(door.arn(), kind)).contains("{\"a\":2}");

    configurations.remove(door.arn(), kind);
    configurations.remove(door.arn(), kind);
    assertThat(configurations.find(door.arn(), kind)).isEmpty();
    assertThat(configurations.state()).isEqualTo(ConfigurationState.EMPTY);
  }

  @Test
  void kindsDoNotTouchEachOther() throws Exception {
    configurations.put(door, ConfigurationKind.NOTIFICATION, "{}");
    configurations.put(door, ConfigurationKind.IMAGE_GENERATION, "{}");

    configurations.remove(door.arn(), ConfigurationKind.NOTIFICATION);

    assertThat(configurations.find(door.arn(), ConfigurationKind.IMAGE_GENERATION)).contains("{}");
  }

  @Test
  void everyConfigurationNeedsRetention() throws Exception {
    assertRefused(
        Reason.NO_DATA_RETENTION,
        () -> configurations.put(live, ConfigurationKind.IMAGE_GENERATION, "{}"));
    assertRefused(
        Reason.NO_DATA_RETENTION,
        () -> configurations.put(live, ConfigurationKind.NOTIFICATION, "{}"));
    assertRefused(
        Reason.NO_DATA_RETENTION, () -> configurations.startEdgeUpdate(live, "hub", "{}", NOW));
  }

  @Test
  void edgeUpdateFailsAfterFifteenMinutesWithoutAnAgent() throws Exception {
    EdgeConfiguration edge = configurations.startEdgeUpdate(door, "hub", "{}", NOW);
    Instant updated = edge.updatedAt();

    assertThat(edge.status(NOW)).isEqualTo(SYNCING);
    assertThat(edge.status(updated.plus(PATIENCE).minusMillis(1))).isEqualTo(SYNCING);
    assertThat(edge.status(updated.plus(PATIENCE))).isEqualTo(SYNC_FAILED);
  }

  @Test
  void edgeUpdateIsRefusedWhileAnEarlierOneIsOnItsWay() throws Exception {
    EdgeConfiguration first = configurations.startEdgeUpdate(door, "hub", "{}", NOW);

    assertRefused(
        Reason.RESOURCE_IN_USE,
        () -> configurations.startEdgeUpdate(door, "hub", "{}", NOW.plusSeconds(899)));

    EdgeConfiguration second =
        configurations.startEdgeUpdate(door, "hub", "{\"b\":1}", NOW.plusSeconds(900));
    assertThat(second.createdAt()).isEqualTo(first.createdAt());
    assertThat(second.updatedAt()).isEqualTo(first.updatedAt().plusSeconds(900));
    assertThat(configurations.edge(door.arn()).document()).isEqualTo("{\"b\":1}");
  }

  @Test
  void edgeConfigurationMovesToAnotherDeviceByItsDeletionOnly() throws Exception {
    configurations.startEdgeUpdate(door, "hub", "{}", NOW);
    Instant later = NOW.plus(PATIENCE);

    assertRefused(
        Reason.INVALID_ARGUMENT,
        () -> configurations.startEdgeUpdate(door, "other hub", "{}", later));

    configurations.deleteEdge(door.arn());
    configurations.startEdgeUpdate(door, "other hub", "{}", later);
    assertThat(configurations.edge(door.arn()).hubDevice()).isEqualTo("other hub");
  }

  @Test
  void deletedEdgeConfigurationIsGoneAtOnce() throws Exception {
    configurations.startEdgeUpdate(door, "hub", "{}", NOW);

    configurations.deleteEdge(door.arn());

    assertRefused(Reason.NO_EDGE_CONFIGURATION, () -> configurations.edge(door.arn()));
    assertRefused(Reason.NO_EDGE_CONFIGURATION, () -> configurations.deleteEdge(door.arn()));
  }

  @Test
  void edgesAreThoseOfTheOwnerAndTheDeviceByName() throws Exception {
    for (String name : new String[] {"b", "a.b", "a"}) {
      configurations.startEdgeUpdate(stream(OWNER, name, 1), "hub", "{}", NOW);
    }
    configurations.startEdgeUpdate(stream(OTHER, "c", 1), "hub", "{}", NOW);
    configurations.startEdgeUpdate(door, "other hub", "{}", NOW);

    assertThat(configurations.edges(OWNER, "hub", ALL).items())
        .extracting(edge -> edge.stream().name())
        .containsExactly("a", "a.b", "b");
    assertThat(configurations.edges(OTHER, "hub", ALL).items()).hasSize(1);
    assertThat(configurations.edges(OWNER, "no hub", ALL).items()).isEmpty();
  }

  @Test
  void configurationsOfADeletedStreamAreForgotten() throws Exception {
    configurations.put(door, ConfigurationKind.NOTIFICATION, "{}");
    configurations.startEdgeUpdate(door, "hub", "{}", NOW);
    configurations.put(yard, ConfigurationKind.NOTIFICATION, "{}");

    configurations.forget(door.arn());

    assertThat(configurations.find(door.arn(), ConfigurationKind.NOTIFICATION)).isEmpty();
    assertThat(configurations.edges(OWNER, "hub", ALL).items()).isEmpty();
    assertThat(configurations.find(yard.arn(), ConfigurationKind.NOTIFICATION)).isPresent();
  }

  @Test
  void stateIsReducedToStreamsThatThereAre() throws Exception {
    configurations.put(door, ConfigurationKind.NOTIFICATION, "{}");
    configurations.startEdgeUpdate(door, "hub", "{}", NOW);
    configurations.put(yard, ConfigurationKind.NOTIFICATION, "{}");

    ConfigurationState reduced = configurations.state().only(Set.of(yard.arn()));

    assertThat(reduced.documents()).containsOnlyKeys(yard.arn());
    assertThat(reduced.edges()).isEmpty();
  }

  @Test
  void stateCarriesEverythingOver() throws Exception {
    configurations.put(door, ConfigurationKind.IMAGE_GENERATION, "{\"a\":1}");
    configurations.put(yard, ConfigurationKind.NOTIFICATION, "{\"b\":1}");
    configurations.startEdgeUpdate(door, "hub", "{\"c\":1}", NOW);
    ConfigurationState state = configurations.state();

    StreamConfigurations next = new StreamConfigurations(state);

    assertThat(next.state()).isEqualTo(state);
    configurations.remove(door.arn(), ConfigurationKind.IMAGE_GENERATION);
    assertThat(state.documents()).containsKey(door.arn());
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
        .extracting(RefusedException::reason)
        .isEqualTo(reason);
  }
}
