package io.github.kvslocal.assertions;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalEntry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a recording has less than was expected: how far its newest master came on the way to a
 * fragment, by the journal, and the first step that is missing.
 */
final class Cause {
  private static final int MOST_LAST = 8;
  private static final int LONGEST_LINE = 300;

  private final String name;
  private final RecordingSource.Meant meant;
  private final List<JournalEntry> channel;
  private final List<JournalEntry> master;

  /**
   * @param entries all of the channel, oldest first
   */
  Cause(String name, RecordingSource.Meant meant, List<JournalEntry> entries) {
    this.name = name;
    this.meant = meant;
    this.channel = entries;
    this.master =
        sinceLastJoin(
            entries.stream()
                .filter(entry -> entry.client().equals("master"))
                .filter(entry -> entry.event() != Event.REQUEST)
                .toList());
  }

  /** What came before the newest join says nothing of it, but for its socket and its refusal. */
  private static List<JournalEntry> sinceLastJoin(List<JournalEntry> all) {
    long join =
        all.stream()
            .filter(entry -> entry.event() == Event.JOINED)
            .map(JournalEntry::number)
            .max(Comparator.naturalOrder())
            .orElse(0L);
    return all.stream()
        .filter(entry -> entry.number() >= join || entry.event() == Event.SIGNALING_OPENED)
        .toList();
  }

  /** What to fail with. */
  String message(int stored, int wanted, Duration waited) {
    String head =
        stored == 0
            ? "no fragment of %s within %s: ".formatted(name, seconds(waited))
            : "%d of %d fragments of %s within %s: "
                .formatted(stored, wanted, name, seconds(waited));
    return head + text(waited) + befell() + last();
  }

  /** The cause alone. */
  String text(Duration waited) {
    if (meant.stream().isEmpty()) {
      return meant.channel().isEmpty()
          ? "there is no channel and no stream of this name; create it with createChannel(\"%s\")"
              .formatted(name)
          : "the channel is mapped to no stream; call UpdateMediaStorageConfiguration, or create it"
              + " with createChannel(\"%s\")".formatted(name);
    }
    if (meant.channel().isEmpty()) {
      return "no channel is mapped to this stream; call UpdateMediaStorageConfiguration";
    }
    if (master.isEmpty()) {
      return hasViewers()
          ? "no master joined, only viewers did; what is recorded comes from the master"
          : "nobody joined: no master's signaling socket and no join came";
    }
    String stage = stage(waited);
    return find(Event.PEER_ENDED)
        .map(end -> stage + "; then its connection ended: " + end.detail())
        .orElse(stage);
  }

  private boolean hasViewers() {
    return channel.stream()
        .anyMatch(entry -> !entry.client().isEmpty() && !entry.client().equals("master"));
  }

  private String stage(Duration waited) {
    if (!has(Event.JOINED)) {
      return find(Event.JOIN_REFUSED)
          .map(refused -> "the master's join was refused: " + refused.detail())
          .orElse(
              "the master's signaling socket opened, but it did not join; it has to call"
                  + " JoinStorageSession");
    }
    if (!has(Event.OFFER_SENT)) {
      return unsentOffer();
    }
    if (!has(Event.ANSWERED)) {
      return find(Event.ANSWER_REFUSED)
          .map(refused -> "the offer was sent, and the answer was refused: " + refused.detail())
          .orElse("the offer was sent, but no answer came");
    }
    return has(Event.CONNECTED) ? connected(waited) : unconnected();
  }

  private String unsentOffer() {
    if (has(Event.OFFER_DROPPED)) {
      return "the master joined before its signaling socket, and its offer was dropped; join again";
    }
    return has(Event.SIGNALING_OPENED)
        ? "the master joined, but no offer went out to it"
        : "the master joined, but has no signaling socket for the offer; it has to connect as"
            + " master first";
  }

