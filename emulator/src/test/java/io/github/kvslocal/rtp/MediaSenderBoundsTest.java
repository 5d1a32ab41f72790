package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.rtcp.NtpTime;
import io.github.kvslocal.rtp.rtcp.RtcpHandler;
import io.github.kvslocal.rtp.rtcp.RtcpReader;
import io.github.kvslocal.rtp.rtcp.RtcpWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sender refuses, and what its reports say of tracks that are apart. */
class MediaSenderBoundsTest implements PacketSink {
  private static final Instant WALL = Instant.parse("2026-01-02T03:04:05Z");
  private static final TrackFormat VIDEO = new TrackFormat(126, 127, true, "0");
  private static final TrackFormat AUDIO = new TrackFormat(111, TrackFormat.NONE, false, "1");

  private final MediaSender sender = sender(VIDEO, AUDIO);
  private final List<String> reports = new ArrayList<>();
  private int packets;

  @Test
  void theLargestAccessUnitIsRememberedWhole() throws MalformedPacketException {
    assertThat(sender.send(picture(MediaSender.MAX_ACCESS_UNIT, 0), this)).isTrue();
    int sent = packets;

    nack(0, IntStream.range(0, 340).toArray());

    assertThat(sent).isLessThan(1_024);
    assertThat(sender.statistics().forgotten()).isZero();
    assertThat(sender.statistics().retransmissions()).isEqualTo(340);
  }

  @Test
  void aLargerAccessUnitIsRefusedAndCounted() {
    assertThat(sender.send(picture(MediaSender.MAX_ACCESS_UNIT + 1, 0), this)).isFalse();

    assertThat(packets).isZero();
    assertThat(sender.statistics().refusedFrames()).isEqualTo(1);
  }

  @Test
  void soundLargerThanAPacketIsRefusedAndCounted() {
    assertThat(sender.send(sound(1_200, 0), this)).isTrue();
    assertThat(sender.send(sound(1_201, 20), this)).isFalse();

    assertThat(packets).isEqualTo(1);
    assertThat(sender.statistics().refusedFrames()).isEqualTo(1);
  }

  @Test
  void aTrackThatWasNotNegotiatedIsNotSent() {
    MediaSender mute = sender(TrackFormat.ABSENT, AUDIO);
    MediaSender blind = sender(VIDEO, TrackFormat.ABSENT);

    assertThat(mute.send(picture(100, 0), this)).isFalse();
    assertThat(blind.send(sound(100, 0), this)).isFalse();

    assertThat(packets).isZero();
    assertThat(mute.statistics().refusedFrames()).isEqualTo(1);
  }

