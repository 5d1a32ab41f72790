package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.FaultPlan;
import io.github.kvslocal.fault.FaultRule;
import io.github.kvslocal.fault.Lasting;
import io.github.kvslocal.fault.Occasion;
import io.github.kvslocal.fault.Strike;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The faults of one emulator at work: asked what befalls what, it writes each strike into the
 * journal, so that nobody wonders. Any thread may call it.
 */
public final class Faults {
  /** How long a rule lasts that was given with a request or a socket, unless it says so. */
  static final Duration LONGEST_SELECTED = Duration.ofHours(1);

  private final FaultPlan plan = new FaultPlan();
  private final Journal journal;
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

  /** No faults yet. */
  public Faults(Journal journal) {
    this.journal = journal;
  }

  /** Whether there are no rules; then nothing needs to be asked. */
  public boolean isEmpty() {
    return plan.isEmpty();
  }

  /** See {@link FaultPlan#add}; sockets and connections that are open are struck at once. */
  public String add(FaultRule rule, Instant now) throws RefusedException {
    String id = plan.add(rule, now);
    changed();
    return id;
  }

  /**
   * Adds rules that a client has chosen for itself: they hold for one participant of one channel
   * and, unless they say otherwise, strike once.
   */
  public void select(List<FaultRule> rules, Occasion whose, Instant now) throws RefusedException {
    for (FaultRule rule : rules) {
      FaultRule own = rule.onOperation("").onChannel(whose.channelArn()).forClient(whose.client());
      own = own.count() == FaultRule.ALWAYS ? own.times(1) : own;
      plan.add(
          own.timeToLive().equals(FaultRule.FOREVER) ? own.lasting(LONGEST_SELECTED) : own, now);
    }
    changed();
  }

  /** See {@link FaultPlan#replace}. */
  public void replace(String group, List<FaultRule> rules, Instant now) throws RefusedException {
    plan.replace(group, rules, now);
    changed();
  }

  /** See {@link FaultPlan#remove}. */
  public boolean remove(String id) {
    boolean removed = plan.remove(id);
    changed();
    return removed;
  }

  /** Removes all rules; what they hold in force ends. */
  public void clear() {
    plan.clear();
    changed();
  }

  /** See {@link FaultPlan#list}. */
  public List<FaultPlan.Listed> list(Instant now) {
    return plan.list(now);
  }

  /** Has somebody told, on any thread, whenever rules have come or gone. */
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  private void changed() {
    watchers.forEach(Runnable::run);
  }

  /**
   * The faults of this kind that befall this now.
   *
   * @param who for the journal
   */
  public <F extends Fault> List<F> strike(
      Class<F> kind, Occasion occasion, ChannelArn channel, String who, Instant now) {
    return strike(kind, occasion, new Lasting(), channel, who, now);
  }

  /** The same for something that lasts, of the rules that have not been asked about it. */
  <F extends Fault> List<F> strike(
      Class<F> kind, Occasion occasion, Lasting what, ChannelArn channel, String who, Instant now) {
    List<F> faults = new ArrayList<>();
    for (Strike<F> strike : plan.strike(kind, occasion, what, now)) {
      struck("rule " + strike.rule(), strike.fault(), channel, who, now);
      faults.add(strike.fault());
    }
    return faults;
  }

  /** As the journal calls this client. */
  public static String called(Participant who) {
    return Origin.client(who);
  }

  /**
   * Writes down that a fault has struck.
   *
   * @param why the rule that says so
   * @param who the client, as the journal calls it; empty if it is not known
   */
  public void struck(String why, Fault fault, ChannelArn channel, String who, Instant now) {
    journal.write(
        now,
        new Origin(channel.name(), channel.toString(), who, "", ""),
        Event.FAULT_STRUCK,
        why + " strikes: " + fault.text(),
        Map.of("fault", fault.text(), "cause", why));
  }

  /** See {@link FaultPlan#inForce}. */
  <F extends Fault> List<F> inForce(Class<F> kind, Lasting what, Instant now) {
    return plan.inForce(kind, what, now);
  }

  /** See {@link FaultPlan#nextEnd}. */
  Instant nextEnd(Instant now) {
    return plan.nextEnd(now);
  }
}
