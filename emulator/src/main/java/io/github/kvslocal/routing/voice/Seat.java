package io.github.kvslocal.routing.voice;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * A participant's place in the room. Who talks hears a mix without himself, who does not hears what
 * everybody else hears: an encoding of its own each.
 *
 * <p>Who stops talking stays with his own until both have said the same for a while: then the one
 * can be decoded after the other as if it had always been heard.
 */
final class Seat {
  /** Ticks in which encoders of the same sound become alike: 200 ms. */
  private static final int ALIKE = 10;

  private final boolean listens;
  private final Talker talker;
  private final Mix others;

  /** Whether he hears his own mix. */
  private boolean apart;

  /** Ticks since when the two mixes do the same. */
  private int alike;

  Seat(OpusCodec codec, boolean listens, boolean master) {
    this.listens = listens;
    talker = new Talker(codec, master);
    others = new Mix(codec);
  }

  boolean listens() {
    return listens;
  }

  Talker talker() {
    return talker;
  }

  /** What everybody but himself says. */
  Mix others() {
    return others;
  }

  /**
   * What he hears in a tick, or null if there is nothing to hear.
   *
   * @param everybody the mix of all; there is a frame of it if somebody listens without a voice
   * @param all that frame, or null if there is nothing to hear in it
   */
  @Nullable EncodedFrame hear(
      Chorus voices, Mix everybody, @Nullable EncodedFrame all, MediaTime time) {
    boolean talks = voices.has(talker);
    if (!talks && !apart) {
      others.follow(everybody);
      return all;
    }
    apart = true;
    EncodedFrame own = others.frame(voices, talker, time);
    boolean same = !talks && others.encodes(voices) == everybody.encodes(voices);
    alike = same ? alike + 1 : 0;
    if (alike >= ALIKE) {
      apart = false;
      alike = 0;
    }
    return own;
  }
}
