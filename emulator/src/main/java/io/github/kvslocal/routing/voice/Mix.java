package io.github.kvslocal.routing.voice;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import org.jspecify.annotations.Nullable;

/**
 * What one listener hears, or several who hear the same: a lone talker's packets as they came, or
 * the sum of the talkers' voices encoded anew.
 *
 * <p>A decoder goes by what it has heard before: where it is given another encoder's packets it
 * errs for some frames, and loudly. Ours begin so that they do not depend on what was heard; a
 * talker's own packets do, so they are passed on again when he is quiet, or in the end.
 */
final class Mix {
  /** Ticks that a lone talker who is never quiet is encoded anew for: 10 s. */
  private static final int IMPATIENT = 500;

  private final OpusCodec codec;
  private final int[] sum = new int[PcmFrame.SAMPLES];
  private final short[] pcm = new short[PcmFrame.SAMPLES];
  private final Limiter limiter = new Limiter();
  private @Nullable OpusEncoder encoder;
  private long encodedTick = -1;

  /** When the listeners heard an encoding last, of this mix or of the one they heard before. */
  private long heardTick = -1;

  private long mixedTick;
  private long encoded;
  private long passed;

  Mix(OpusCodec codec) {
    this.codec = codec;
  }

  /**
   * The frame of a tick, or null if there is nothing to hear: a pause, as with discontinuous
   * transmission.
   *
   * @param voices who is heard
   * @param except whose voice is not in it
   * @param time what it is to be timed
   */
  @Nullable EncodedFrame frame(Chorus voices, @Nullable Talker except, MediaTime time) {
    Talker lone = voices.loneBeside(except);
    if (lone == null) {
      mixedTick = voices.tick();
    } else if (passesThrough(lone, voices.tick())) {
      EncodedFrame packet = lone.packet();
      passed += packet == null ? 0 : 1;
      return packet == null ? null : packet.at(time);
    }
    return voices.isHeardBeside(except) ? encode(voices, except, time) : null;
  }

  private boolean passesThrough(Talker lone, long tick) {
    if (!lone.passesThrough()) {
      return false;
    }
    boolean inTheMidst = heardTick == tick - 1 && tick - mixedTick < IMPATIENT;
    return !inTheMidst || lone.isSilent() || lone.isQuiet();
  }

  private @Nullable EncodedFrame encode(Chorus voices, @Nullable Talker except, MediaTime time) {
    OpusEncoder encoder = this.encoder;
    if (encoder == null) {
      encoder = codec.encoder();
      this.encoder = encoder;
    }
    if (encodedTick != voices.tick() - 1) {
      limiter.reset();
      voices.beforeBeside(except, sum);
      limiter.limit(sum, pcm);
      encoder.begin(pcm);
    }
    encodedTick = voices.tick();
    heardTick = encodedTick;
    voices.beside(except, sum);
    limiter.limit(sum, pcm);
    byte[] packet = encoder.encode(pcm);
    if (packet.length == 0) {
      return null;
    }
    encoded++;
    return new EncodedFrame(Track.AUDIO, time, true, packet);
  }

  /** The listener hears this other mix meanwhile. */
  void follow(Mix heard) {
    heardTick = heard.heardTick;
    mixedTick = heard.mixedTick;
  }

  /** Whether the newest tick's sound was encoded. */
  boolean encodes(Chorus voices) {
    return encodedTick == voices.tick();
  }

  /** Frames that were encoded. */
  long encoded() {
    return encoded;
  }

  /** Packets that went through untouched. */
  long passed() {
    return passed;
  }
}
