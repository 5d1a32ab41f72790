package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.Lasting;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.session.PeerId;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.ChannelSignaling;
import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.signaling.ConnectionId;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingConnection;
import io.github.kvslocal.signaling.SignalingEffect;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.signaling.StorageOffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The signaling of one channel in motion: performs what its core decides, and wakes it in time.
 * Everything here runs on the channel's loop.
 */
final class Sockets implements SignalingEffect.Performer {
  /** The storage session of the channel. */
  interface Storage {
    /** What a client says to it. */
    void message(Participant from, Inbound.Message message) throws RefusedException;

    /** This peer's offer has gone out to its client; told each time, also when it had to wait. */
    void offerSent(PeerId peer);
  }

  /** A socket and whose it is. */
  private record Open(SignalingConnection connection, Participant whose) {}

  /** An alarm may be early, so what it finds is not told before. */
  private static final String LOOK =
      "the signaling sockets are looked at: idle ones, old ones, messages that have waited too long";

  private final SessionLoop loop;
  private final ChannelNotes notes;
  private final MessageNotes messages;
  private final Storage storage;
  private final Runnable onQuiet;
  private final ChannelSignaling signaling;
  private final ChannelFaults faults;
  private final SocketStrikes strikes;
  private final OfferFaults offerFaults;
  private final Map<ConnectionId, Open> connections = new HashMap<>();
  private final Map<SignalingConnection, ConnectionId> ids = new HashMap<>();
  private final Map<Long, CompletableFuture<String>> heldOffers = new HashMap<>();
  private long names;

  /** Of the socket whose end is being told; 0 for none that is known. */
  private int closeCode;

  private SessionLoop.Alarm alarm = () -> {};
  private Instant alarmAt = Instant.MAX;

  /**
   * @param onQuiet run on the loop when time may have taken the last thing that it waited for
   */
  Sockets(
      SignalingLimits limits,
      SessionLoop loop,
      ChannelNotes notes,
      ChannelFaults faults,
      Storage storage,
      Runnable onQuiet) {
    this.signaling = new ChannelSignaling(limits);
    this.loop = loop;
    this.faults = faults;
    this.strikes = new SocketStrikes(faults, loop);
    this.offerFaults = new OfferFaults(faults, loop, this::whose, this::performAll);
    this.notes = notes;
    this.messages = new MessageNotes(notes);
    this.storage = storage;
    this.onQuiet = onQuiet;
  }

  /** Keeps a place for a participant who is about to connect. */
  void admit(Participant participant) throws RefusedException {
    signaling.admit(participant, loop.now());
    wake();
  }

  /** Gives back the place of a participant who was admitted and has not connected. */
  void withdraw(Participant participant) {
    signaling.withdraw(participant);
    wake();
  }

  void opened(Participant participant, SignalingConnection connection, ChannelFacts facts) {
    ConnectionId id = new ConnectionId(++names);
    connections.put(id, new Open(connection, participant));
    ids.put(connection, id);
    perform(signaling.opened(id, participant, facts, loop.now()));
    strikes.opened(id, participant, connection);
  }

  void closed(SignalingConnection connection) {
    ConnectionId id = ids.remove(connection);
    if (id != null) {
      connections.remove(id);
      strikes.closed(id);
      closeCode = connection.closeCode();
      perform(signaling.closed(id));
      closeCode = 0;
    }
  }

  void received(SignalingConnection connection, Inbound message, ChannelFacts facts) {
    ConnectionId id = ids.get(connection);
    Open from = id == null ? null : connections.get(id);
    if (id != null && from != null && !declines(id, message)) {
      messages.received(from.whose(), message);
      perform(signaling.received(id, message, facts, loop.now()));
    }
  }

  /** Whether a fault has declined a message, whose sender wants to be told. */
  private boolean declines(ConnectionId id, Inbound message) {
    if (faults.isEmpty() || message.correlationId().isEmpty()) {
      return false;
    }
    String type = message instanceof Inbound.Message readable ? readable.type().name() : "";
    List<Fault.StatusResponse> struck =
        faults.strike(Fault.StatusResponse.class, whose(id), type, new Lasting());
    if (!struck.isEmpty()) {
      RefusedException refusal =
          new RefusedException(struck.get(0).reason(), "A fault of this emulator answers so.");
      perform(signaling.declined(id, message, refusal));
    }
    return !struck.isEmpty();
  }

  private Participant whose(ConnectionId id) {
    Open one = connections.get(id);
    return one == null ? Participant.MASTER : one.whose();
  }

  /** Rules of faults have come or gone. */
  void rulesChanged() {
    strikes.rulesChanged();
  }

  /** A frame without a message has come. */
  void active(SignalingConnection connection) {
    ConnectionId id = ids.get(connection);
    if (id != null) {
      signaling.active(id, loop.now());
    }
  }

