package io.github.kvslocal.registry;

import io.github.kvslocal.channel.StreamArn;
import java.time.Duration;
import java.time.Instant;

/**
 * The configuration by which an edge agent, a program on a device beside the camera, is to record
 * and upload for a stream; a stream has one at most. No agent ever answers the emulator.
 *
 * @param hubDevice the ARN of the agent's device
 * @param document the members of EdgeConfig as JSON, checked by whoever put it here
 * @param createdAt when the stream was given a configuration while it had none, to the millisecond
 * @param updatedAt when this document was given, to the millisecond; from then on the agent is
 *     tried
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
