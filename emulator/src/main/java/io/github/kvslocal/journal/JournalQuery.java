package io.github.kvslocal.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which entries are meant: those that meet every condition. Begin with {@link #ANY} and narrow it.
 *
 * @param channel a name or an ARN; empty for any, and for entries without one
 * @param client {@code master} or a viewer's client id; empty for any
 * @param session the id of a storage session; empty for any
 * @param events any of these; none for all
 * @param facts values that these facts must have
 * @param after only entries with a greater number
 */
public record JournalQuery(
    String channel,
    String client,
    String session,
    Set<Event> events,
    Map<String, String> facts,
    long after) {
  /** All entries. */
  public static final JournalQuery ANY =
      new JournalQuery("", "", "", Set.of(), Map.of(), /* after= */ 0);

  public JournalQuery {
    events = Set.copyOf(events);
    facts = Map.copyOf(facts);
  }

  /** All entries of these events. */
  public static JournalQuery of(Event first, Event... others) {
    Set<Event> all = new TreeSet<>(List.of(others));
    all.add(first);
    return new JournalQuery("", "", "", all, Map.of(), 0);
  }

  /** Only those of a channel, by name or ARN. */
  public JournalQuery channel(String nameOrArn) {
    return new JournalQuery(nameOrArn, client, session, events, facts, after);
  }

  /** Only those of a participant: {@code master} or a viewer's client id. */
  public JournalQuery client(String name) {
    return new JournalQuery(channel, name, session, events, facts, after);
  }

  /** Only those of a storage session. */
  public JournalQuery session(String id) {
    return new JournalQuery(channel, client, id, events, facts, after);
  }

  /** Only those with this fact. */
  public JournalQuery fact(String name, String value) {
    Map<String, String> more = new TreeMap<>(facts);
    more.put(name, value);
    return new JournalQuery(channel, client, session, events, more, after);
  }

  /** Only those that were written after this one. */
  public JournalQuery after(long number) {
    return new JournalQuery(channel, client, session, events, facts, number);
  }

  /** Whether an entry meets every condition. */
  public boolean matches(JournalEntry entry) {
    return entry.number() > after
        && (events.isEmpty() || events.contains(entry.event()))
        && isOfChannel(entry)
        && (client.isEmpty() || client.equals(entry.client()))
        && (session.isEmpty() || session.equals(entry.session()))
        && facts.entrySet().stream().allMatch(fact -> hasFact(entry, fact));
  }

  boolean isOfChannel(JournalEntry entry) {
    return channel.isEmpty()
        || channel.equals(entry.channel())
        || channel.equals(entry.origin().channelArn());
  }

  private static boolean hasFact(JournalEntry entry, Map.Entry<String, String> fact) {
    return fact.getValue().equals(entry.facts().get(fact.getKey()));
  }

  /** The conditions that an entry does not meet, each in words; none if it matches. */
  List<String> misses(JournalEntry entry) {
    List<String> misses = new ArrayList<>();
    if (!events.isEmpty() && !events.contains(entry.event())) {
      misses.add("event is " + entry.event().text());
    }
    if (!isOfChannel(entry)) {
      misses.add(miss("channel", entry.channel()));
    }
    if (!client.isEmpty() && !client.equals(entry.client())) {
      misses.add(miss("client", entry.client()));
    }
    if (!session.isEmpty() && !session.equals(entry.session())) {
      misses.add(miss("session", entry.session()));
    }
    new TreeMap<>(facts)
        .entrySet().stream()
            .filter(fact -> !hasFact(entry, fact))
            .forEach(fact -> misses.add(miss(fact.getKey(), entry.fact(fact.getKey()))));
    if (entry.number() <= after) {
      misses.add("not after #" + after);
    }
    return misses;
  }

  private static String miss(String what, String is) {
    return is.isEmpty() ? "no " + what : what + " is " + (is.length() > 80 ? "another" : is);
  }

  /** For a person: {@code connected for door/master}. */
  @Override
  public String toString() {
    String what =
        events.isEmpty()
            ? "entry"
            : events.stream().sorted().map(Event::text).collect(Collectors.joining(" or "));
    StringBuilder text = new StringBuilder(what);
    if (!channel.isEmpty() || !client.isEmpty()) {
      text.append(" for ").append(channel.isEmpty() ? "any channel" : channel);
      text.append(client.isEmpty() ? "" : "/" + client);
    }
    text.append(session.isEmpty() ? "" : " in " + session);
    new TreeMap<>(facts)
        .forEach((name, value) -> text.append(" with ").append(name).append(' ').append(value));
    return text.append(after == 0 ? "" : " after #" + after).toString();
  }
}
