package io.github.kvslocal.journal;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;

/**
 * Where an entry comes from; what does not apply is the empty string.
 *
 * @param channel its name
 * @param channelArn with {@code *} for its time where a request named it without
 * @param client {@code master} or a viewer's client id; {@code viewer master} for the one whose id
 *     is that
 * @param session shared by all entries of one storage session, from the first socket or join of its
 *     channel on; requests do not have it
 * @param peer one connection of the client within it, such as {@code peer-1}
 */
public record Origin(
    String channel, String channelArn, String client, String session, String peer) {
  /** Of what is about no channel. */
  public static final Origin NONE = new Origin("", "", "", "", "");

  private static final String MASTER = "master";

  /** A channel in one of its sessions. */
  public static Origin of(ChannelArn channel, String session) {
    return new Origin(channel.name(), channel.toString(), "", session, "");
  }

  /** The same of this participant. */
  public Origin of(Participant whose) {
    return new Origin(channel, channelArn, client(whose), session, "");
  }

  /** The same of one of its peers. */
  public Origin ofPeer(String name) {
    return new Origin(channel, channelArn, client, session, name);
  }

  /** As this participant is called here. */
  public static String client(Participant whose) {
    return whose instanceof Participant.Viewer viewer ? viewer(viewer.id().value()) : MASTER;
  }

  /** As the viewer of this client id is called here. */
  public static String viewer(String id) {
    return id.equals(MASTER) ? "viewer " + id : id;
  }

  /** For a person: {@code door/master}; empty if it has neither. */
  @Override
  public String toString() {
    return client.isEmpty() ? channel : channel + "/" + client;
  }
}
