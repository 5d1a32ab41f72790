package io.github.kvslocal.fault;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;

/** The network of each participant, asked for when a peer is opened. Any thread may ask. */
public interface LinkModels {
  /** Everybody's network is perfect. */
  LinkModels PERFECT = (channel, participant) -> NetworkModel.PERFECT;

  /** The network of a participant's next peer; it keeps it until it ends. */
  NetworkModel of(ChannelArn channel, Participant participant);

  /**
   * The same network for everybody, and dice of each participant's own, so that two of them do not
   * lose the same datagrams. The dice know channels by their names: they fall alike in two runs
   * that create the same channels at different times.
   */
  static LinkModels everywhere(NetworkModel model) {
    return (channel, participant) ->
        model.withSeed(
            31 * (31 * model.seed() + channel.name().hashCode())
                + participant.toString().hashCode());
  }
}
