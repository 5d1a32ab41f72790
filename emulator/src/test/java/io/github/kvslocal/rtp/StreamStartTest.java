package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.rtcp.RtcpHandler;
import io.github.kvslocal.rtp.rtcp.RtcpReader;
import io.github.kvslocal.rtp.rtcp.RtcpWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream whose first packets come in another order than they were sent in. */
class StreamStartTest implements LiveSink {
  private static final long MILLI = 1_000_000;
  private static final EncodedFrame KEY = keyFrame();
  private static final EncodedFrame NEXT = Clip.video().get(1);

  private final List<byte[]> packets = new ArrayList<>();
  private final List<EncodedFrame> frames = new ArrayList<>();
  private final MediaReceiver receiver =
      new MediaReceiver(MediaPath.RECEIVE, 99, new LiveClock(0, Instant.EPOCH), this);
  private MediaSender sender = sender(1, 65_535);
  private int gaps;

  @ParameterizedTest
  @ValueSource(ints = {65_535, 0, 1, 32_767, 9})
  void theFirstKeyFrameIsWholeThoughItsFirstTwoPacketsAreSwapped(int firstNumber)
      throws MalformedPacketException {
    sender = sender(1, firstNumber);
    send(KEY, NEXT);
    Collections.swap(packets, 0, 1);

    arrive(packets, 0);
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(data()).containsExactly(KEY.data(), NEXT.data());
    assertThat(gaps).isZero();
  }

  @Test
  void everyOrderOfTheFirstPacketsIsUndone() throws MalformedPacketException {
    send(KEY, NEXT);
    Collections.shuffle(packets, new Random(4));

    arrive(packets, 0);
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(packets).hasSizeGreaterThan(3);
    assertThat(data()).containsExactly(KEY.data(), NEXT.data());
  }

  @Test
  void theNextStreamBeginsLikewise() throws MalformedPacketException {
    send(KEY);
    arrive(packets, 0);
    packets.clear();
    sender = sender(51, 40_000);
    send(KEY.at(NEXT.time()));
    Collections.swap(packets, 0, 1);

    arrive(packets, 200 * MILLI);
    receiver.poll(300 * MILLI, frame -> {});

    assertThat(data()).containsExactly(KEY.data(), KEY.data());
  }

  @Test
  void theNextStreamThatBeginsWithoutAKeyFrameBeginsAfterALoss() throws MalformedPacketException {
    send(KEY);
    arrive(packets, 0);
    receiver.poll(150 * MILLI, frame -> {});
    packets.clear();
    sender = sender(51, 40_000);
    send(NEXT);

    arrive(packets, 200 * MILLI);
    receiver.poll(900 * MILLI, frame -> {});

    assertThat(data()).containsExactly(KEY.data(), NEXT.data());
    assertThat(frames).extracting(EncodedFrame::afterLoss).containsExactly(false, true);
  }

  @Test
  void theNextStreamThatBeginsWithAKeyFrameHasLostNothing() throws MalformedPacketException {
    send(KEY);
    arrive(packets, 0);
    receiver.poll(150 * MILLI, frame -> {});
    packets.clear();
    sender = sender(51, 40_000);
    send(KEY.at(NEXT.time()), NEXT.at(MediaTime.ofMillis(80)));

    arrive(packets, 200 * MILLI);
    receiver.poll(900 * MILLI, frame -> {});

    assertThat(frames).extracting(EncodedFrame::afterLoss).containsExactly(false, false, false);
  }

  @Test
  void whatIsMissingBetweenTheFirstPacketsIsAskedForAgain() throws MalformedPacketException {
    send(KEY, NEXT);
    byte[] missing = packets.remove(1);
    Collections.swap(packets, 0, 1);
    arrive(packets, 0);
    receiver.poll(10 * MILLI, frame -> {});
    assertThat(nacked(10 * MILLI)).containsExactly(0);

    arrive(List.of(missing), 20 * MILLI);
    receiver.poll(100 * MILLI, frame -> {});

    assertThat(nacked(100 * MILLI)).isEmpty();
    assertThat(data()).containsExactly(KEY.data(), NEXT.data());
  }

  /** Nothing tells that it is missing but the beginning of what came. */
  @Test
  void theVeryFirstPacketIsAskedForAgainIfWhatCameIsNoBeginning() throws MalformedPacketException {
    send(KEY, NEXT);
    byte[] missing = packets.remove(0);
    arrive(packets, 0);
    receiver.poll(10 * MILLI, frame -> {});
    assertThat(nacked(10 * MILLI)).contains(65_535).hasSize(4);

    arrive(List.of(missing), 250 * MILLI);
    receiver.poll(250 * MILLI, frame -> {});

    assertThat(data()).containsExactly(KEY.data(), NEXT.data());
    assertThat(gaps).isZero();
    assertThat(nacked(251 * MILLI)).isEmpty();
  }

