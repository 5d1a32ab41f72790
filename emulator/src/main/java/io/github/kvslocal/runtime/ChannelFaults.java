package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.Lasting;
import io.github.kvslocal.fault.Occasion;
import java.time.Instant;
import java.util.List;

/** The faults of one channel, asked on its loop at its time. */
final class ChannelFaults {
  private final Faults faults;
  private final ChannelNotes notes;
  private final SessionLoop loop;

  ChannelFaults(Faults faults, ChannelNotes notes, SessionLoop loop) {
    this.faults = faults;
    this.notes = notes;
    this.loop = loop;
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  /** The faults of this kind that befall something of this participant now. */
  <F extends Fault> List<F> strike(Class<F> kind, Participant who) {
    return strike(kind, who, "", new Lasting());
  }

  /** The same for a message, or for something that lasts. */
  <F extends Fault> List<F> strike(Class<F> kind, Participant who, String operation, Lasting what) {
    return faults.isEmpty()
        ? List.of()
        : faults.strike(
            kind,
            Occasion.of(notes.channel(), who).of(operation),
            what,
            notes.channel(),
            Faults.called(who),
            loop.now());
  }

  /** The faults of this kind that have befallen something and still hold. */
  <F extends Fault> List<F> inForce(Class<F> kind, Lasting what) {
    return faults.isEmpty() ? List.of() : faults.inForce(kind, what, loop.now());
  }

  /** When the next rule's time is over; {@link Instant#MAX} for never. */
  Instant nextEnd() {
    return faults.nextEnd(loop.now());
  }
}
