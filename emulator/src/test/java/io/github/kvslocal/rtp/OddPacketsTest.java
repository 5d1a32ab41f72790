package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.rtcp.RtcpHandler;
import io.github.kvslocal.rtp.rtcp.RtcpReader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that nobody asked for, beside those of a stream of three pictures. */
class OddPacketsTest implements LiveSink {
  private static final long MILLI = 1_000_000;
  private static final int ULPFEC = 120;
  private static final int RTX = 127;
  private static final byte[] MID = {(byte) 0x40, '0'};

  private final List<byte[]> packets = new ArrayList<>();
  private final List<EncodedFrame> sent = new ArrayList<>();
  private final List<EncodedFrame> frames = new ArrayList<>();
  private final MediaReceiver receiver =
      new MediaReceiver(MediaPath.RECEIVE, 99, new LiveClock(0, Instant.EPOCH), this);

  @Test
  void everyPacketMayComeTwice() throws MalformedPacketException {
    send(1, 65_533, 0);

    for (byte[] packet : packets) {
      arrive(packet, 0);
      arrive(packet, 0);
    }
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(data()).isEqualTo(sentData());
    assertThat(receiver.statistics().video().duplicates()).isEqualTo(packets.size());
  }

  @Test
  void packetThatComesAfterItWasGivenUpIsCountedAndChangesNothing()
      throws MalformedPacketException {
    send(1, 65_533, 0);
    byte[] late = packets.remove(packets.size() - 2);
    arriveAll(0);
    receiver.poll(100 * MILLI, frame -> {});
    receiver.poll(600 * MILLI, frame -> {});

    arrive(late, 700 * MILLI);

    assertThat(data()).isEqualTo(sentData().subList(0, 2));
    assertThat(receiver.statistics().video().late()).isEqualTo(1);
    assertThat(receiver.statistics().video().lost()).isEqualTo(1);
  }

  @Test
  void paddingTakesItsPlaceAndNothingElse() throws MalformedPacketException {
    send(1, 65_533, 0);
    insert(6, padding(packets.get(5), 127));
    insert(2, padding(packets.get(1), 1));

    arriveAll(0);
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(data()).isEqualTo(sentData());
    assertThat(receiver.statistics().video().droppedFrames()).isZero();
  }

  /** As libwebrtc probes: RTX of padding alone, and of what came long ago. */
  @Test
  void probesAreNoPartOfAnyPicture() throws MalformedPacketException {
    send(1, 65_533, 0);
    byte[] empty = padding(packets.get(0), 200);
    byte[] again = retransmission(packets.get(0), 2, 7);
    for (byte[] packet : List.copyOf(packets)) {
      arrive(packet, 0);
      arrive(typed(empty, RTX, 2), 0);
      arrive(again, 0);
    }
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(data()).isEqualTo(sentData());
    assertThat(receiver.statistics().video().recovered()).isZero();
  }

  @Test
  void errorCorrectionInTheStreamIsCountedAndNotWaitedFor() throws MalformedPacketException {
    send(1, 65_533, 0);
    int firstOfNext = 6;
    insert(firstOfNext, typed(packets.get(5), ULPFEC, 1));

    arriveAll(0);
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(data()).isEqualTo(sentData());
    assertThat(receiver.statistics().unknownPackets()).isEqualTo(1);
    assertThat(receiver.statistics().nacks()).isZero();
  }

  @Test
  void pictureWithAPartThatCannotBeReadIsDroppedWhole() throws MalformedPacketException {
    send(1, 65_533, 0);
    packets.set(8, typed(packets.get(8), ULPFEC, 1));

    arriveAll(0);
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(data()).containsExactly(sentData().get(0), sentData().get(2));
    assertThat(receiver.statistics().video().droppedFrames()).isEqualTo(1);
  }

