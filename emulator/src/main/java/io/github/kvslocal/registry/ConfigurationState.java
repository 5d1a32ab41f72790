package io.github.kvslocal.registry;

import io.github.kvslocal.channel.StreamArn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All configurations of streams, as plain data, for keeping them over a restart.
 *
 * @param documents as the edge checked and wrote them
 */
public record ConfigurationState(
    Map<StreamArn, Map<ConfigurationKind, String>> documents, List<EdgeConfiguration> edges) {

  /** Nothing yet. */
  public static final ConfigurationState EMPTY = new ConfigurationState(Map.of(), List.of());

  public ConfigurationState {
    documents =
        documents.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
    edges = List.copyOf(edges);
  }

  /**
   * Without those of other streams than these: the registry is kept first, so a crash can leave
   * configurations of streams that are no more.
   */
  public ConfigurationState only(Set<StreamArn> streams) {
    Map<StreamArn, Map<ConfigurationKind, String>> theirs = new HashMap<>(documents);
    theirs.keySet().retainAll(streams);
    return new ConfigurationState(
        theirs, edges.stream().filter(edge -> streams.contains(edge.stream())).toList());
  }
}
