package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.session.PeerId;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.Inbound;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel: its sockets and its storage session, and which message goes where. Everything here
 * runs on the channel's loop.
 */
final class ChannelDriver implements Sockets.Storage {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelDriver.class);

  private final ChannelArn channel;
  private final SessionLoop loop;
  private final ChannelNotes notes;
  private final Sockets sockets;
  private final SessionDriver session;

  /**
   * @param onQuiet run on the loop whenever a peer has gone or a wait is over
   */
  ChannelDriver(ChannelArn channel, EmulatorRuntime world, Runnable onQuiet) {
    this.channel = channel;
    this.loop = new GuardedLoop(world.loops().apply(channel.toString()), this::onBug);
    this.notes = new ChannelNotes(channel, world.journal(), loop);
    ChannelFaults faults = new ChannelFaults(world.faults(), notes, loop);
    this.sockets = new Sockets(world.signaling(), loop, notes, faults, this, onQuiet);
    this.session = new SessionDriver(world, loop, sockets, notes, faults, onQuiet);
  }

  /** Our bug, on this session's loop: this session ends, all others live. */
  private void onBug(Throwable bug) {
    report(bug);
    sockets.failHeldOffers(bug);
    end("internal failure");
  }

  private void report(Throwable bug) {
    LOG.atError()
        .addKeyValue("channel", channel.name())
        .setCause(bug)
        .log("a bug of the emulator ends this storage session; please report it");
  }

  SessionLoop loop() {
    return loop;
  }

  /** Whether it can be forgotten. */
  boolean isUnused() {
    return sockets.isEmpty() && session.isUnused();
  }

  void join(StreamArn stream, Participant participant, ChannelFacts facts) throws RefusedException {
    sockets.learn(facts);
    session.join(stream, participant);
  }

  Sockets sockets() {
    return sockets;
  }

  void channelDeleted() {
    sockets.channelDeleted();
    session.storageEnded("the channel was deleted");
  }

  /** Rules of faults have come or gone. */
  void rulesChanged() {
    sockets.rulesChanged();
    session.rulesChanged();
  }

  /** Ends the session for all; the sockets stay. */
  void storageEnded(String why) {
    session.storageEnded(why);
  }

  /** Ends every peer. */
  void end(String why) {
    session.end(why, this::report);
  }

  /** Closes every socket and ends every peer, and the emulator with it. */
  void shutDown(String why) {
    sockets.stop(why);
    end(why);
  }

  /** The storage session as it is now. */
  SessionView view() {
    return new SessionView(channel, session.views());
  }

  /** Completes when the fate of everything that was recorded so far is known. */
  CompletableFuture<Void> stored() {
    return session.stored();
  }

  /** Only now has it to be readable. */
  @Override
  public void message(Participant from, Inbound.Message message) throws RefusedException {
    switch (message.type()) {
      case SDP_ANSWER -> session.answer(from, message.payload().description());
      case ICE_CANDIDATE -> session.candidate(from, message.payload().candidate());
      case SDP_OFFER -> throw new IllegalStateException("the storage session takes no offers");
    }
  }

  @Override
  public void offerSent(PeerId peer) {
    session.offerSent(peer);
  }
}
