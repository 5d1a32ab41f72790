package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.DatagramKind;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.rtcp.NtpTime;
import io.github.kvslocal.rtp.rtcp.RtcpHandler;
import io.github.kvslocal.rtp.rtcp.RtcpReader;
import io.github.kvslocal.runtime.SessionLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the sender reports tell a viewer of which sound belongs to which picture, whatever the
 * master's clock and its encoders do.
 */
class LipSyncSimulationTest {
  private static final int H264 = 126;
  private static final int OPUS = 111;
  private static final long MILLI = 1_000_000;

  private final SimulatedEmulator emulator =
      new SimulatedEmulator(
          LinkModel.PERFECT.withDelay(Duration.ofMillis(25)).withJitter(Duration.ofMillis(5)), 7);

  /** By how many milliseconds sound would be played too late, at each report on it. */
  private final List<Long> errors = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 120", "100, 0", "-100, 120"})
  void pictureAndSoundAreInStep(int partsPerMillion, int soundDelay) {
    enterViewer();
    enterMaster(60, partsPerMillion, soundDelay);
    emulator.pass(3_000);
    errors.clear();

    emulator.pass(55_000);

    assertInStep(50);
  }

  /** 300 parts per million for 20 minutes are 360 ms, as 100 are in an hour. */
  @ParameterizedTest
  @CsvSource({"300, 0", "-300, 120"})
  void theyStayInStepForAnHour(int partsPerMillion, int soundDelay) {
    enterViewer();
    enterMaster(1_200, partsPerMillion, soundDelay);
    emulator.pass(3_000);
    errors.clear();

    emulator.pass(1_190_000);

    assertInStep(1_100);
  }

  @ParameterizedTest
  @CsvSource({"300, 0", "300, 120", "-300, 0"})
  void theyAreInStepAfterTheMasterWasReplaced(int partsPerMillion, int soundDelay) {
    enterViewer();
    enterMaster(1_200, partsPerMillion, 60);
    emulator.pass(1_190_000);
    enterMaster(60, 0, soundDelay);
    emulator.pass(3_000);
    errors.clear();

    emulator.pass(50_000);

    assertInStep(45);
  }

  @Test
  void aMasterThatComesBackAgainAndAgainStaysInStep() {
    enterViewer();
    for (int i = 0; i < 4; i++) {
      enterMaster(300, 2_000, 40);
      emulator.pass(290_000);
    }
    enterMaster(60, 0, 0);
    emulator.pass(3_000);
    errors.clear();

    emulator.pass(50_000);

    assertInStep(45);
  }

  private void assertInStep(int reports) {
    assertThat(errors).hasSizeGreaterThan(reports);
    assertThat(errors).allSatisfy(error -> assertThat(error).isBetween(-20L, 20L));
  }

  /**
   * A master that sends five pictures and fifty sounds a second.
   *
   * @param partsPerMillion by which its clock is too fast
   * @param soundDelay milliseconds by which its sound leaves later than the picture of its time
   */
  private void enterMaster(int seconds, int partsPerMillion, int soundDelay) {
    InterceptedIce.Hands microphone =
        (datagram, pass) -> {
          if (soundDelay > 0 && isOf(datagram, OPUS)) {
            var unused = emulator.loop.scheduleAfter(Duration.ofMillis(soundDelay), pass);
          } else {
            pass.run();
          }
        };
    emulator.enter(
        "door",
        Participant.MASTER,
        new UnequalLoop(emulator.loop, partsPerMillion),
        new InterceptedIce(emulator.network, microphone, InterceptedIce.Hands.NONE),
        frames(seconds));
  }

  private void enterViewer() {
    Ears ears = new Ears();
    InterceptedIce.Hands listening =
        (datagram, pass) -> {
          ears.take(datagram);
          pass.run();
        };
    emulator.enter(
        "door",
        SimulatedEmulator.viewer("ann"),
        emulator.loop,
        new InterceptedIce(emulator.network, InterceptedIce.Hands.NONE, listening),
        List.of());
  }