  private String unconnected() {
    Optional<JournalEntry> failed = find(Event.ICE_FAILED).or(() -> find(Event.DTLS_FAILED));
    if (has(Event.ICE_CONNECTED)) {
      return "the master answered, ICE connected, but DTLS did not finish"
          + failed.map(entry -> ": " + entry.detail()).orElse("");
    }
    return "the master answered, but ICE did not connect"
        + failed
            .map(entry -> ": " + entry.detail())
            .orElse("; are its candidates sent, and is the emulator's address reachable?");
  }

  private String connected(Duration waited) {
    String so = "the master connected, DTLS finished, but ";
    if (has(Event.FRAGMENT_STORED)) {
      return recorded();
    }
    if (has(Event.RECORDING_INTERRUPTED)) {
      return "key frames came, but fragments are lost: " + detail(Event.RECORDING_INTERRUPTED);
    }
    if (has(Event.PARAMETER_SETS_MISSING) && !has(Event.PICTURE_SIZE)) {
      return so + "no parameter sets came: " + detail(Event.PARAMETER_SETS_MISSING);
    }
    if (has(Event.FIRST_KEY_FRAME)) {
      return "the first key frame came, but no fragment is whole yet: one ends at a later key"
          + " frame, or when the master leaves";
    }
    if (has(Event.MEDIA_UNREADABLE)) {
      return so + "what came is no media: " + detail(Event.MEDIA_UNREADABLE);
    }
    if (!has(Event.FIRST_PACKET)) {
      return so + "no packet came";
    }
    return firstPacketOf("video")
        ? so + "no key frame came in " + seconds(waited)
        : so + "only sound came, no picture";
  }

  private String recorded() {
    if (has(Event.RECORDING_ENDED)) {
      return "the recording ended: " + detail(Event.RECORDING_ENDED);
    }
    if (has(Event.RECORDING_INTERRUPTED) && !has(Event.RECORDING_RESUMED)) {
      return "fragments are lost since: " + detail(Event.RECORDING_INTERRUPTED);
    }
    return find(Event.KEY_FRAME_MISSING)
        .filter(missing -> !has(Event.KEY_FRAME_CAME))
        .map(missing -> "it stopped: " + missing.detail())
        .orElse("the recording goes on; give it more time, or more media");
  }

  private boolean firstPacketOf(String track) {
    return master.stream()
        .filter(entry -> entry.event() == Event.FIRST_PACKET)
        .anyMatch(entry -> entry.fact("track").equals(track));
  }

  /** A fault is the likeliest cause, and the one that a reader has forgotten first. */
  private String befell() {
    String faults =
        channel.stream()
            .filter(entry -> entry.event() == Event.FAULT_STRUCK)
            .map(JournalEntry::detail)
            .distinct()
            .limit(MOST_LAST)
            .map(Cause::line)
            .collect(Collectors.joining("\n  "));
    return faults.isEmpty() ? "" : "\nFaults befell it:\n  " + faults;
  }

  private String last() {
    if (channel.isEmpty()) {
      return "";
    }
    return channel.subList(Math.max(0, channel.size() - MOST_LAST), channel.size()).stream()
        .map(entry -> "\n  " + line(entry.toString()))
        .collect(Collectors.joining("", "\nWhat happened there last:", ""));
  }

  private static String line(String text) {
    String line = text.replace('\n', ' ').replace('\r', ' ');
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }

  private boolean has(Event event) {
    return find(event).isPresent();
  }

  private String detail(Event event) {
    return find(event).map(JournalEntry::detail).orElse("");
  }

  /** The newest of them. */
  private Optional<JournalEntry> find(Event event) {
    return master.stream()
        .filter(entry -> entry.event() == event)
        .max(Comparator.comparingLong(JournalEntry::number));
  }

  private static String seconds(Duration waited) {
    return waited.toMillis() % 1_000 == 0 ? waited.toSeconds() + " s" : waited.toMillis() + " ms";
  }
}
