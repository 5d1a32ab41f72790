package io.github.kvslocal.registry;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What streams were told that has no effect in the emulator: it is kept and returned. Nothing here
 * or anywhere else reads the documents, so they stay the text that the edge checked.
 *
 * <p>One owner, like the registry, of whose streams they are; whoever has a stream deleted has it
 * forgotten here too.
 */
public final class StreamConfigurations {
  private final Map<StreamArn, Map<ConfigurationKind, String>> documents = new HashMap<>();
  private final Map<StreamArn, EdgeConfiguration> edges = new HashMap<>();

  /** Configurations that go on where others stopped. */
  public StreamConfigurations(ConfigurationState state) {
    state.documents().forEach((stream, kept) -> documents.put(stream, new HashMap<>(kept)));
    state.edges().forEach(edge -> edges.put(edge.stream(), edge));
  }

  /** What is known now; later changes do not show in it. */
  public ConfigurationState state() {
    return new ConfigurationState(documents, byName(edges.values()));
  }

  /** Forgets those of a stream that is no more. */
  public void forget(StreamArn stream) {
    documents.remove(stream);
    edges.remove(stream);
  }

  /** The document of this kind, if the stream has one. */
  public Optional<String> find(StreamArn stream, ConfigurationKind kind) {
    return Optional.ofNullable(documents.getOrDefault(stream, Map.of()).get(kind));
  }

  /** Keeps a document in place of an earlier one. */
  public void put(MediaStream stream, ConfigurationKind kind, String document)
      throws RefusedException {
    stream.requireRetention();
    documents.computeIfAbsent(stream.arn(), arn -> new HashMap<>()).put(kind, document);
  }

  /** Deletes a document; one that there is not is as good as deleted. */
  public void remove(StreamArn stream, ConfigurationKind kind) {
    documents.computeIfPresent(
        stream,
        (arn, kept) -> {
          kept.remove(kind);
          return kept.isEmpty() ? null : kept;
        });
  }

  /**
   * Begins to tell an edge agent its configuration (StartEdgeConfigurationUpdate), unless that of
   * an earlier call is still on its way.
   *
   * @param hubDevice has to be that of the earlier configuration, which only its deletion moves
   */
  public EdgeConfiguration startEdgeUpdate(
      MediaStream stream, String hubDevice, String document, Instant now) throws RefusedException {
    stream.requireRetention();
    Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
    EdgeConfiguration before = edges.get(stream.arn());
    if (before != null) {
      checkReplaceable(before, hubDevice, now);
    }
    EdgeConfiguration edge =
        new EdgeConfiguration(
            stream.arn(),
            hubDevice,
            document,
            before == null ? moment : before.createdAt(),
            moment);
    edges.put(stream.arn(), edge);
    return edge;
  }

  private static void checkReplaceable(EdgeConfiguration before, String hubDevice, Instant now)
      throws RefusedException {
    if (before.status(now) == EdgeConfiguration.SyncStatus.SYNCING) {
      throw new RefusedException(
          Reason.RESOURCE_IN_USE,
          "The edge configuration of the stream "
              + before.stream().name()
              + " is SYNCING until "
              + before.updatedAt().plus(EdgeConfiguration.PATIENCE)
              + "; wait for SYNC_FAILED, or call DeleteEdgeConfiguration first.");
    }
    // AWS does not say with which error it refuses this.
    if (!before.hubDevice().equals(hubDevice)) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The edge configuration of the stream "
              + before.stream().name()
              + " belongs to "
              + before.hubDevice()
              + "; call DeleteEdgeConfiguration to move it to another device.");
    }
  }

  /** The edge configuration of a stream that has one. */
  public EdgeConfiguration edge(StreamArn stream) throws RefusedException {
    EdgeConfiguration edge = edges.get(stream);
    if (edge == null) {
      throw new RefusedException(
          Reason.NO_EDGE_CONFIGURATION,
          "The stream "
              + stream.name()
              + " has no edge configuration; call StartEdgeConfigurationUpdate first.");
    }
    return edge;
  }

  /**
   * Deletes a stream's edge configuration (DeleteEdgeConfiguration). The service shows DELETING
   * while a device deletes its media; here no device has any, and it is gone at once (assumed).
   */
  public void deleteEdge(StreamArn stream) throws RefusedException {
    edges.remove(edge(stream).stream());
  }

  /** The owner's configurations of this device, by the names of their streams. */
  public Page<EdgeConfiguration> edges(Owner owner, String hubDevice, Page.Request request) {
    NavigableMap<String, EdgeConfiguration> named = new TreeMap<>();
    edges.values().stream()
        .filter(edge -> edge.hubDevice().equals(hubDevice))
        .filter(edge -> edge.stream().account().equals(owner.account()))
        .filter(edge -> edge.stream().region().equals(owner.region()))
        .forEach(edge -> named.put(edge.stream().name(), edge));
    return Page.of(named, request);
  }

  private static List<EdgeConfiguration> byName(Collection<EdgeConfiguration> some) {
    return some.stream()
        .sorted(
            Comparator.<EdgeConfiguration, String>comparing(edge -> edge.stream().name())
                .thenComparing(edge -> edge.stream().toString()))
        .toList();
  }
}
