package io.github.kvslocal.journal;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Explains why a query found nothing, or not what was expected: how far its client came, what
 * happened there last, and which entries came nearest, with the conditions that each fails.
 */
final class NearMisses {
  private static final int MOST_LAST = 8;
  private static final int MOST_NEAREST = 5;
  private static final int MOST_CHANNELS = 10;
  private static final int LONGEST_LINE = 400;

  /** How far a participant comes on the way to a recording, in this order. */
  private static final List<Event> WAY =
      List.of(
          Event.SIGNALING_OPENED,
          Event.JOINED,
          Event.OFFER_SENT,
          Event.ANSWERED,
          Event.ICE_CONNECTED,
          Event.DTLS_FINISHED,
          Event.CONNECTED,
          Event.FIRST_PACKET,
          Event.FIRST_KEY_FRAME,
          Event.FRAGMENT_STORED);

  private final JournalQuery query;
  private final List<JournalEntry> entries;

  /**
   * @param entries all that are kept
   */
  NearMisses(JournalQuery query, List<JournalEntry> entries) {
    this.query = query;
    this.entries = entries;
  }

  /** Lines for a person to read; the last one does not end. */
  String text() {
    List<JournalEntry> there = entries.stream().filter(this::isThere).toList();
    if (there.isEmpty()) {
      return nobodyThere();
    }
    StringBuilder text = new StringBuilder(64);
    text.append(way(there));
    text.append("What happened there last:");
    there
        .subList(Math.max(0, there.size() - MOST_LAST), there.size())
        .forEach(entry -> text.append("\n  ").append(line(entry)));
    nearest(text);
    return text.toString();
  }

  private String nobodyThere() {
    Set<String> channels =
        entries.stream()
            .map(JournalEntry::origin)
            .filter(origin -> !origin.channel().isEmpty())
            .map(Origin::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    if (entries.isEmpty()) {
      return "The journal is empty: no request and no socket has come.";
    }
    StringBuilder text = new StringBuilder(64);
    text.append("The journal has no entry of ").append(place()).append("; ");
    text.append(
        channels.isEmpty()
            ? "it has none of any channel."
            : "it has some of "
                + channels.stream().limit(MOST_CHANNELS).collect(Collectors.joining(", "))
                + (channels.size() > MOST_CHANNELS ? " and others." : "."));
    nearest(text);
    return text.toString();
  }

  private String place() {
    if (query.channel().isEmpty() && query.client().isEmpty()) {
      return query.session().isEmpty() ? "that kind" : query.session();
    }
    return query.client().isEmpty()
        ? query.channel()
        : (query.channel().isEmpty() ? "any channel" : query.channel()) + "/" + query.client();
  }

  /** Whether it is of the channel, client and session that the query is about. */
  private boolean isThere(JournalEntry entry) {
    return query.isOfChannel(entry)
        && (query.client().isEmpty() || query.client().equals(entry.client()))
        && (query.session().isEmpty() || query.session().equals(entry.session()));
  }

  /** The way's steps that were made, and the first that was not; of a single client only. */
  private String way(List<JournalEntry> there) {
    if (query.client().isEmpty() || query.channel().isEmpty()) {
      return "";
    }
    Set<Event> seen = there.stream().map(JournalEntry::event).collect(Collectors.toSet());
    String made =
        WAY.stream().filter(seen::contains).map(Event::text).collect(Collectors.joining(", "));
    String lacking =
        WAY.stream()
            .filter(step -> !seen.contains(step))
            .filter(step -> step != Event.SIGNALING_OPENED)
            .filter(this::concernsClient)
            .findFirst()
            .map(step -> "there is no " + step.text())
            .orElse("no step is missing");
    return "Of the way to a recording there is %s; %s.\n"
        .formatted(made.isEmpty() ? "nothing" : made, lacking);
  }

  /** A viewer's pictures are not recorded. */
  private boolean concernsClient(Event step) {
    return query.client().equals("master") || WAY.indexOf(step) <= WAY.indexOf(Event.CONNECTED);
  }

  /** Those that fail the fewest conditions, and of these the newest. */
  private void nearest(StringBuilder text) {
    Predicate<JournalEntry> misses = entry -> !query.misses(entry).isEmpty();
    List<JournalEntry> nearest =
        entries.stream()
            .filter(misses)
            .sorted(
                Comparator.comparingInt((JournalEntry entry) -> query.misses(entry).size())
                    .thenComparing(Comparator.comparingLong(JournalEntry::number).reversed()))
            .limit(MOST_NEAREST)
            .toList();
    if (nearest.isEmpty()) {
      return;
    }
    text.append("\nNearest entries, and what each fails:");
    for (JournalEntry entry : nearest) {
      text.append("\n  ")
          .append(line(entry))
          .append("  <- ")
          .append(String.join(", ", query.misses(entry)));
    }
  }

  private static String line(JournalEntry entry) {
    String line = entry.toString().replace('\n', ' ').replace('\r', ' ');
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }
}
