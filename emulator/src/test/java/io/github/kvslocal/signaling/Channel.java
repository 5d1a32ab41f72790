package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A channel under test, in virtual time: performs nothing, writes down everything. */
final class Channel implements SignalingEffect.Performer {
  static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  static final Duration TTL = Duration.ofSeconds(60);
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final ChannelFacts PLAIN = new ChannelFacts(false, TTL);
  static final ChannelFacts RECORDED = new ChannelFacts(true, TTL);

  private final ChannelSignaling signaling;
  private final Map<ConnectionId, String> names = new HashMap<>();
  private final List<String> events = new ArrayList<>();
  private final List<Long> storageOffersSent = new ArrayList<>();
  private ChannelFacts facts = PLAIN;
  private Instant now = START;
  private long ids;

  Channel() {
    this(SignalingLimits.DOCUMENTED);
  }

  Channel(SignalingLimits limits) {
    this.signaling = new ChannelSignaling(limits);
  }

  static Participant viewer(String id) {
    return new Participant.Viewer(new ClientId(id));
  }

  Channel recorded(boolean storage) {
    facts = storage ? RECORDED : PLAIN;
    return this;
  }

  /** Opens a socket; what goes over it is written down under this name. */
  ConnectionId open(String name, Participant participant) {
    ConnectionId id = new ConnectionId(++ids);
    names.put(id, name);
    perform(signaling.opened(id, participant, facts, now));
    return id;
  }

  ConnectionId open(Participant participant) {
    return open(participant.toString(), participant);
  }

  void close(ConnectionId id) {
    perform(signaling.closed(id));
  }

  void say(ConnectionId from, MessageType type, String recipient, String payload) {
    say(from, type, recipient, payload, "");
  }

  void say(
      ConnectionId from, MessageType type, String recipient, String payload, String correlation) {
    hear(from, new Inbound.Message(type, recipient, new PlainPayload(payload), correlation));
  }

  void hear(ConnectionId from, Inbound message) {
    perform(signaling.received(from, message, facts, now));
  }

  /** A ping or pong of its client comes. */
  void isAlive(ConnectionId from) {
    signaling.active(from, now);
  }

  void admit(Participant participant) throws RefusedException {
    signaling.admit(participant, now);
  }

  void withdraw(Participant participant) {
    signaling.withdraw(participant);
  }

  void decline(ConnectionId id, Inbound message, RefusedException refusal) {
    perform(signaling.declined(id, message, refusal));
  }

  void storageOffers(long name, Participant to, String sdp, String... candidates) {
    perform(
        signaling.storageOffer(
            new StorageOffer(
                name,
                to,
                new Outbound.SdpOffer(sdp),
                Stream.of(candidates).map(each -> new Outbound.IceCandidate(each, 0)).toList(),
                PATIENCE),
            now));
  }

  void learn(ChannelFacts channel) {
    signaling.learn(channel);
  }

  void withdrawStorageOffer(long name) {
    signaling.withdrawStorageOffer(name);
  }

  void alexa(long request, String sender, String payload) {
    perform(signaling.alexaOffer(request, new ClientId(sender), payload, facts, now));
  }

  void hangUp(long request) {
    perform(signaling.alexaAbandoned(request));
  }

  void delete() {
    perform(signaling.deleted());
  }

  /** Lets time pass, waking the channel whenever it asked for it. */
  void advance(Duration duration) {
    Instant target = now.plus(duration);
    for (Optional<Instant> next = due(target); next.isPresent(); next = due(target)) {
      now = next.get().isAfter(now) ? next.get() : now;
      perform(signaling.onDeadline(now));
    }
    now = target;
  }

  private Optional<Instant> due(Instant target) {
    return signaling.nextDeadline().filter(deadline -> !deadline.isAfter(target));
  }

  boolean isEmpty() {
    return signaling.isEmpty() && signaling.nextDeadline().isEmpty();
  }

  /** All that happened since the last call of any of these, in order. */
  List<String> all() {
    List<String> all = List.copyOf(events);
    events.clear();
    return all;
  }

  /** All that was to be done since the last call, without notes. */
  List<String> done() {
    List<String> done = events.stream().filter(event -> !event.startsWith("note ")).toList();
    events.clear();
    return done;
  }

  /** The names of the storage session's offers that went out so far. */
  List<Long> storageOffersSent() {
    return List.copyOf(storageOffersSent);
  }

  /** The notes since the last call of either. */
  List<String> notes() {
    List<String> notes = events.stream().filter(event -> event.startsWith("note ")).toList();
    events.clear();
    return notes;
  }

  private void perform(List<SignalingEffect> effects) {
    effects.forEach(effect -> effect.perform(this));
  }

  @Override
  public void send(ConnectionId to, Outbound message) {
    events.add(names.get(to) + " hears " + message.encode(new Words()));
  }

  @Override
  public void close(ConnectionId connection, CloseCode code, String reason) {
    events.add(names.get(connection) + " is closed with " + code.number() + ": " + reason);
  }

  @Override
  public void ping(ConnectionId connection) {
    events.add(names.get(connection) + " is pinged");
  }

  @Override
  public void toStorage(ConnectionId connection, Participant from, Inbound.Message message) {
    events.add("storage hears " + message.type() + " of " + from);
  }

  @Override
  public void storageOfferSent(long name) {
    storageOffersSent.add(name);
  }

  @Override
  public void answerHeldOffer(long request, String payload) {
    events.add("request " + request + " is answered with " + payload);
  }

  @Override
  public void failHeldOffer(long request, Reason reason, String explanation) {
    events.add("request " + request + " fails: " + reason + " " + explanation);
  }

  @Override
  public void note(Participant who, String event, String detail) {
    events.add("note " + who + " " + event + ": " + detail);
  }

  @Override
  public void warn(Participant who, String event, String detail) {
    note(who, event + "!", detail);
  }

  /** Messages as a person would say them. */
  private static final class Words implements Outbound.Encoder<String> {
    @Override
    public String sdpOffer(Outbound.SdpOffer offer) {
      return "offer " + offer.sdp() + " of storage";
    }

    @Override
    public String iceCandidate(Outbound.IceCandidate candidate) {
      return "candidate " + candidate.candidate() + " of storage";
    }

    @Override
    public String relayed(Outbound.Relayed message) {
      return message.type()
          + " "
          + message.payload()
          + (message.sender().isEmpty() ? "" : " of " + message.sender());
    }

    @Override
    public String statusResponse(Outbound.StatusResponse response) {
      return "STATUS_RESPONSE " + response.correlationId() + " " + response.reason();
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
}
