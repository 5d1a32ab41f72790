package io.github.kvslocal.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One thing that happened.
 *
 * @param number counts from 1, in the order in which entries were written
 * @param at policy time
 * @param elapsed the machine's time since the journal was begun, wherever policy time was moved to
 * @param detail for a person to read
 * @param facts by name, as {@link Event#meaning} lists them; one that does not apply is absent
 */
public record JournalEntry(
    long number,
    Instant at,
    Duration elapsed,
    Origin origin,
    Event event,
    String detail,
    Map<String, String> facts) {
  public JournalEntry {
    facts = Map.copyOf(facts);
  }

  /** The name of its channel; empty if it is about none. */
  public String channel() {
    return origin.channel();
  }

  /** {@code master} or a viewer's client id; empty if it is about no participant. */
  public String client() {
    return origin.client();
  }

  /** The storage session that it belongs to; empty if it belongs to none. */
  public String session() {
    return origin.session();
  }

  /** A fact by its name; empty if it has none of this name. */
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  /** Characters of text in it, for the bound of all. */
  int weight() {
    int weight = detail.length();
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      weight += fact.getKey().length() + fact.getValue().length();
    }
    return weight;
  }

  /** One line for a person, without its longer facts. */
  @Override
  public String toString() {
    String where = origin.toString();
    return "#%d %s%s%s: %s"
        .formatted(number, event.text(), where.isEmpty() ? "" : " ", where, detail);
  }
}
