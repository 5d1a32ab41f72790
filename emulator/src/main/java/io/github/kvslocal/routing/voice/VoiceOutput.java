package io.github.kvslocal.routing.voice;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.EncodedFrame;

/** Where a {@link VoiceRoom} sends what is heard. Called within the calls of the room. */
public interface VoiceOutput {
  /**
   * A listener hears this.
   *
   * @param frame an Opus packet of 20 ms, timed on the room's live clock; times of a listener
   *     increase strictly, in whole steps of 20 ms; a gap is a pause
   */
  void heard(Participant listener, EncodedFrame frame);

  /**
   * A viewer begins to send audio while the master is present: from here on the mix of everybody is
   * what is to be stored.
   */
  void mixBegins();

  /**
   * The mix of everybody.
   *
   * @param frame an Opus packet of 20 ms, timed on the live clock of the master's sound by the
   *     master's own voice in it, or up to a frame behind; times mostly increase by 20 ms, but may
   *     repeat, step back or leave a gap when the master's clock is caught up with
   */
  void mixed(EncodedFrame frame);

  /** No viewer sends audio any more, or the master is gone. */
  void mixEnds();
}
