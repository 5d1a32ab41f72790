package io.github.kvslocal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.routing.voice.OpusDecoder;
import io.github.kvslocal.routing.voice.OpusEncoder;
import io.github.kvslocal.routing.voice.PcmFrame;
import io.github.kvslocal.rtp.opus.OpusPacket;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConcentusOpusTest {
  private static final int LONGEST = 5_760;

  private final ConcentusOpus codec = new ConcentusOpus();
  private final OpusDecoder decoder = codec.decoder();
  private final OpusEncoder encoder = codec.encoder();
  private final short[] pcm = new short[LONGEST];

  @Test
  void packetIsTwentyMilliseconds() throws MalformedPacketException {
    byte[] packet = encoder.encode(noise(new Random(1), 8_000));

    assertThat(OpusPacket.samples(packet, 0, packet.length)).isEqualTo(PcmFrame.SAMPLES);
    assertThat(decoder.decode(packet, packet.length, pcm, 0)).isEqualTo(PcmFrame.SAMPLES);
  }

  @Test
  void silenceCostsNextToNothing() {
    assertThat(encoder.encode(new short[PcmFrame.SAMPLES])).hasSizeLessThan(10);
  }

  @Test
  void gapIsConcealedWithWhatWasHeard() {
    short[] tone = new short[PcmFrame.SAMPLES];
    for (int frame = 0; frame < 10; frame++) {
      for (int i = 0; i < tone.length; i++) {
        tone[i] = (short) (10_000 * Math.sin(0.05 * (frame * tone.length + i)));
      }
      byte[] packet = encoder.encode(tone);
      decoder.decode(packet, packet.length, pcm, 0);
    }

    decoder.conceal(pcm);

    assertThat(peak()).isGreaterThan(3_000);
  }

  @Test
  void resetDecoderConcealsWithSilence() {
    byte[] packet = encoder.encode(noise(new Random(2), 8_000));
    decoder.decode(packet, packet.length, pcm, 0);
    decoder.reset();

    decoder.conceal(pcm);

    assertThat(peak()).isZero();
  }

  @Test
  void decoderSurvivesAnyBytes() {
    Random random = new Random(4);
    for (int i = 0; i < 6_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(i % 50 == 0 ? 1_300 : 60)];
      random.nextBytes(bytes);
      if (i % 3 == 0) {
        bytes[0] &= (byte) 0xFC; // one frame: more of these can be decoded
      }
      if (i % 7 == 0) {
        decoder.recover(bytes, bytes.length, pcm);
      }

      assertThat(decoder.decode(bytes, bytes.length, pcm, 0)).isBetween(0, LONGEST);
    }
  }

  @Test
  void decoderSurvivesDamagedPackets() {
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      byte[] packet = encoder.encode(noise(random, 1 + random.nextInt(Short.MAX_VALUE)));
      for (int damage = random.nextInt(4); damage > 0; damage--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt();
      }

      assertThat(decoder.decode(packet, 1 + random.nextInt(packet.length), pcm, 0))
          .isBetween(0, LONGEST);
    }
  }

  @Test
  void encoderSurvivesAnySound() {
    Random random = new Random(6);
    for (int i = 0; i < 400; i++) {
      if (random.nextInt(20) == 0) {
        encoder.begin(noise(random, 8_000));
      }

      assertThat(encoder.encode(noise(random, 1 + random.nextInt(Short.MAX_VALUE))))
          .hasSizeBetween(1, 1_200);
    }
  }

  @Test
  void rehearsalNeedsNothing() {
    ConcentusOpus.rehearse();
  }

  private static short[] noise(Random random, int loudness) {
    short[] noise = new short[PcmFrame.SAMPLES];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (short) (random.nextInt(2 * loudness) - loudness);
    }
    return noise;
  }

  private int peak() {
    int peak = 0;
    for (int i = 0; i < PcmFrame.SAMPLES; i++) {
      peak = Math.max(peak, Math.abs(pcm[i]));
    }
    return peak;
  }
}
