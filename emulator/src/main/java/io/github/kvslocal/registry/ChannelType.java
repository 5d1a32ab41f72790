package io.github.kvslocal.registry;

/** The kinds of channel (CreateSignalingChannel API page). Only SINGLE_MASTER can be recorded. */
public enum ChannelType {
  SINGLE_MASTER,
  FULL_MESH
}
