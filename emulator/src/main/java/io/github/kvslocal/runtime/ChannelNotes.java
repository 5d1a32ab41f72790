package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.Origin;
import io.github.kvslocal.session.PeerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes what happens in one channel into the journal, at the policy time of its loop.
 *
 * <p>Of what a client can cause with every message it sends, the first three that say something
 * different in a second are written and the rest is counted: nobody can push out what the journal
 * holds of others. Of messages themselves these are the first {@value #MOST_MESSAGES_IN_A_SECOND},
 * also if they are the same.
 */
final class ChannelNotes {
  private static final Map<Event, Integer> OF_EVERY_MESSAGE =
      Map.of(
          Event.ANSWER_IGNORED, 3,
          Event.ANSWER_REFUSED, 3,
          Event.CANDIDATE_IGNORED, 3,
          Event.MESSAGE_DECLINED, 3,
          Event.MESSAGE_EXPIRED, 3,
          Event.MESSAGE_IGNORED, 3,
          Event.MESSAGE_WAITS, 3,
          Event.OFFER_NOT_DELIVERED, 3,
          Event.MESSAGE_RECEIVED, ChannelNotes.MOST_MESSAGES_IN_A_SECOND,
          Event.MESSAGE_SENT, ChannelNotes.MOST_MESSAGES_IN_A_SECOND);

  /** An offer, an answer and twice the candidates that a browser trickles. */
  private static final int MOST_MESSAGES_IN_A_SECOND = 40;

  /** After it nothing more comes that could tell how many there were. */
  private static final Event LAST = Event.SIGNALING_CLOSED;

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  /** Of participants and events together; the oldest is forgotten. */
  private static final int MOST_TALLIES = 256;

  private final ChannelArn channel;
  private final Journal journal;
  private final SessionLoop loop;
  private final Map<Repeated, Tally> tallies = new LinkedHashMap<>();
  private String session;

  /** How it is written. */
  enum Weight {
    NOTE,
    WARNING,
    ERROR
  }

  /** What is counted together. */
  private record Repeated(String client, String peer, Event event) {
    static Repeated of(Origin who, Event event) {
      return new Repeated(who.client(), who.peer(), event);
    }
  }

  /** One second, in the machine's time, since policy time may stand still. */
  private static final class Tally {
    final long since;
    final Set<String> told = new HashSet<>();
    int written = 1;
    int more;

    Tally(long since) {
      this.since = since;
    }
  }

  ChannelNotes(ChannelArn channel, Journal journal, SessionLoop loop) {
    this.channel = channel;
    this.journal = journal;
    this.loop = loop;
    this.session = journal.newSession();
  }

  /** The channel that they are of. */
  ChannelArn channel() {
    return channel;
  }

  /** From here on they are of another storage session, but not those of peers that are open. */
  void nextSession() {
    session = journal.newSession();
  }

  /** Those of one peer, which stay with the storage session in which it was opened. */
  PeerNotes of(PeerId peer, Participant whose) {
    return new PeerNotes(this, origin(whose).ofPeer(peer.toString()));
  }

  /** Of all of the channel. */
  void write(Event event, String detail) {
    write(Weight.NOTE, Origin.of(channel, session), event, detail, Map::of);
  }

  /** Of a participant. */
  void write(Participant who, Event event, String detail) {
    write(who, event, detail, Map::of);
  }

  /**
   * The same.
   *
   * @param facts are asked for only if the entry is written
   */
  void write(Participant who, Event event, String detail, Supplier<Map<String, String>> facts) {
    write(Weight.NOTE, origin(who), event, detail, facts);
  }

  /** The same for what a user probably looks for. */
  void warn(Participant who, Event event, String detail) {
    write(Weight.WARNING, origin(who), event, detail, Map::of);
  }

  private Origin origin(Participant who) {
    return Origin.of(channel, session).of(who);
  }

  void write(
      Weight weight, Origin who, Event event, String detail, Supplier<Map<String, String>> facts) {
    if (event == LAST) {
      tellAllOf(who);
    }
    Optional<String> text = written(who, event, detail);
    if (text.isPresent()) {
      switch (weight) {
        case NOTE -> journal.write(loop.now(), who, event, text.get(), facts.get());
        case WARNING -> journal.warn(loop.now(), who, event, text.get(), facts.get());
        case ERROR -> journal.error(loop.now(), who, event, text.get(), facts.get());
      }
    }
  }

  /** What to write, with how many were not written before; empty if it is counted only. */
  private Optional<String> written(Origin who, Event event, String detail) {
    Integer most = OF_EVERY_MESSAGE.get(event);
    if (most == null) {
      return Optional.of(detail);
    }
    Repeated what = Repeated.of(who, event);
    Tally tally = tallies.get(what);
    if (tally != null && loop.nanoTime() - tally.since < SECOND_NANOS) {
      if (tally.written < most && (event.isFrequent() || tally.told.add(detail))) {
        tally.written++;
        return Optional.of(detail);
      }
      tally.more++;
      return Optional.empty();
    }
    begin(what, detail);
    return Optional.of(
        tally == null || tally.more == 0
            ? detail
            : detail + "; and %d more like it before".formatted(tally.more));
  }

  private void begin(Repeated what, String detail) {
    tallies.remove(what);
    if (tallies.size() == MOST_TALLIES) {
      tallies.remove(tallies.keySet().iterator().next());
    }
    Tally tally = new Tally(loop.nanoTime());
    tally.told.add(detail);
    tallies.put(what, tally);
  }

  private void tellAllOf(Origin who) {
    for (Iterator<Map.Entry<Repeated, Tally>> all = tallies.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Repeated, Tally> each = all.next();
      if (each.getKey().equals(Repeated.of(who, each.getKey().event()))) {
        all.remove();
        int more = each.getValue().more;
        if (more > 0) {
          journal.write(
              loop.now(), who, each.getKey().event(), more + " more like the last one", Map.of());
        }
      }
    }
  }
}
