package io.github.kvslocal.fault;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The rules of an emulator, and the decision what befalls what. The same rules asked about the same
 * occasions in the same order decide the same: each rule has dice of its own.
 *
 * <p>Any thread may call it; with no rule it costs a look at one field.
 */
public final class FaultPlan {
  /** Of rules at the same time; ours. */
  static final int MOST_RULES = 1_000;

  /**
   * A rule as it is now.
   *
   * @param struck how often so far
   * @param ends when its time is over
   */
  public record Listed(String id, FaultRule rule, int struck, Instant ends) {}

  private static final class Entry {
    final String id;
    final String group;
    final FaultRule rule;
    final Instant ends;
    final Random dice;
    int struck;

    Entry(String id, String group, FaultRule rule, Instant ends) {
      this.id = id;
      this.group = group;
      this.rule = rule;
      this.ends = ends;
      this.dice = new Random(rule.seed());
    }

    boolean isOver(Instant now) {
      return !ends.isAfter(now);
    }

    /** It strikes no more, and holds for nothing that it has struck. */
    boolean isSpent(Instant now) {
      return isOver(now) || (struck >= rule.count() && !(rule.fault() instanceof Fault.OfMedia));
    }

    boolean strikes(Occasion occasion, Instant now) {
      if (isOver(now) || struck >= rule.count() || !rule.scope().covers(occasion)) {
        return false;
      }
      // Only where it is asked for: a certain rule throws no dice.
      if (rule.probability() < 1 && dice.nextDouble() >= rule.probability()) {
        return false;
      }
      struck++;
      return true;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private long numbers;
  private volatile boolean empty = true;

  /** Whether there is no rule at all. */
  public boolean isEmpty() {
    return empty;
  }

  /**
   * Adds a rule to the others; returns its id.
   *
   * @throws RefusedException if there are too many
   */
  public synchronized String add(FaultRule rule, Instant now) throws RefusedException {
    return add("", rule, now);
  }

  private String add(String group, FaultRule rule, Instant now) throws RefusedException {
    if (entries.size() >= MOST_RULES) {
      entries.removeIf(entry -> entry.isSpent(now));
    }
    if (entries.size() >= MOST_RULES) {
      throw new RefusedException(
          Reason.LIMIT_EXCEEDED,
          "There are %d rules of faults already; remove some of them first.".formatted(MOST_RULES));
    }
    String id = Long.toString(++numbers);
    entries.add(new Entry(id, group, rule, now.plus(rule.timeToLive())));
    empty = false;
    return id;
  }

  /**
   * Puts rules in place of all that this group has had.
   *
   * @param group names them, such as a channel whose tag they stand in; not empty
   * @throws RefusedException if there are too many
   */
  public synchronized void replace(String group, List<FaultRule> rules, Instant now)
      throws RefusedException {
    entries.removeIf(entry -> entry.group.equals(group));
    try {
      for (FaultRule rule : rules) {
        add(group, rule, now);
      }
    } finally {
      empty = entries.isEmpty();
    }
  }

  /** Removes a rule; returns whether there was one of this id. */
  public synchronized boolean remove(String id) {
    boolean removed = entries.removeIf(entry -> entry.id.equals(id));
    empty = entries.isEmpty();
    return removed;
  }

  /** Removes all rules. */
  public synchronized void clear() {
    entries.clear();
    empty = true;
  }

  /** The rules in the order in which they were added, those whose time is over left out. */
  public synchronized List<Listed> list(Instant now) {
    return entries.stream()
        .filter(entry -> !entry.isOver(now))
        .map(entry -> new Listed(entry.id, entry.rule, entry.struck, entry.ends))
        .toList();
  }

  /** The faults of this kind that befall this now, in the order of the rules. */
  public <F extends Fault> List<Strike<F>> strike(Class<F> kind, Occasion occasion, Instant now) {
    return strike(kind, occasion, new Lasting(), now);
  }

  /** The same for something that lasts, of the rules that have not been asked about it. */
  public <F extends Fault> List<Strike<F>> strike(
      Class<F> kind, Occasion occasion, Lasting what, Instant now) {
    if (empty) {
      return List.of();
    }
    List<Strike<F>> strikes = new ArrayList<>();
    synchronized (this) {
      for (Entry entry : entries) {
        if (kind.isInstance(entry.rule.fault())
            && what.asked.add(entry.id)
            && entry.strikes(occasion, now)) {
          what.struck.add(entry.id);
          strikes.add(new Strike<>(entry.id, kind.cast(entry.rule.fault())));
        }
      }
    }
    return strikes;
  }

  /** The faults of this kind that have befallen something and still hold. */
  public synchronized <F extends Fault> List<F> inForce(Class<F> kind, Lasting what, Instant now) {
    return entries.stream()
        .filter(entry -> what.struck.contains(entry.id) && !entry.isOver(now))
        .map(entry -> entry.rule.fault())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** When the next rule's time is over; {@link Instant#MAX} for never. */
  public synchronized Instant nextEnd(Instant now) {
    return entries.stream()
        .filter(entry -> !entry.isOver(now) && !entry.rule.timeToLive().equals(FaultRule.FOREVER))
        .map(entry -> entry.ends)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }
}
