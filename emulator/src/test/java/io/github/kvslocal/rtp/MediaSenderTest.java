package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.rtcp.NtpTime;
import io.github.kvslocal.rtp.rtcp.RtcpHandler;
import io.github.kvslocal.rtp.rtcp.RtcpReader;
import io.github.kvslocal.rtp.rtcp.RtcpWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MediaSenderTest implements PacketSink {
  private static final Instant WALL = Instant.parse("2026-01-02T03:04:05Z");

  private final List<String> journal = new ArrayList<>();
  private final List<Integer> lengths = new ArrayList<>();
  private final RtcpWriter writer = new RtcpWriter();
  private final byte[] feedback = new byte[200];

  @Test
  void packetsCarryNumbersTimestampsAndTheMarker() {
    MediaSender sender = sender(127);

    sender.send(picture(2_000, 40), this);
    sender.send(new EncodedFrame(Track.AUDIO, MediaTime.ofMillis(20), true, new byte[] {8}), this);

    assertThat(journal)
        .containsExactly(
            "126 ssrc 1 seq 65535 ts 4100 twcc 0 mid 0",
            "126 ssrc 1 seq 0 ts 4100 twcc 1 mid 0 marker",
            "111 ssrc 3 seq 7 ts 965 twcc 2 mid 1");
  }

  @Test
  void noPacketIsLargerThanAnyNetworkTakes() {
    sender(127).send(picture(50_000, 0), this);

    assertThat(lengths).hasSizeGreaterThan(41);
    assertThat(lengths).allSatisfy(length -> assertThat(length).isLessThan(1_250));
  }

  @Test
  void missingPacketIsSentAgainOnTheRetransmissionStream() throws MalformedPacketException {
    MediaSender sender = sender(127);
    sender.send(picture(2_000, 40), this);
    journal.clear();

    nack(sender, 0, 0);
    nack(sender, 0, 20_000_000);

    assertThat(journal)
        .containsExactly(
            "127 ssrc 2 seq 0 ts 4100 twcc 2 mid 0 marker osn 0",
            "127 ssrc 2 seq 1 ts 4100 twcc 3 mid 0 marker osn 0");
    assertThat(sender.statistics().retransmissions()).isEqualTo(2);
  }

  @Test
  void missingPacketIsSentAsItWasWhereNothingElseIsNegotiated() throws MalformedPacketException {
    MediaSender sender = sender(TrackFormat.NONE);
    sender.send(picture(2_000, 40), this);
    journal.clear();

    nack(sender, 65_535);

    assertThat(journal).containsExactly("126 ssrc 1 seq 65535 ts 4100 twcc 0 mid 0");
  }

  @Test
  void packetThatWasNeverSentOrIsTooOldIsNotSentAgain() throws MalformedPacketException {
    MediaSender sender = sender(127);
    for (int i = 0; i < 1_100; i++) {
      sender.send(picture(100, i), this);
    }
    journal.clear();

    nack(sender, 65_535);
    nack(sender, 5_000);

    assertThat(journal).isEmpty();
    assertThat(sender.statistics().forgotten()).isEqualTo(2);
  }

  @Test
  void keyFrameRequestIsToldOnceForEachCommand() throws MalformedPacketException {
    MediaSender sender = sender(127);
    writer.begin(feedback, 0);
    writer.fullIntraRequest(9, 1, 5);
    writer.fullIntraRequest(9, 1, 5);
    writer.fullIntraRequest(9, 77, 6);

    sender.rtcp(feedback, 0, writer.length(), 0, this);

    assertThat(sender.takeKeyFrameRequest()).isTrue();
    assertThat(sender.takeKeyFrameRequest()).isFalse();
    assertThat(sender.statistics().keyFrameRequests()).isEqualTo(1);
  }

  @Test
  void reportsOfBothTracksSpeakOfTheSameMoment() {
    MediaSender sender = sender(127);
    sender.report(this);
    assertThat(journal).isEmpty();
    sender.send(picture(100, 0), this);
    sender.send(new EncodedFrame(Track.AUDIO, MediaTime.ofMillis(20), true, new byte[] {8}), this);
    journal.clear();

    sender.report(this);
    sender.bye(this);

    String ntp = Long.toHexString(NtpTime.of(WALL.plusMillis(20)));
    assertThat(journal)
        .containsExactly(
            "sr 1 " + ntp + " 2300 1 100",
            "cname 1 sender",
            "sr 3 " + ntp + " 965 1 1",
            "cname 3 sender",
            "cname 1 sender",
            "bye 1",
            "cname 3 sender",
            "bye 3");
  }

  @Test
  void frameThatIsNotWhatItSaysIsOurBug() {
    MediaSender sender = sender(127);

    assertThatThrownBy(
            () ->
                sender.send(
                    new EncodedFrame(Track.VIDEO, MediaTime.ZERO, true, new byte[] {1, 2, 3}),
                    this))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length) {
    lengths.add(length);
    try {
      RtpPacket packet = new RtpPacket();
      packet.parse(buffer, offset, length);
      String line =
          "%d ssrc %d seq %d ts %d"
              .formatted(
                  packet.payloadType(), packet.ssrc(), packet.sequenceNumber(), packet.timestamp());
      if (packet.findExtension(3)) {
        line += " twcc " + Bytes.unsigned16(buffer, packet.elementOffset());
      }
      if (packet.findExtension(4)) {
        line += " mid " + (char) buffer[packet.elementOffset()];
      }
      line += packet.marker() ? " marker" : "";
      if (packet.payloadType() == 127) {
        line += " osn " + Bytes.unsigned16(buffer, packet.payloadOffset());
      }
      journal.add(line);
    } catch (MalformedPacketException malformed) {
      throw new AssertionError(malformed);
    }
    Arrays.fill(buffer, offset, offset + length + MediaSender.TAIL_ROOM, (byte) 0x55);
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length) {
    RtcpHandler writeDown =
        new RtcpHandler() {
          @Override
          public void senderReport(long ssrc, long ntp, int timestamp, long packets, long octets) {
            journal.add("sr %d %x %d %d %d".formatted(ssrc, ntp, timestamp, packets, octets));
          }

          @Override
          public void canonicalName(long ssrc, String name) {
            journal.add("cname " + ssrc + " " + name);
          }

          @Override
          public void bye(long ssrc) {
            journal.add("bye " + ssrc);
          }
        };
    try {
      RtcpReader.read(buffer, offset, length, writeDown);
    } catch (MalformedPacketException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private void nack(MediaSender sender, int number) throws MalformedPacketException {
    nack(sender, number, 0);
  }

  private void nack(MediaSender sender, int number, long now) throws MalformedPacketException {
    writer.begin(feedback, 0);
    int written = writer.nack(9, 1, new int[] {number}, 1, 16);
    assertThat(written).isEqualTo(1);
    sender.rtcp(feedback, 0, writer.length(), now, this);
  }

  private static MediaSender sender(int rtxPayloadType) {
    TrackFormat video = new TrackFormat(126, rtxPayloadType, true, "0");
    TrackFormat audio = new TrackFormat(111, TrackFormat.NONE, false, "1");
    return new MediaSender(
        new SendParameters(
            new SendTrack(video, 1, 2, 65_535, 500),
            new SendTrack(audio, 3, 4, 7, 5),
            new HeaderExtensions(3, 4),
            "sender",
            WALL));
  }

  private static EncodedFrame picture(int size, int millis) {
    byte[] data = new byte[4 + size];
    new Random(size).nextBytes(data);
    Bytes.put32(data, 0, size);
    data[4] = 0x41;
    return new EncodedFrame(Track.VIDEO, MediaTime.ofMillis(millis), false, data);
  }
}