  /** Chromium probes the path with retransmissions of nothing before its first picture. */
  @Test
  void whatIsMissingIsRepairedThoughRetransmissionsCameBeforeTheStream()
      throws MalformedPacketException {
    send(KEY, NEXT);
    byte[] missing = packets.remove(1);
    byte[] probe = resent(1);
    arrive(List.of(probe), 0);

    arrive(packets, 10 * MILLI);
    arrive(List.of(resent(0)), 80 * MILLI);
    receiver.poll(200 * MILLI, frame -> {});

    assertThat(missing).isNotEqualTo(probe);
    assertThat(data()).containsExactly(KEY.data(), NEXT.data());
  }

  /** Asked for another one, libwebrtc would throw away the pictures that it has not sent yet. */
  @Test
  void firstKeyFrameIsNotAskedForWhileItArrives() throws MalformedPacketException {
    send(KEY);
    List<Integer> nothing = new ArrayList<>();
    for (int i = 0; i < packets.size(); i++) {
      long now = 100L * i * MILLI;
      arrive(packets.subList(i, i + 1), now);
      receiver.poll(now, frame -> {});
      nothing.addAll(nacked(now));
    }

    assertThat(packets).hasSizeGreaterThan(4);
    assertThat(data()).containsExactly(KEY.data());
    assertThat(nothing).isEmpty();
    assertThat(receiver.statistics().keyFrameRequests()).isZero();
  }

  @Test
  void timeIsThatOfArrivalAndNotOfTheEndOfTheWait() throws MalformedPacketException {
    send(KEY);

    arrive(packets, 30 * MILLI);
    receiver.poll(129 * MILLI, frame -> {});
    assertThat(frames).isEmpty();
    assertThat(receiver.nextDeadline(129 * MILLI)).isLessThanOrEqualTo(130 * MILLI);
    receiver.poll(130 * MILLI, frame -> {});

    assertThat(frames).extracting(frame -> frame.time().millis()).containsExactly(30L);
  }

  @Test
  void soundDoesNotWait() throws MalformedPacketException {
    send(Clip.audio().get(0));

    arrive(packets, 0);

    assertThat(frames).hasSize(1);
  }

  /** An access unit of six packets, the parameter sets in the first of them, at zero. */
  private static EncodedFrame keyFrame() {
    byte[] data = new byte[5_014];
    new Random(1).nextBytes(data);
    byte[] head = {0, 0, 0, 4, 0x67, 0x42, (byte) 0xC0, 0x1F, 0, 0, 0, 2, 0x68, (byte) 0xCE};
    System.arraycopy(head, 0, data, 0, head.length);
    System.arraycopy(new byte[] {0, 0, 0x13, (byte) 0x84, 0x65}, 0, data, head.length, 5);
    return new EncodedFrame(Track.VIDEO, MediaTime.ZERO, true, data);
  }

  private void send(EncodedFrame... sent) {
    for (EncodedFrame frame : sent) {
      sender.send(frame, new Packets(packets));
    }
  }

  private void arrive(List<byte[]> arriving, long now) throws MalformedPacketException {
    for (byte[] packet : arriving) {
      receiver.rtp(packet, 0, packet.length, now);
    }
  }

  /** What the sender sends when this number is asked for again. */
  private byte[] resent(int number) throws MalformedPacketException {
    byte[] request = new byte[MediaReceiver.MAX_FEEDBACK];
    RtcpWriter writer = new RtcpWriter();
    writer.begin(request, 0);
    writer.nack(99, 1, new int[] {number}, 1, request.length);
    List<byte[]> answer = new ArrayList<>();
    sender.rtcp(request, 0, writer.length(), 0, new Packets(answer));
    return answer.get(0);
  }

  /** The numbers that the receiver asks for again now. */
  private List<Integer> nacked(long now) throws MalformedPacketException {
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

  private static MediaSender sender(long ssrc, int firstNumber) {
    return new MediaSender(
        new SendParameters(
            new SendTrack(MediaPath.H264, ssrc, ssrc + 1, firstNumber, 7),
            new SendTrack(MediaPath.OPUS, ssrc + 2, ssrc + 3, firstNumber, 7),
            MediaPath.EXTENSIONS,
            "sender",
            Instant.EPOCH));
  }

  @Override
  public void liveFrame(EncodedFrame frame) {
    frames.add(frame);
  }

  @Override
  public void liveGap(Track track) {
    gaps++;
  }

  /** Keeps what is sent. */
  private record Packets(List<byte[]> packets) implements PacketSink {
    @Override
    public void rtp(byte[] buffer, int offset, int length) {
      packets.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length) {}
  }
}
