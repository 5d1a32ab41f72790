package io.github.kvslocal.registry;

import io.github.kvslocal.channel.StreamArn;
import java.time.Duration;
import java.time.Instant;

/**
 * How an edge agent, a device beside the camera, is to record for a stream. No agent ever answers
 * the emulator.
 *
 * @param hubDevice the ARN of the agent's device
 * @param document all of the configuration, as the edge checked and wrote it
 * @param createdAt to the millisecond, as is the other
 */
public record EdgeConfiguration(
    StreamArn stream, String hubDevice, String document, Instant createdAt, Instant updatedAt) {
  /** StartEdgeConfigurationUpdate API page: an agent is tried for 15 minutes. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  /** What an agent that never answers can lead to, of the seven that the model has. */
  public enum SyncStatus {
    SYNCING,
    SYNC_FAILED
  }

  /** Where the update stands at this moment. */
  public SyncStatus status(Instant now) {
    return now.isBefore(updatedAt.plus(PATIENCE)) ? SyncStatus.SYNCING : SyncStatus.SYNC_FAILED;
  }
}
