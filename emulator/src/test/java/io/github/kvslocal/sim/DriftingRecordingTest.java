package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.DatagramKind;
import io.github.kvslocal.rtp.packet.Bytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten minutes of a sender whose sampling clocks do not keep the time of its own wall clock, as its
 * reports tell, and what becomes of lip sync in the recording.
 */
class DriftingRecordingTest {
  private static final int SECONDS = 600;
  private static final int OPUS = 111;
  private static final int SENDER_REPORT = 200;
  private static final byte[] SETS = parameterSets();
  private static final LinkModel PATH =
      LinkModel.PERFECT.withDelay(Duration.ofMillis(20)).withJitter(Duration.ofMillis(10));

  @ParameterizedTest(
      name = "picture {0} ppm, sound {1} ppm, no reports {2} s to {3} s, wall {4} ms")
  @CsvSource({
    "0, 0, 0, 0, 0",
    "0, -5000, 0, 0, 0",
    "0, 5000, 0, 0, 0",
    "-5000, 0, 0, 0, 0",
    "5000, 0, 0, 0, 0",
    "5000, -5000, 0, 0, 0",
    "0, -5000, 300, 360, 0",
    "0, 5000, 300, 360, 0",
    "-5000, 0, 60, 120, 0",
    "0, -5000, 0, 0, 3600000",
    "0, -5000, 0, 0, -3600000",
    "0, 5000, 0, 0, 300",
    "0, -5000, 0, 0, -300",
    "0, -5000, 290, 350, 3600000"
  })
  void pictureAndSoundStayWithinFortyMilliseconds(
      int picturePace, int soundPace, int silentFrom, int silentTo, int wallStep) throws Exception {
    OddClocks clocks = new OddClocks(picturePace, soundPace, silentFrom, silentTo, wallStep);
    RecordedMaster master = new RecordedMaster(PATH, clocks, 1, frames());

    master.play(Duration.ofSeconds(SECONDS + 3));

    List<MatroskaBlock> pictures = master.recorded(Track.VIDEO);
    List<MatroskaBlock> sounds = master.recorded(Track.AUDIO);
    assertThat(pictures).hasSizeGreaterThan(SECONDS * 5 - 10);
    assertThat(sounds).hasSizeGreaterThan(SECONDS * 50 - 10);
    int at = 0;
    long worst = 0;
    for (MatroskaBlock sound : sounds) {
      while (at + 1 < pictures.size() && capture(pictures.get(at + 1)) <= capture(sound)) {
        at++;
      }
      long skew = error(sound) - error(pictures.get(at));
      worst = Math.max(worst, Math.abs(skew));
    }
    assertThat(worst).isLessThanOrEqualTo(40);
  }

  private static long error(MatroskaBlock block) {
    return block.timeMillis() - capture(block);
  }

  /** When a frame was captured, in milliseconds: it ends with that. */
  private static long capture(MatroskaBlock block) {
    return block.data().getInt(block.data().limit() - 4);
  }

  /** Five pictures and fifty sounds a second. */
  private static List<EncodedFrame> frames() {
    List<EncodedFrame> frames = new ArrayList<>();
    for (int millis = 0; millis < SECONDS * 1_000; millis += 20) {
      if (millis % 200 == 0) {
        frames.add(picture(millis, millis % 2_000 == 0));
      }
      ByteBuffer sound = ByteBuffer.allocate(30).put((byte) 0x78).putInt(26, millis);
      frames.add(new EncodedFrame(Track.AUDIO, MediaTime.ofMillis(millis), true, sound.array()));
    }
    return frames;
  }

  private static EncodedFrame picture(int millis, boolean key) {
    ByteBuffer unit = ByteBuffer.allocate((key ? SETS.length : 0) + 24);
    if (key) {
      unit.put(SETS);
    }
    unit.putInt(20).put((byte) (key ? 0x65 : 0x41)).put((byte) 0x88);
    unit.putInt(unit.capacity() - 4, millis);
    return new EncodedFrame(Track.VIDEO, MediaTime.ofMillis(millis), key, unit.array());
  }

  /** Those of the clip: what is in front of its first slice. */
  private static byte[] parameterSets() {
    ByteBuffer unit = Clip.video().get(0).data();
    while ((unit.get(unit.position() + 4) & 0x1F) != 5) {
      unit.position(unit.position() + 4 + unit.getInt(unit.position()));
    }
    byte[] sets = new byte[unit.position()];
    unit.rewind().get(sets);
    return sets;
  }

  /** Rewrites what a sender with good clocks sends into what one with odd ones would have sent. */
  private static final class OddClocks implements InterceptedIce.Hands {
    private final Clock picture;
    private final Clock sound;
    private final int silentFrom;
    private final int silentTo;
    private final int wallStep;
    private int soundSsrc;
    private long firstReport = Long.MIN_VALUE;

    private OddClocks(int picturePace, int soundPace, int silentFrom, int silentTo, int wallStep) {
      this.picture = new Clock(picturePace);
      this.sound = new Clock(soundPace);
      this.silentFrom = silentFrom;
      this.silentTo = silentTo;
      this.wallStep = wallStep;
    }

    @Override
    public void take(byte[] datagram, Runnable pass) {
      DatagramKind kind = DatagramKind.of(datagram, 0, datagram.length);
      if (kind == DatagramKind.RTP) {
        boolean isSound = (datagram[1] & 0x7F) == OPUS;
        if (isSound) {
          soundSsrc = Bytes.signed32(datagram, 8);
        }
        (isSound ? sound : picture).rewrite(datagram, 4);
      } else if (kind == DatagramKind.RTCP && (datagram[1] & 0xFF) == SENDER_REPORT) {
        (Bytes.signed32(datagram, 4) == soundSsrc ? sound : picture).rewrite(datagram, 16);
        long seconds = Bytes.unsigned32(datagram, 8);
        firstReport = firstReport == Long.MIN_VALUE ? seconds : firstReport;
        long passed = seconds - firstReport;
        if (passed >= silentFrom && passed < silentTo) {
          return;
        }
        if (passed >= SECONDS / 2) {
          long step = ((long) Math.abs(wallStep) << 32) / 1_000 * Integer.signum(wallStep);
          Bytes.put64(datagram, 8, Bytes.signed64(datagram, 8) + step);
        }
      }
      pass.run();
    }
  }

  /** A sampling clock, so many parts per million too fast. */
  private static final class Clock {
    private final int pace;
    private boolean started;
    private int first;

    private Clock(int pace) {
      this.pace = pace;
    }

    private void rewrite(byte[] datagram, int at) {
      int timestamp = Bytes.signed32(datagram, at);
      if (!started) {
        started = true;
        first = timestamp;
      }
      int elapsed = timestamp - first;
      Bytes.put32(datagram, at, first + elapsed * (1_000_000L + pace) / 1_000_000);
    }
  }
}
