package io.github.kvslocal.routing.voice;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sound of one talker's {@link Playout}, decoded only at ticks where somebody asks for it.
 *
 * <p>A decoder that has slept hears the last packets again before it goes on, so that a voice that
 * was passed through untouched begins in the mix as it was.
 */
final class DecodedVoice {
  /** Below this mean square, -50 dB of full scale, a step in the sound goes unnoticed. */
  private static final long QUIET = 10_000;

  /** How long a voice that goes on after a skipped frame is blended with it: 5 ms. */
  private static final int BLEND = 240;

  private final OpusCodec codec;
  private final Playout playout;
  private short[] frame = new short[PcmFrame.SAMPLES];

  /** The frame before. */
  private short[] frameBefore = new short[PcmFrame.SAMPLES];

  /** A packet that is not to be heard, but to be known. */
  private final short[] before = new short[OpusDecoder.MAX_SAMPLES];

  /** Decoded and not yet played: less than a frame, and the packets that complete it. */
  private final short[] sound = new short[PcmFrame.SAMPLES + OpusDecoder.MAX_SAMPLES];

  private int sounding;
  private byte[] bytes = new byte[0];
  private @Nullable OpusDecoder decoder;
  private long decodedTick = -1;
  private boolean quiet;

  DecodedVoice(OpusCodec codec, Playout playout) {
    this.codec = codec;
    this.playout = playout;
  }

  /** Whether the newest frame was decoded. */
  boolean isDecoded() {
    return decodedTick == playout.ticks();
  }

  /** Whether the newest frame was decoded and is as good as silent. */
  boolean isQuiet() {
    return isDecoded() && quiet;
  }

  /** The sound of the newest tick; valid until the next. */
  short[] frame() {
    if (!isDecoded()) {
      decode(awake());
      decodedTick = playout.ticks();
      quiet = meanSquare() < QUIET;
    }
    return frame;
  }

  /** The sound of the tick before; valid after that of the newest. */
  short[] frameBefore() {
    return frameBefore;
  }

  private OpusDecoder awake() {
    OpusDecoder decoder = this.decoder;
    if (decoder == null) {
      decoder = codec.decoder();
      this.decoder = decoder;
    }
    if (decodedTick == playout.ticks() - 1) {
      short[] next = frameBefore;
      frameBefore = frame;
      frame = next;
    } else {
      decoder.reset();
      int samples = 0;
      for (VoicePacket packet : playout.recent()) {
        decode(decoder, packet, before, 0);
        samples = packet.samples();
      }
      recall(samples);
    }
    return decoder;
  }

  /** What the last of the recent packets leaves to be heard, and what was heard of it. */
  private void recall(int samples) {
    sounding = Math.min(playout.leftOfRecent(), samples);
    int heard = samples - sounding;
    System.arraycopy(before, heard, sound, 0, sounding);
    int known = playout.wasSilent() ? 0 : Math.min(heard, PcmFrame.SAMPLES);
    Arrays.fill(frameBefore, (short) 0);
    System.arraycopy(before, heard - known, frameBefore, PcmFrame.SAMPLES - known, known);
  }

  private void decode(OpusDecoder decoder) {
    switch (playout.slot()) {
      case SILENT -> {
        sounding = 0;
        Arrays.fill(frame, (short) 0);
      }
      case GAP -> conceal(decoder);
      case PACKET, SOUND -> {
        boolean blends = !playout.skipped().isEmpty();
        for (VoicePacket packet : playout.skipped()) {
          decode(decoder, packet, before, 0);
        }
        takeSound(decoder);
        if (blends) {
          blend();
        }
      }
    }
  }

  private void conceal(OpusDecoder decoder) {
    VoicePacket next = playout.afterGap();
    if (next != null && next.isWholeFrame()) {
      decoder.recover(bytes(next), next.frame().size(), frame);
    } else {
      decoder.conceal(frame);
    }
    if (playout.fadesOut()) {
      for (int i = 0; i < frame.length; i++) {
        frame[i] = (short) (frame[i] * (frame.length - i) / frame.length);
      }
    }
  }

  private void takeSound(OpusDecoder decoder) {
    // Less than a frame, and the packets taken begin within a frame: so there is room for each.
    sounding = Math.min(sounding, playout.leftOfRecent());
    for (VoicePacket packet : playout.taken()) {
      decode(decoder, packet, sound, sounding);
      sounding += packet.samples();
    }
    int taken = Math.min(sounding, PcmFrame.SAMPLES);
    System.arraycopy(sound, 0, frame, 0, taken);
    Arrays.fill(frame, taken, PcmFrame.SAMPLES, (short) 0);
    sounding -= taken;
    System.arraycopy(sound, taken, sound, 0, sounding);
  }

  /** Decodes a packet; one that the decoder refuses is silence of its length. */
  private void decode(OpusDecoder decoder, VoicePacket packet, short[] pcm, int at) {
    int samples = decoder.decode(bytes(packet), packet.frame().size(), pcm, at);
    if (samples != packet.samples()) {
      Arrays.fill(pcm, at, at + packet.samples(), (short) 0);
    }
  }

  private byte[] bytes(VoicePacket packet) {
    int size = packet.frame().size();
    if (bytes.length < size) {
      bytes = new byte[size];
    }
    packet.frame().data().get(bytes, 0, size);
    return bytes;
  }

  private void blend() {
    for (int i = 0; i < BLEND; i++) {
      frame[i] = (short) ((before[i] * (BLEND - i) + frame[i] * i) / BLEND);
    }
  }

  private long meanSquare() {
    long sum = 0;
    for (short sample : frame) {
      sum += sample * sample;
    }
    return sum / frame.length;
  }
}
