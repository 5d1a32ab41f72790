package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;
import java.util.List;

/**
 * The storage session of a channel at one moment.
 *
 * @param peers in the order in which they were offered; of one participant there are two while one
 *     gives way to the other
 */
public record SessionView(ChannelArn channel, List<PeerView> peers) {
  public SessionView {
    peers = List.copyOf(peers);
  }

  /** How far a peer has come. */
  public enum Stage {
    JOINED("the join was accepted; the offer waits for the participant's signaling socket"),
    OFFERED("the offer is sent and not answered"),
    ICE("the answer came; no pair of addresses has worked yet"),
    DTLS("ICE found a path; the DTLS handshake is not finished"),
    CONNECTED("media can flow, and none has come"),
    MEDIA("media comes");

    private final String description;

    Stage(String description) {
      this.description = description;
    }

    /** For a person to read. */
    public String description() {
      return description;
    }
  }

  /**
   * One connection to a participant.
   *
   * @param session the number that the journal calls it by
   * @param since policy time of its first offer
   * @param localAddress the address of ours that is in use, for a person to read; empty while ICE
   *     has found none
   * @param remoteAddress the participant's
   * @param recordedInto the stream of its join; of viewers, sound alone comes there
   * @param videoPackets received so far
   * @param audioPackets received so far
   */
  public record PeerView(
      Participant whose,
      long session,
      Stage stage,
      Instant since,
      String localAddress,
      String remoteAddress,
      StreamArn recordedInto,
      long videoPackets,
      long audioPackets) {}
}
