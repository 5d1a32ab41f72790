package io.github.kvslocal.registry;

/**
 * What a stream that keeps its media can be told about, and the emulator keeps without acting on
 * it.
 */
public enum ConfigurationKind {
  /** Images into an S3 bucket (UpdateImageGenerationConfiguration). */
  IMAGE_GENERATION,
  /** A message for each fragment (UpdateNotificationConfiguration). */
  NOTIFICATION
}
