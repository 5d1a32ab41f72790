package io.github.kvslocal.fault;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;

/**
 * Something that a fault may befall; what is not known of it, or has no sense for it, is empty.
 *
 * @param operation see {@link FaultScope}
 * @param client see {@link FaultScope}
 */
public record Occasion(String operation, String channelName, String channelArn, String client) {

  /** Something of this participant that is no call. */
  public static Occasion of(ChannelArn channel, Participant who) {
    return new Occasion("", channel.name(), channel.toString(), client(who));
  }

  /** The same with an operation. */
  public Occasion of(String what) {
    return new Occasion(what, channelName, channelArn, client);
  }

  /** How a scope calls a participant. */
  public static String client(Participant who) {
    return who instanceof Participant.Viewer viewer ? viewer.id().value() : FaultScope.MASTER;
  }
}
