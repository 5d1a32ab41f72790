package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.journal.Journal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what happens in one channel into the journal, at the policy time of its loop.
 *
 * <p>Of what a client can cause with every message it sends, the first three that say something
 * different in a second are written and the rest is counted: nobody can push out what the journal
 * holds of others.
 */
final class ChannelNotes {
  private static final Set<String> OF_EVERY_MESSAGE =
      Set.of(
          "answer-ignored",
          "answer-refused",
          "candidate-ignored",
          "message-declined",
          "message-expired",
          "message-ignored",
          "message-waits",
          "offer-not-delivered");

  /** After it nothing more comes that could tell how many there were. */
  private static final String LAST = "signaling-closed";

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int MOST_IN_A_SECOND = 3;

  /** Of participants and events together; the oldest is forgotten. */
  private static final int MOST_TALLIES = 256;

  private final ChannelArn channel;
  private final Journal journal;
  private final SessionLoop loop;
  private final Map<Repeated, Tally> tallies = new LinkedHashMap<>();

  /** What is counted together. */
  private record Repeated(String who, String event) {}

  /** One second, in the machine's time, since policy time may stand still. */
  private static final class Tally {
    final long since;
    final Set<String> written = new HashSet<>();
    int more;

    Tally(long since) {
      this.since = since;
    }
  }

  ChannelNotes(ChannelArn channel, Journal journal, SessionLoop loop) {
    this.channel = channel;
    this.journal = journal;
    this.loop = loop;
  }

  /** The channel that they are of. */
  ChannelArn channel() {
    return channel;
  }

  /**
   * @param who the participant or its peer
   */
  void write(Object who, String event, String detail) {
    if (event.equals(LAST)) {
      tellAllOf(who.toString());
    }
    written(who, event, detail)
        .ifPresent(text -> journal.write(loop.now(), channel, who.toString(), event, text));
  }

  /** The same for what a user probably looks for. */
  void warn(Object who, String event, String detail) {
    written(who, event, detail)
        .ifPresent(text -> journal.warn(loop.now(), channel, who.toString(), event, text));
  }

  /** The same for what is lost. */
  void error(Object who, String event, String detail) {
    written(who, event, detail)
        .ifPresent(text -> journal.error(loop.now(), channel, who.toString(), event, text));
  }

  /** What to write, with how many were not written before; empty if it is counted only. */
  private Optional<String> written(Object who, String event, String detail) {
    if (!OF_EVERY_MESSAGE.contains(event)) {
      return Optional.of(detail);
    }
    Repeated what = new Repeated(who.toString(), event);
    Tally tally = tallies.get(what);
    if (tally != null && loop.nanoTime() - tally.since < SECOND_NANOS) {
      if (tally.written.size() < MOST_IN_A_SECOND && tally.written.add(detail)) {
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
    tally.written.add(detail);
    tallies.put(what, tally);
  }

  private void tellAllOf(String who) {
    for (Iterator<Map.Entry<Repeated, Tally>> all = tallies.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Repeated, Tally> each = all.next();
      if (each.getKey().who().equals(who)) {
        all.remove();
        int more = each.getValue().more;
        if (more > 0) {
          journal.write(
              loop.now(), channel, who, each.getKey().event(), more + " more like the last one");
        }
      }
    }
  }
}
