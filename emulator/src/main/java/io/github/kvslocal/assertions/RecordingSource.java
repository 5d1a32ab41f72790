package io.github.kvslocal.assertions;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.routing.voice.OpusCodec;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where recordings come from.
 *
 * @param codec for the levels of sound
 */
public record RecordingSource(FragmentStore store, Journal journal, OpusCodec codec) {
  /**
   * What a name means now.
   *
   * @param channel its name; empty if there is no such channel
   * @param stream none if there is no such stream, or if the channel is mapped to none
   */
  public record Meant(String channel, Optional<StreamArn> stream) {}

  /** The recording of what a name means, which may come to be later. Any thread may ask it. */
  public Recording of(String name, Supplier<Meant> meaning) {
    return new Recording(this, name, meaning);
  }
}
