package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.journal.Journal;

/** Writes what happens in one channel into the journal, at the policy time of its loop. */
final class ChannelNotes {
  private final ChannelArn channel;
  private final Journal journal;
  private final SessionLoop loop;

  ChannelNotes(ChannelArn channel, Journal journal, SessionLoop loop) {
    this.channel = channel;
    this.journal = journal;
    this.loop = loop;
  }

  /**
   * @param who the participant or its peer
   */
  void write(Object who, String event, String detail) {
    journal.write(loop.now(), channel, who.toString(), event, detail);
  }

  /** The same for what a user probably looks for. */
  void warn(Object who, String event, String detail) {
    journal.warn(loop.now(), channel, who.toString(), event, detail);
  }
}
