package io.github.kvslocal.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.routing.voice.OpusEncoder;
import io.github.kvslocal.routing.voice.PcmFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoudnessTest {
  @Test
  void squareWaveOfFullScaleIsZero() {
    short[] pcm = new short[100];
    Arrays.fill(pcm, Short.MIN_VALUE);

    assertThat(Loudness.dbfs(pcm, pcm.length)).isZero();
  }

  @Test
  void silenceHasALevel() {
    assertThat(Loudness.dbfs(new short[100], 100)).isEqualTo(AudioLevel.SILENCE);
  }

  @Test
  void encodedSineIsAsLoudAsItWas() {
    List<AudioLevel> levels = new Loudness(new ConcentusOpus()).of(sine(Short.MAX_VALUE / 10.0));

    // A tenth is -20 dB, and a sine is 3 dB below a square wave; the first packet fades in.
    assertThat(levels).hasSize(50);
    assertThat(levels.get(0).length()).isEqualTo(Duration.ofMillis(20));
    assertThat(levels.subList(5, 50))
        .allSatisfy(level -> assertThat(level.dbfs()).isCloseTo(-23, within(1.5)));
  }

  @Test
  void whatIsNoPacketIsLeftOut() {
    RecordedFrame broken = packet(0, new byte[] {(byte) 0xff, 0});

    assertThat(new Loudness(new ConcentusOpus()).of(List.of(broken))).isEmpty();
  }

  private static List<RecordedFrame> sine(double amplitude) {
    OpusEncoder encoder = new ConcentusOpus().encoder();
    List<RecordedFrame> packets = new ArrayList<>();
    short[] pcm = new short[PcmFrame.SAMPLES];
    for (int frame = 0; frame < 50; frame++) {
      for (int i = 0; i < pcm.length; i++) {
        pcm[i] = (short) (amplitude * Math.sin(0.06 * (frame * pcm.length + i)));
      }
      packets.add(packet(frame * 20L, encoder.encode(pcm)));
    }
    return packets;
  }

  private static RecordedFrame packet(long millis, byte[] data) {
    return new RecordedFrame(
        Track.AUDIO, Instant.EPOCH.plusMillis(millis), /* keyFrame= */ true, ByteBuffer.wrap(data));
  }
}
