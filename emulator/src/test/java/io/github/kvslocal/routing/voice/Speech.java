package io.github.kvslocal.routing.voice;

import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Voices for tests with the real codec: each says one tone, and is told apart by it. */
public final class Speech {
  /** The amplitude of every tone. */
  public static final int VOLUME = 6_000;

  private static final int LONGEST_PACKET = 5_760;

  private Speech() {}

  /** Packets of 20 ms from time zero: silence, and from this time on the tone. */
  public static List<EncodedFrame> tone(int frequency, Duration silence, Duration end) {
    OpusEncoder encoder = new ConcentusOpus().encoder();
    List<EncodedFrame> packets = new ArrayList<>();
    short[] pcm = new short[PcmFrame.SAMPLES];
    for (long at = 0; at < end.toNanos(); at += PcmFrame.NANOS) {
      for (int i = 0; i < pcm.length; i++) {
        double angle = Tones.angle(frequency, packets.size() * pcm.length + i);
        pcm[i] = at < silence.toNanos() ? 0 : (short) Math.round(VOLUME * Math.sin(angle));
      }
      packets.add(new EncodedFrame(Track.AUDIO, new MediaTime(at), true, encoder.encode(pcm)));
    }
    return packets;
  }

  /** The same without silence. */
  public static List<EncodedFrame> tone(int frequency, Duration end) {
    return tone(frequency, Duration.ZERO, end);
  }

  /** Decodes packets of 20 ms, one after the other, as a player would. */
  public static short[] decode(List<ByteBuffer> packets) {
    OpusDecoder decoder = new ConcentusOpus().decoder();
    short[] pcm = new short[packets.size() * PcmFrame.SAMPLES + LONGEST_PACKET];
    for (int i = 0; i < packets.size(); i++) {
      byte[] bytes = new byte[packets.get(i).remaining()];
      packets.get(i).duplicate().get(bytes);
      decoder.decode(bytes, bytes.length, pcm, i * PcmFrame.SAMPLES);
    }
    return pcm;
  }

  /** What is in the last 0.8 seconds of packets. */
  public static Tones tones(List<ByteBuffer> packets) {
    int end = packets.size() * PcmFrame.SAMPLES;
    int length = Math.min(38_400, end);
    return new Tones(decode(packets), end - length, length);
  }
}
