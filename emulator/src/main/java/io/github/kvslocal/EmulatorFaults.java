package io.github.kvslocal;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.FaultPlan;
import io.github.kvslocal.fault.FaultRule;
import io.github.kvslocal.fault.FaultText;
import io.github.kvslocal.runtime.Faults;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The faults of an emulator: rules that say what befalls which clients. They can be added and
 * removed at any time, and each strike is in the journal as {@code fault-struck}. Any thread may
 * call it.
 */
public final class EmulatorFaults {
  private final Faults faults;
  private final InstantSource clock;

  EmulatorFaults(Faults faults, InstantSource clock) {
    this.faults = faults;
    this.clock = clock;
  }

  /**
   * Adds a rule; returns its id. Sockets and connections that are open already are struck as new
   * ones are.
   *
   * @throws IllegalStateException if there are 1,000 already
   */
  public String add(FaultRule rule) {
    try {
      return faults.add(rule, clock.instant());
    } catch (RefusedException e) {
      throw new IllegalStateException(e.explanation(), e);
    }
  }

  /** Adds a rule for this fault that strikes once, whatever comes first; returns its id. */
  public String next(Fault fault) {
    return add(FaultRule.of(fault).times(1));
  }

  /**
   * Adds the rules of a text, such as {@code "go-away after=5s channel=door"}; see {@link
   * FaultText}. Returns their ids.
   *
   * @throws IllegalArgumentException if it is not understood, saying how it is written
   */
  public List<String> add(String text) {
    List<FaultRule> rules;
    try {
      rules = FaultText.parse(text);
    } catch (RefusedException e) {
      throw new IllegalArgumentException(e.explanation(), e);
    }
    List<String> ids = new ArrayList<>();
    rules.forEach(rule -> ids.add(add(rule)));
    return ids;
  }

  /** Removes a rule, and ends what it holds in force; returns whether there was one of this id. */
  public boolean remove(String id) {
    return faults.remove(id);
  }

  /** Removes all rules, those of headers and tags included. */
  public void clear() {
    faults.clear();
  }

  /** The rules, oldest first, with how often each has struck. */
  public List<FaultPlan.Listed> list() {
    return faults.list(clock.instant());
  }
}
