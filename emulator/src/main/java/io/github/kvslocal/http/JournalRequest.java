package io.github.kvslocal.http;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalQuery;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is wanted of the journal, as its URL says it.
 *
 * @param limit at most so many entries, from 1
 * @param patience how long to wait if there are none; zero not to wait
 */
record JournalRequest(JournalQuery query, int limit, Duration patience) {
  static final int MOST_ENTRIES = 1_000;
  static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** No id, name or ARN is longer. */
  private static final int LONGEST_TEXT = 1_024;

  private static final int MOST_DIGITS = 18;
  private static final List<String> NAMES =
      List.of("channel", "client", "session", "event", "after", "limit", "wait");

  static JournalRequest of(MultiMap parameters) throws RefusedException {
    for (String name : parameters.names()) {
      if (!NAMES.contains(name)) {
        throw refused("'" + Value.shortened(name) + "' is no parameter of it; there are " + NAMES);
      }
    }
    JournalQuery query =
        new JournalQuery(
            text(parameters, "channel"),
            text(parameters, "client"),
            text(parameters, "session"),
            events(text(parameters, "event")),
            Map.of(),
            number(parameters, "after", 0, 0, Long.MAX_VALUE));
    int limit = (int) number(parameters, "limit", MOST_ENTRIES, 1, MOST_ENTRIES);
    return new JournalRequest(query, limit, patience(text(parameters, "wait")));
  }

  /** Empty if it is absent. */
  private static String text(MultiMap parameters, String name) throws RefusedException {
    List<String> values = parameters.getAll(name);
    if (values.size() > 1) {
      throw refused("'" + name + "' is given more than once");
    }
    String value = values.isEmpty() ? "" : values.get(0);
    if (value.length() > LONGEST_TEXT) {
      throw refused("'" + name + "' has more than " + LONGEST_TEXT + " characters");
    }
    return value;
  }

  private static Set<Event> events(String list) throws RefusedException {
    Set<Event> events = new TreeSet<>();
    if (!list.isEmpty()) {
      for (String text : list.split(",", -1)) {
        events.add(
            Event.of(text)
                .orElseThrow(
                    () ->
                        refused(
                            "'%s' is no event; there are %s"
                                .formatted(Value.shortened(text), List.of(Event.values())))));
      }
    }
    return events;
  }

  private static long number(MultiMap parameters, String name, long absent, long least, long most)
      throws RefusedException {
    String text = text(parameters, name);
    if (text.isEmpty()) {
      return absent;
    }
    boolean digits =
        text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    long number = digits ? Long.parseLong(text) : -1;
    if (number < least || number > most) {
      throw refused(
          "'%s' has to be a whole number from %d%s"
              .formatted(name, least, most == Long.MAX_VALUE ? "" : " to " + most));
    }
    return number;
  }

  private static Duration patience(String text) throws RefusedException {
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      Duration patience = Duration.parse(text);
      if (!patience.isNegative() && patience.compareTo(LONGEST_WAIT) <= 0) {
        return patience.isZero() || patience.toMillis() > 0 ? patience : Duration.ofMillis(1);
      }
    } catch (DateTimeParseException e) {
      // As if it were too long.
    }
    throw refused("'wait' has to be an ISO 8601 duration from PT0S to PT60S, such as PT5S");
  }

  private static RefusedException refused(String complaint) {
    return new RefusedException(
        Reason.INVALID_ARGUMENT,
        "The query has to be like ?channel=door&event=connected&wait=PT5S, but " + complaint + ".");
  }
}
