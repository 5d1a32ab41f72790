package io.github.kvslocal.conformance.master;

import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.routing.voice.OpusEncoder;
import io.github.kvslocal.routing.voice.PcmFrame;
import java.util.ArrayList;
import java.util.List;

/** Somebody who sings one note without end. */
public final class Tones {
  private static final int VOLUME = 8_000;
  private static final int MILLIS = 20;

  private Tones() {}

  /** Packets of 20 ms of a sine from time zero, really encoded. */
  public static List<EncodedFrame> of(int hertz, int seconds) {
    OpusEncoder encoder = new ConcentusOpus().encoder();
    short[] pcm = new short[PcmFrame.SAMPLES];
    List<EncodedFrame> packets = new ArrayList<>();
    long sample = 0;
    for (int packet = 0; packet < seconds * 1_000 / MILLIS; packet++) {
      for (int index = 0; index < pcm.length; index++) {
        pcm[index] = (short) (VOLUME * Math.sin(2 * Math.PI * hertz * sample++ / PcmFrame.RATE));
      }
      packets.add(
          new EncodedFrame(
              Track.AUDIO, MediaTime.ofMillis((long) packet * MILLIS), true, encoder.encode(pcm)));
    }
    return packets;
  }
}