  @Test
  void whatIsAskedForBeyondTheBudgetIsDeclined() throws MalformedPacketException {
    sender.send(picture(900_000, 0), this);
    packets = 0;

    nack(0, IntStream.range(0, 600).toArray());

    assertThat(packets).isEqualTo(512);
    assertThat(sender.statistics().declined()).isEqualTo(88);
    nack(1_000_000_000L, IntStream.range(0, 300).toArray());
    assertThat(packets).isEqualTo(812);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "9_999_999, 1", "10_000_000, 2"})
  void theSamePacketIsNotSentTwiceWithinTenMilliseconds(String after, int answers)
      throws MalformedPacketException {
    long start = -5_000_000_000L;
    sender.send(picture(5_000, 0), this);
    packets = 0;
    nack(start, new int[] {1});

    nack(start + Long.parseLong(after.replace("_", "")), new int[] {1});

    assertThat(packets).isEqualTo(answers);
    assertThat(sender.statistics().declined()).isEqualTo(2 - answers);
  }

  @Test
  void whatIsAskedForTooSoonCostsNobodyHisBudget() throws MalformedPacketException {
    sender.send(picture(900_000, 0), this);
    packets = 0;

    nack(0, new int[300]);
    nack(0, IntStream.range(1, 500).toArray());

    assertThat(packets).isEqualTo(500);
    assertThat(sender.statistics().declined()).isEqualTo(299);
  }

  @Test
  void aPacketOfTheSameNumberIsAnotherOnceTheNumbersHaveWrapped() throws MalformedPacketException {
    sender.send(picture(5_000, 0), this);
    nack(0, new int[] {1});
    for (int i = 0; i < 80; i++) {
      sender.send(picture(1_000_000, i), this);
    }
    packets = 0;

    nack(1_000_000L, new int[] {(int) ((sender.statistics().videoPackets() - 1) & 0xFFFF)});

    assertThat(packets).isEqualTo(1);
  }

  @Test
  void reportsSayHowFarThePictureIsAheadOfTheSound() {
    sender.send(picture(100, 0), this);
    sender.send(sound(100, 0), this);

    sender.report(MediaTime.ofMillis(5_000), this);
    sender.pictureAhead(40_000_000);
    sender.report(MediaTime.ofMillis(6_000), this);

    String first = Long.toHexString(NtpTime.of(WALL.plusMillis(5_000)));
    String second = Long.toHexString(NtpTime.of(WALL.plusMillis(6_000)));
    assertThat(reports)
        .containsExactly(
            "1 " + first + " 450000",
            "3 " + first + " 240000",
            "1 " + second + " 536400",
            "3 " + second + " 288000");
  }

  @Test
  void survivesAnyFeedback() {
    Random random = new Random(4);
    sender.send(picture(50_000, 0), this);
    long refused = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[4 + 4 * random.nextInt(12)];
      random.nextBytes(bytes);
      bytes[0] = (byte) (0x80 | random.nextInt(32));
      bytes[1] = (byte) (200 + random.nextInt(7));
      bytes[2] = 0;
      bytes[3] = (byte) (bytes.length / 4 - 1);
      try {
        sender.rtcp(bytes, 0, bytes.length, i * 1_000_000L, this);
      } catch (MalformedPacketException expected) {
        refused++;
      }
    }

    assertThat(sender.statistics().malformedPackets()).isEqualTo(refused).isPositive();
  }

  @Test
  void feedbackThatCannotBeIsCounted() {
    assertThatThrownBy(() -> sender.rtcp(new byte[8], 0, 8, 0, this))
        .isInstanceOf(MalformedPacketException.class);

    assertThat(sender.statistics().malformedPackets()).isEqualTo(1);
  }

  /** Asks for these packets, in one message for each. */
  private void nack(long now, int[] numbers) throws MalformedPacketException {
    byte[] feedback = new byte[20];
    RtcpWriter writer = new RtcpWriter();
    for (int number : numbers) {
      writer.begin(feedback, 0);
      assertThat(writer.nack(9, 1, new int[] {number}, 1, 16)).isEqualTo(1);
      sender.rtcp(feedback, 0, writer.length(), now, this);
    }
  }

  private static MediaSender sender(TrackFormat video, TrackFormat audio) {
    return new MediaSender(
        new SendParameters(
            new SendTrack(video, 1, 2, 0, 0),
            new SendTrack(audio, 3, 4, 0, 0),
            new HeaderExtensions(3, 4),
            "sender",
            WALL));
  }

  /** An access unit of so many bytes, its length included. */
  private static EncodedFrame picture(int size, int millis) {
    byte[] data = new byte[size];
    int length = size - 4;
    data[0] = (byte) (length >> 24);
    data[1] = (byte) (length >> 16);
    data[2] = (byte) (length >> 8);
    data[3] = (byte) length;
    data[4] = 0x65;
    return new EncodedFrame(Track.VIDEO, MediaTime.ofMillis(millis), true, data);
  }

  private static EncodedFrame sound(int size, int millis) {
    return new EncodedFrame(Track.AUDIO, MediaTime.ofMillis(millis), true, new byte[size]);
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length) {
    packets++;
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length) {
    RtcpHandler writeDown =
        new RtcpHandler() {
          @Override
          public void senderReport(long ssrc, long ntp, int timestamp, long packets, long octets) {
            reports.add("%d %x %d".formatted(ssrc, ntp, timestamp));
          }
        };
    try {
      RtcpReader.read(buffer, offset, length, writeDown);
    } catch (MalformedPacketException malformed) {
      throw new AssertionError(malformed);
    }
  }
}
