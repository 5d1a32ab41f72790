package io.github.kvslocal.routing.voice;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one listener hears, or several who hear the same: a lone talker's packets as they came, or
 * the sum of the talkers' voices encoded anew.
 */
final class Mix {
  private final OpusCodec codec;
  private final int[] sum = new int[PcmFrame.SAMPLES];
  private final short[] pcm = new short[PcmFrame.SAMPLES];
  private final Limiter limiter = new Limiter();
  private @Nullable OpusEncoder encoder;
  private long encodedTick = -1;
  private long encoded;
  private long passed;

  Mix(OpusCodec codec) {
    this.codec = codec;
  }

  /**
   * The frame of a tick, at no particular time, or null if there is nothing to hear: a pause, as
   * with discontinuous transmission.
   *
   * @param talkers who sends audio
   * @param except who is not in it
   * @param tick its number
   */
  @Nullable EncodedFrame frame(List<Talker> talkers, @Nullable Talker except, long tick) {
    Talker lone = null;
    int count = 0;
    for (Talker talker : talkers) {
      if (talker != except) {
        lone = talker;
        count++;
      }
    }
    if (count == 1 && lone != null && lone.passesThrough()) {
      EncodedFrame packet = lone.packet();
      passed += packet == null ? 0 : 1;
      return packet;
    }
    return add(talkers, except) ? encode(tick) : null;
  }

  /** Adds the voices up; returns whether there are any. */
  private boolean add(List<Talker> talkers, @Nullable Talker except) {
    boolean any = false;
    Arrays.fill(sum, 0);
    for (Talker talker : talkers) {
      if (talker != except && !talker.isSilent()) {
        any = true;
        short[] sound = talker.sound();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += sound[i];
        }
      }
    }
    return any;
  }

  private @Nullable EncodedFrame encode(long tick) {
    OpusEncoder encoder = this.encoder;
    if (encoder == null) {
      encoder = codec.encoder();
      this.encoder = encoder;
    } else if (encodedTick != tick - 1) {
      encoder.reset();
      limiter.reset();
    }
    encodedTick = tick;
    limiter.limit(sum, pcm);
    byte[] packet = encoder.encode(pcm);
    if (packet.length == 0) {
      return null;
    }
    encoded++;
    return new EncodedFrame(Track.AUDIO, MediaTime.ZERO, true, packet);
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
