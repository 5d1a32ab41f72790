package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;

/** What a {@link ChannelSignaling} asks of the world. Plain data, so a test compares lists. */
public sealed interface SignalingEffect {
  void perform(Performer performer);

  /** One method per effect: adding an effect breaks the build of every performer. */
  interface Performer {
    void send(ConnectionId to, Outbound message);

    void close(ConnectionId connection, CloseCode code, String reason);

    void ping(ConnectionId connection);

    /** Hands an SDP_ANSWER or ICE_CANDIDATE to the storage session. */
    void toStorage(ConnectionId connection, Participant from, Inbound.Message message);

    /** The storage session's offer of this name goes out; told each time. */
    void storageOfferSent(long name);

    void answerHeldOffer(long request, String payload);

    void failHeldOffer(long request, Reason reason, String explanation);

    void note(Participant who, String event, String detail);

    void warn(Participant who, String event, String detail);
  }

  /** A message goes out; those of one connection in this order. */
  record Send(ConnectionId to, Outbound message) implements SignalingEffect {
    @Override
    public void perform(Performer performer) {
      performer.send(to, message);
    }
  }

  /**
   * A socket is closed (RFC 6455 section 7.4).
   *
   * @param reason at most 123 bytes of UTF-8
   */
  record Close(ConnectionId connection, CloseCode code, String reason) implements SignalingEffect {
    @Override
    public void perform(Performer performer) {
      performer.close(connection, code, reason);
    }
  }

  /** A client is asked whether it is there (RFC 6455 section 5.5.2). */
  record Ping(ConnectionId connection) implements SignalingEffect {
    @Override
    public void perform(Performer performer) {
      performer.ping(connection);
    }
  }

  /** A message is for the storage session; a refusal of it goes back over this connection. */
  record ToStorage(ConnectionId connection, Participant from, Inbound.Message message)
      implements SignalingEffect {
    @Override
    public void perform(Performer performer) {
      performer.toStorage(connection, from, message);
    }
  }

  /** The storage session's offer of this name has gone out: at once, or after it has waited. */
  record StorageOfferSent(long name) implements SignalingEffect {
    @Override
    public void perform(Performer performer) {
      performer.storageOfferSent(name);
    }
  }

  /** The master has answered an offer that came by SendAlexaOfferToMaster. */
  record AnswerHeldOffer(long request, String payload) implements SignalingEffect {
    @Override
    public void perform(Performer performer) {
      performer.answerHeldOffer(request, payload);
    }
  }

  /** An offer that came by SendAlexaOfferToMaster will not be answered. */
  record FailHeldOffer(long request, Reason reason, String explanation) implements SignalingEffect {
    @Override
    public void perform(Performer performer) {
      performer.failHeldOffer(request, reason, explanation);
    }
  }

  /** Something for the journal. */
  record Note(Participant who, String event, String detail) implements SignalingEffect {
    @Override
    public void perform(Performer performer) {
      performer.note(who, event, detail);
    }
  }

  /** Something for the journal that a user is probably looking for. */
  record Warning(Participant who, String event, String detail) implements SignalingEffect {
    @Override
    public void perform(Performer performer) {
      performer.warn(who, event, detail);
    }
  }
}