  /**
   * Brings an offer of SendAlexaOfferToMaster to the master.
   *
   * @param answer completes with the answer's payload, or fails with a {@link RefusedException} or
   *     by {@link #failHeldOffers}
   */
  void alexaOffer(
      ClientId sender, String payload, ChannelFacts facts, CompletableFuture<String> answer) {
    long request = ++names;
    heldOffers.put(request, answer);
    var unused =
        answer.whenComplete((payloadOrNull, failure) -> loop.execute(() -> ended(request)));
    perform(signaling.alexaOffer(request, sender, payload, facts, loop.now()));
  }

  /** A held request has ended; if its client hung up, its offer goes nowhere. */
  private void ended(long request) {
    if (heldOffers.remove(request) != null) {
      perform(signaling.alexaAbandoned(request));
      onQuiet.run();
    }
  }

  /** Closes all of them: the channel is no more. */
  void channelDeleted() {
    perform(signaling.deleted());
  }

  /** What the control plane says of the channel now. */
  void learn(ChannelFacts facts) {
    signaling.learn(facts);
  }

  /**
   * Sends the storage session's offer, now or when its participant connects.
   *
   * @return whether it could be sent at once
   */
  boolean offer(StorageOffer offer) {
    boolean open = signaling.isConnected(offer.to());
    perform(signaling.storageOffer(offer, loop.now()));
    return open;
  }

  /** Nobody waits any more for an answer to this peer's offer, which may wait still. */
  void withdrawOffer(PeerId peer) {
    signaling.withdrawStorageOffer(peer.number());
    offerFaults.withdraw(peer.number());
    wake();
  }

  /** Our bug: nobody can say what became of the requests that are held, so they fail with it. */
  void failHeldOffers(Throwable bug) {
    List.copyOf(heldOffers.values()).forEach(answer -> answer.completeExceptionally(bug));
  }

  /** Closes all of them, and nothing falls due any more: the emulator ends or is reset. */
  void stop(String why) {
    perform(signaling.ended(why));
    alarm.cancel();
    strikes.stop();
    offerFaults.stop();
  }

  boolean isEmpty() {
    return connections.isEmpty() && signaling.isEmpty();
  }

  private void perform(List<SignalingEffect> effects) {
    performAll(offerFaults.befall(effects));
  }

  private void performAll(List<SignalingEffect> effects) {
    effects.forEach(effect -> effect.perform(this));
    wake();
  }

  /** An alarm that rings too early sets itself again, which costs less than one per message. */
  private void wake() {
    Instant deadline = signaling.nextDeadline().orElse(Instant.MAX);
    if (deadline.equals(Instant.MAX)) {
      alarm.cancel();
      alarmAt = deadline;
    } else if (deadline.isBefore(alarmAt)) {
      alarm.cancel();
      alarmAt = deadline;
      alarm = loop.schedule(deadline, LOOK, this::alarmHasRung);
    }
  }

  private void alarmHasRung() {
    alarmAt = Instant.MAX;
    perform(signaling.onDeadline(loop.now()));
    onQuiet.run();
  }

  @Override
  public void send(ConnectionId to, Outbound message) {
    Open open = connections.get(to);
    if (open != null) {
      messages.sent(open.whose(), message);
      open.connection().send(message);
    }
  }

  @Override
  public void close(ConnectionId id, CloseCode code, String reason) {
    Open open = connections.get(id);
    if (open != null) {
      notes.write(
          open.whose(),
          Event.CLOSE_SENT,
          "the emulator closes the signaling socket with code %d: %s"
              .formatted(code.number(), reason),
          () -> Map.of("closeCode", Integer.toString(code.number()), "reason", reason));
      open.connection().close(code, reason);
    }
  }

  @Override
  public void ping(ConnectionId id) {
    Open open = connections.get(id);
    if (open != null) {
      open.connection().ping();
    }
  }

  @Override
  public void toStorage(ConnectionId connection, Participant from, Inbound.Message message) {
    try {
      storage.message(from, message);
    } catch (RefusedException e) {
      perform(signaling.declined(connection, message, e));
    }
  }

  @Override
  public void storageOfferSent(long name) {
    storage.offerSent(new PeerId(name));
  }

  @Override
  public void answerHeldOffer(long request, String payload) {
    CompletableFuture<String> answer = heldOffers.remove(request);
    if (answer != null) {
      answer.complete(payload);
    }
  }

  @Override
  public void failHeldOffer(long request, Reason reason, String explanation) {
    CompletableFuture<String> answer = heldOffers.remove(request);
    if (answer != null) {
      answer.completeExceptionally(new RefusedException(reason, explanation));
    }
  }

  @Override
  public void note(Participant who, String event, String detail) {
    notes.write(who, named(event), detail, this::closeFacts);
  }

  @Override
  public void warn(Participant who, String event, String detail) {
    notes.warn(who, named(event), detail);
  }

  private Map<String, String> closeFacts() {
    return closeCode == 0 ? Map.of() : Map.of("closeCode", Integer.toString(closeCode));
  }

  /** The core does not know the journal, but its words. */
  private static Event named(String event) {
    return Event.of(event)
        .orElseThrow(() -> new IllegalStateException("no event of the journal: " + event));
  }
}
