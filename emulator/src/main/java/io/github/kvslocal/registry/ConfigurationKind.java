package io.github.kvslocal.registry;

/**
 * The kinds of configuration of which a stream that keeps its media can have one each, as a JSON
 * document. The emulator keeps and returns them; it makes no images and sends no notifications.
 */
public enum ConfigurationKind {
  /** Images into an S3 bucket (UpdateImageGenerationConfiguration). */
  IMAGE_GENERATION,
  /** A message for each fragment (UpdateNotificationConfiguration). */
  NOTIFICATION
}