  @Test
  void errorCorrectionBesideTheStreamDoesNotTakeItsPlace() throws MalformedPacketException {
    send(1, 65_533, 0);
    byte[] beside = extended(typed(packets.get(2), ULPFEC, 77), 0xBEDE, MID);

    for (byte[] packet : packets) {
      arrive(packet, 0);
      arrive(beside, 0);
    }
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(data()).isEqualTo(sentData());
    assertThat(receiver.statistics().unknownPackets()).isEqualTo(packets.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0xBEDE, 0x1000, 0x100F, 0x4321})
  void extensionsThatNobodyKnowsAreSkipped(int profile) throws MalformedPacketException {
    send(1, 65_533, 0);
    byte[] unknown = {(byte) 0x91, 3, 4, 0, (byte) 0xF2, 1, 1, 1};
    packets.replaceAll(packet -> extended(packet, profile, unknown));

    arriveAll(0);
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(data()).isEqualTo(sentData());
    assertThat(receiver.statistics().malformedPackets()).isZero();
  }

  @Test
  void stragglersOfAReplacedStreamAreIgnored() throws MalformedPacketException {
    send(1, 65_533, 0);
    arriveAll(0);
    receiver.poll(100 * MILLI, frame -> {});
    byte[] straggler = packets.get(3);
    packets.clear();
    send(51, 20_000, 100);

    for (byte[] packet : packets) {
      arrive(packet, 150 * MILLI);
      arrive(straggler, 150 * MILLI);
    }
    receiver.poll(250 * MILLI, frame -> {});

    assertThat(data()).isEqualTo(sentData());
  }

  @Test
  void retransmissionOfAReplacedStreamDoesNotFillAPlaceInItsSuccessor()
      throws MalformedPacketException {
    send(1, 65_533, 0);
    byte[] lost = packets.get(3);
    arriveAll(0);
    arrive(retransmission(packets.get(0), 2, 7), 0);
    receiver.poll(100 * MILLI, frame -> {});
    packets.clear();
    send(51, 65_533, 100);
    byte[] own = packets.remove(3);
    arriveAll(150 * MILLI);

    arrive(retransmission(lost, 2, 8), 160 * MILLI);
    arrive(retransmission(own, 52, 1), 170 * MILLI);
    receiver.poll(300 * MILLI, frame -> {});

    assertThat(data()).isEqualTo(sentData());
  }

  @Test
  void longBurstIsAskedForAndAKeyFrameAtOnceBeside() throws MalformedPacketException {
    send(1, 65_533, 0);
    arriveAll(0);
    receiver.poll(100 * MILLI, frame -> {});
    byte[] farAhead = packets.get(packets.size() - 1).clone();
    Bytes.put16(farAhead, 2, 1_000);

    arrive(farAhead, 200 * MILLI);
    List<Integer> asked = asked(210 * MILLI);

    assertThat(asked).hasSizeGreaterThan(900).contains(500, 999);
    assertThat(receiver.statistics().keyFrameRequests()).isEqualTo(1);
  }

  /** Sends a key frame and two others from a new sender. */
  private void send(long ssrc, int firstNumber, int fromMillis) {
    MediaSender sender =
        new MediaSender(
            new SendParameters(
                new SendTrack(MediaPath.H264, ssrc, ssrc + 1, firstNumber, -900),
                new SendTrack(MediaPath.OPUS, ssrc + 2, ssrc + 3, firstNumber, 7),
                new HeaderExtensions(0, 0),
                "sender",
                Instant.EPOCH));
    for (int i = 0; i < 3; i++) {
      EncodedFrame picture = picture(MediaTime.ofMillis(fromMillis + 33L * i), i == 0);
      sent.add(picture);
      sender.send(picture, new Packets());
    }
  }

  /**
   * Of six packets if it is a key frame, its parameter sets in the first, and of five otherwise.
   */
  private EncodedFrame picture(MediaTime time, boolean key) {
    byte[] sets = {0, 0, 0, 4, 0x67, 0x42, (byte) 0xC0, 0x1F, 0, 0, 0, 2, 0x68, (byte) 0xCE};
    byte[] slice = new byte[5_000];
    new Random(sent.size()).nextBytes(slice);
    slice[0] = (byte) (key ? 0x65 : 0x41);
    slice[1] = (byte) 0x88;
    ByteBuffer unit = ByteBuffer.allocate((key ? sets.length : 0) + 4 + slice.length);
    if (key) {
      unit.put(sets);
    }
    unit.putInt(slice.length).put(slice);
    return new EncodedFrame(Track.VIDEO, time, key, unit.array());
  }