  /** Each ends with its time in milliseconds. */
  private static List<EncodedFrame> frames(int seconds) {
    List<EncodedFrame> frames = new ArrayList<>();
    for (int millis = 0; millis < seconds * 1_000; millis += 20) {
      if (millis % 200 == 0) {
        boolean key = millis % 1_000 == 0;
        frames.add(frame(Track.VIDEO, millis, key, key ? 0x65 : 0x41));
      }
      frames.add(frame(Track.AUDIO, millis, true, 0));
    }
    return frames;
  }

  private static EncodedFrame frame(Track track, int millis, boolean key, int head) {
    ByteBuffer data = ByteBuffer.allocate(track == Track.VIDEO ? 24 : 30);
    if (track == Track.VIDEO) {
      data.putInt(20).put((byte) head).put((byte) 0x88);
    } else {
      data.put((byte) 0x78);
    }
    data.putInt(data.capacity() - 4, millis);
    return new EncodedFrame(track, MediaTime.ofMillis(millis), key, data.array());
  }

  private static boolean isOf(byte[] datagram, int payloadType) {
    return DatagramKind.of(datagram, 0, datagram.length) == DatagramKind.RTP
        && (datagram[1] & 0x7F) == payloadType;
  }

  /** What a viewer knows of one stream. */
  private static final class Stream {
    private final int clockRate;
    private long ssrc = -1;
    private int timestamp;
    private int millis;
    private long reportedNtp;
    private int reportedTimestamp;
    private boolean reported;

    private Stream(int clockRate) {
      this.clockRate = clockRate;
    }

    private void packet(RtpPacket packet) {
      ssrc = packet.ssrc();
      timestamp = packet.timestamp();
      millis =
          ByteBuffer.wrap(packet.buffer())
              .getInt(packet.payloadOffset() + packet.payloadLength() - 4);
    }

    private void report(long ntp, int at) {
      reported = true;
      reportedNtp = ntp;
      reportedTimestamp = at;
    }

    /** The wall-clock time of the newest frame, less its own. */
    private long zeroNanos() {
      long since = (timestamp - reportedTimestamp) * 1_000_000_000L / clockRate;
      return NtpTime.toNanos(reportedNtp) + since - millis * MILLI;
    }
  }

  /** Compares both streams at every report. */
  private final class Ears implements RtcpHandler {
    private final RtpPacket packet = new RtpPacket();
    private final Stream picture = new Stream(90_000);
    private final Stream sound = new Stream(48_000);

    private void take(byte[] datagram) {
      try {
        if (isOf(datagram, H264) || isOf(datagram, OPUS)) {
          packet.parse(datagram, 0, datagram.length);
          (isOf(datagram, H264) ? picture : sound).packet(packet);
        } else if (DatagramKind.of(datagram, 0, datagram.length) == DatagramKind.RTCP) {
          RtcpReader.read(datagram, 0, datagram.length, this);
        }
      } catch (MalformedPacketException malformed) {
        throw new AssertionError(malformed);
      }
    }

    @Override
    public void senderReport(long ssrc, long ntp, int timestamp, long packets, long octets) {
      (ssrc == picture.ssrc ? picture : sound).report(ntp, timestamp);
      if (ssrc == sound.ssrc && picture.reported) {
        errors.add((sound.zeroNanos() - picture.zeroNanos()) / MILLI);
      }
    }
  }

  /** The same loop by a clock that is so much too fast. */
  private record UnequalLoop(SessionLoop loop, int partsPerMillion) implements SessionLoop {
    @Override
    public Instant now() {
      return loop.now();
    }

    @Override
    public long nanoTime() {
      return loop.nanoTime() + loop.nanoTime() / 1_000_000 * partsPerMillion;
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(task);
    }

    @Override
    public Alarm schedule(Instant when, String what, Runnable task) {
      return loop.schedule(when, what, task);
    }

    @Override
    public Alarm scheduleAfter(Duration delay, Runnable task) {
      long nanos = delay.toNanos();
      return loop.scheduleAfter(
          Duration.ofNanos(nanos * 1_000_000 / (1_000_000 + partsPerMillion)), task);
    }
  }
}
