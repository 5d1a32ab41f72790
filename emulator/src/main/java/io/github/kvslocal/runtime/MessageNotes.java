package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Origin;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.MessageType;
import io.github.kvslocal.signaling.Outbound;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Notes every signaling message of one channel: who says what to whom, and what it carries. */
final class MessageNotes {
  /** All that fits into a message's 10K of base64. */
  private static final int LONGEST_SDP = 8_192;

  private static final int LONGEST_CANDIDATE = 512;
  private static final String STORAGE = "storage-session";

  private final ChannelNotes notes;

  MessageNotes(ChannelNotes notes) {
    this.notes = notes;
  }

  /** A client said something. */
  void received(Participant from, Inbound message) {
    try {
      message.deliver(
          new Inbound.Receiver() {
            @Override
            public void message(Inbound.Message readable) {
              notes.write(
                  from,
                  Event.MESSAGE_RECEIVED,
                  readable.type() + " from the " + from,
                  () -> facts(from, readable));
            }

            @Override
            public void unreadable(Inbound.Unreadable unreadable) {
              notes.write(
                  from,
                  Event.MESSAGE_RECEIVED,
                  "something that is no message from the " + from,
                  () -> facts("UNREADABLE", Origin.client(from), "", unreadable.correlationId()));
            }
          });
    } catch (RefusedException e) {
      throw new IllegalStateException("nothing refuses it here", e);
    }
  }

  private static Map<String, String> facts(Participant from, Inbound.Message message) {
    Map<String, String> facts =
        facts(
            message.type().toString(),
            Origin.client(from),
            message.recipient(),
            message.correlationId());
    try {
      if (message.type() == MessageType.ICE_CANDIDATE) {
        put(facts, "candidate", message.payload().candidate(), LONGEST_CANDIDATE);
      } else {
        put(facts, "sdp", message.payload().description(), LONGEST_SDP);
      }
    } catch (RefusedException e) {
      // What two clients say to each other need not be readable here.
    }
    return facts;
  }

  /** The emulator says something to a client. */
  void sent(Participant to, Outbound message) {
    Supplier<Map<String, String>> facts = () -> message.encode(new Facts(Origin.client(to)));
    notes.write(to, Event.MESSAGE_SENT, message.encode(new Names()) + " to the " + to, facts);
  }

  private static Map<String, String> facts(
      String type, String sender, String recipient, String correlationId) {
    Map<String, String> facts = new TreeMap<>();
    put(facts, "messageType", type, LONGEST_CANDIDATE);
    put(facts, "sender", sender, LONGEST_CANDIDATE);
    put(facts, "recipient", recipient, LONGEST_CANDIDATE);
    put(facts, "correlationId", correlationId, LONGEST_CANDIDATE);
    return facts;
  }

  private static void put(Map<String, String> facts, String name, String value, int longest) {
    if (!value.isEmpty()) {
      facts.put(name, value.length() > longest ? value.substring(0, longest) + "…" : value);
    }
  }

  /** What a message is called on the wire. */
  private static final class Names implements Outbound.Encoder<String> {
    @Override
    public String sdpOffer(Outbound.SdpOffer offer) {
      return "SDP_OFFER";
    }

    @Override
    public String iceCandidate(Outbound.IceCandidate candidate) {
      return "ICE_CANDIDATE";
    }

    @Override
    public String relayed(Outbound.Relayed message) {
      return message.type().toString();
    }

    @Override
    public String statusResponse(Outbound.StatusResponse response) {
      return "STATUS_RESPONSE";
    }

    @Override
    public String goAway(Outbound.GoAway goodbye) {
      return "GO_AWAY";
    }

    @Override
    public String reconnectIceServer(Outbound.ReconnectIceServer request) {
      return "RECONNECT_ICE_SERVER";
    }
  }

  /** What a message that goes to somebody says. */
  private record Facts(String recipient) implements Outbound.Encoder<Map<String, String>> {
    @Override
    public Map<String, String> sdpOffer(Outbound.SdpOffer offer) {
      Map<String, String> facts = facts("SDP_OFFER", STORAGE, recipient, "");
      put(facts, "sdp", offer.sdp(), LONGEST_SDP);
      return facts;
    }

    @Override
    public Map<String, String> iceCandidate(Outbound.IceCandidate candidate) {
      Map<String, String> facts = facts("ICE_CANDIDATE", STORAGE, recipient, "");
      put(facts, "candidate", candidate.candidate(), LONGEST_CANDIDATE);
      return facts;
    }

    @Override
    public Map<String, String> relayed(Outbound.Relayed message) {
      String sender =
          message.sender().isEmpty()
              ? Origin.client(Participant.MASTER)
              : Origin.viewer(message.sender());
      return facts(message.type().toString(), sender, recipient, "");
    }

    @Override
    public Map<String, String> statusResponse(Outbound.StatusResponse response) {
      Map<String, String> facts = facts("STATUS_RESPONSE", "", recipient, response.correlationId());
      put(facts, "reason", response.reason().toString(), LONGEST_CANDIDATE);
      return facts;
    }

    @Override
    public Map<String, String> goAway(Outbound.GoAway goodbye) {
      return facts("GO_AWAY", "", recipient, "");
    }

    @Override
    public Map<String, String> reconnectIceServer(Outbound.ReconnectIceServer request) {
      return facts("RECONNECT_ICE_SERVER", "", recipient, "");
    }
  }
}