  /** Puts a packet in this place and renumbers those behind it. */
  private void insert(int at, byte[] packet) {
    int first = Bytes.unsigned16(packets.get(0), 2);
    packets.add(at, packet);
    for (int i = 0; i < packets.size(); i++) {
      byte[] renumbered = packets.get(i).clone();
      Bytes.put16(renumbered, 2, first + i);
      packets.set(i, renumbered);
    }
  }

  private static byte[] typed(byte[] packet, int payloadType, int ssrc) {
    byte[] other = packet.clone();
    other[1] = (byte) payloadType;
    Bytes.put32(other, 8, ssrc);
    return other;
  }

  /** A packet of so much padding behind the header of another. */
  private static byte[] padding(byte[] like, int length) {
    byte[] packet = Arrays.copyOf(Arrays.copyOf(like, 12), 12 + length);
    packet[0] |= 0x20;
    packet[1] &= 0x7F;
    packet[packet.length - 1] = (byte) length;
    return packet;
  }

  private static byte[] retransmission(byte[] original, int ssrc, int number) {
    byte[] packet = new byte[original.length + 2];
    System.arraycopy(original, 0, packet, 0, 12);
    System.arraycopy(original, 2, packet, 12, 2);
    System.arraycopy(original, 12, packet, 14, original.length - 12);
    packet[1] = (byte) ((original[1] & 0x80) | RTX);
    Bytes.put16(packet, 2, number);
    Bytes.put32(packet, 8, ssrc);
    return packet;
  }

  private static byte[] extended(byte[] packet, int profile, byte[] elements) {
    int words = (elements.length + 3) / 4;
    byte[] longer = new byte[packet.length + 4 + 4 * words];
    System.arraycopy(packet, 0, longer, 0, 12);
    longer[0] |= 0x10;
    Bytes.put16(longer, 12, profile);
    Bytes.put16(longer, 14, words);
    System.arraycopy(elements, 0, longer, 16, elements.length);
    System.arraycopy(packet, 12, longer, 16 + 4 * words, packet.length - 12);
    return longer;
  }

  private void arriveAll(long now) throws MalformedPacketException {
    for (byte[] packet : packets) {
      arrive(packet, now);
    }
  }

  private void arrive(byte[] packet, long now) throws MalformedPacketException {
    receiver.rtp(packet, 0, packet.length, now);
  }

  private List<Integer> asked(long now) throws MalformedPacketException {
    List<Integer> numbers = new ArrayList<>();
    byte[] feedback = new byte[MediaReceiver.MAX_FEEDBACK];
    RtcpHandler writeDown =
        new RtcpHandler() {
          @Override
          public void nack(long mediaSsrc, int sequenceNumber) {
            numbers.add(sequenceNumber);
          }
        };
    for (int length = receiver.writeFeedback(now, feedback, 0);
        length > 0;
        length = receiver.writeFeedback(now, feedback, 0)) {
      RtcpReader.read(feedback, 0, length, writeDown);
    }
    return numbers;
  }

  private List<ByteBuffer> data() {
    return frames.stream().map(EncodedFrame::data).toList();
  }

  private List<ByteBuffer> sentData() {
    return sent.stream().map(EncodedFrame::data).toList();
  }

  @Override
  public void liveFrame(EncodedFrame frame) {
    frames.add(frame);
  }

  @Override
  public void liveGap(Track track) {}

  /** Keeps what is sent. */
  private final class Packets implements PacketSink {
    @Override
    public void rtp(byte[] buffer, int offset, int length) {
      packets.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length) {}
  }
}
