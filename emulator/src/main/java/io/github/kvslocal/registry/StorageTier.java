package io.github.kvslocal.registry;

/** How a stream's media is kept (CreateStream API page, StreamStorageConfiguration). */
public enum StorageTier {
  HOT,
  WARM
}
