package io.github.kvslocal.routing.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodedVoiceTest {
  private final Playout playout = new Playout();
  private final DecodedVoice voice = new DecodedVoice(new LevelOpus(), playout);

  /** A frame may begin in the midst of a packet that nobody wanted to have decoded. */
  @ParameterizedTest
  @CsvSource({"1, 10", "2, 10", "3, 10", "3, 11", "3, 12", "6, 10", "6, 11", "6, 12", "12, 13"})
  void soundIsWholeFromTheFirstFrameThatIsWanted(int tens, int first) {
    int samples = 480 * tens;
    int sent = 0;
    for (int tick = 0; tick < first + 6; tick++) {
      long at = tick * PcmFrame.NANOS;
      while (sent * PcmFrame.nanos(samples) <= at + 200_000_000L) {
        playout.push(packet(sent, tens, samples), sent * PcmFrame.nanos(samples));
        sent++;
      }
      playout.tick(at + 300_000_000L, false);

      if (tick >= first) {
        assertThat(voice.frame()).containsOnly((short) 1_000);
      }
    }

    assertThat(voice.frameBefore()).containsOnly((short) 1_000);
  }

  private static VoicePacket packet(int number, int tens, int samples) {
    MediaTime time = new MediaTime(number * PcmFrame.nanos(samples));
    byte[] data = LevelOpus.packetOfTens(tens, 1_000);
    return new VoicePacket(new EncodedFrame(Track.AUDIO, time, true, data), samples);
  }
}
