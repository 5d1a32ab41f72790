package io.github.kvslocal.rtp;

import static io.github.kvslocal.rtp.MediaPath.MILLI;
import static io.github.kvslocal.rtp.MediaPath.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaReceiverTest {
  /** None of these loses the very last packet: nobody knows that it is missing. */
  @ParameterizedTest
  @CsvSource({"0, 0", "0.01, 1", "0.05, 2", "0.10, 3", "0.10, 4", "0.10, 7"})
  void everyPictureArrivesBitExactThroughLossAndReordering(double loss, long seed)
      throws MalformedPacketException {
    MediaPath path = MediaPath.of(new MediaPath.Link(loss, 10, 15, seed));

    path.play(0, 20_000);
    path.settle(1_000);

    assertThat(content(path.received, Track.VIDEO)).isEqualTo(content(path.sent, Track.VIDEO));
    ReceiverStatistics statistics = path.receiver.statistics();
    assertThat(statistics.video().lost()).isZero();
    assertThat(statistics.video().droppedFrames()).isZero();
    assertThat(statistics.video().recovered() > 0).isEqualTo(loss > 0);
    assertThat(statistics.malformedPackets()).isZero();
  }

  @Test
  void soundLosesOnlyWhatTheLinkLost() throws MalformedPacketException {
    MediaPath path = MediaPath.of(new MediaPath.Link(0.05, 10, 15, 6));

    path.play(0, 10_000);
    path.settle(1_000);

    List<EncodedFrame> received = content(path.received, Track.AUDIO);
    assertThat(received.size() + path.receiver.statistics().audio().lost()).isBetween(498L, 500L);
    assertThat(content(path.sent, Track.AUDIO)).containsSubsequence(received);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 65_535})
  void anyStartOfNumbersAndTimestampsWillDo(int first) throws MalformedPacketException {
    MediaPath path =
        new MediaPath(MediaPath.Link.PERFECT, first, first * 0x10001, MediaPath.RECEIVE);

    path.play(0, 6_000);
    path.settle(100);

    assertThat(content(path.received, Track.VIDEO)).isEqualTo(content(path.sent, Track.VIDEO));
    assertThat(content(path.received, Track.AUDIO)).isEqualTo(content(path.sent, Track.AUDIO));
  }

  @Test
  void nothingWaitsWhileNothingIsMissing() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);

    path.play(0, 1_000);
    int before = path.received.size();
    path.play(1_000, 1_000);

    assertThat(before).isEqualTo(path.sent.stream().filter(f -> f.time().millis() < 995).count());
    EncodedFrame last = path.received.get(path.received.size() - 1);
    assertThat(last.time().millis()).isEqualTo(1_980);
  }

  @Test
  void tracksAreInSyncByReportsThoughSoundIsSentLate() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.audioLagMillis = 300;

    path.play(0, 10_000);
    path.settle(100);

    assertThat(path.received).isNotEmpty().allSatisfy(frame -> assertIsAsSent(path, frame, 0));
  }

  @Test
  void framesAreHeldUntilEveryTrackHasBeenReported() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.audioReportFrom = 2_400;

    path.play(0, 2_500);
    assertThat(path.received).isEmpty();
    path.play(2_500, 500);

    assertThat(path.received).hasSizeGreaterThan(200);
    assertThat(path.received.get(0).time()).isEqualTo(MediaTime.ZERO);
    assertThat(path.received).allSatisfy(frame -> assertIsAsSent(path, frame, 0));
  }

  @Test
  void trackWithoutReportIsPlacedByArrivalAfterFourSecondsAndThenDriftsIntoPlace()
      throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.audioLagMillis = 40;
    path.audioReportFrom = 6_000;

    path.play(0, 3_900);
    assertThat(path.received).isEmpty();
    path.play(3_900, 16_100);

    assertThat(path.received).allSatisfy(frame -> assertIsAsSent(path, frame, 40));
    assertIsAsSent(path, path.received.get(path.received.size() - 1), 0);
    assertRises(path.received, Track.AUDIO);
    assertRises(path.received, Track.VIDEO);
  }

  @Test
  void peerThatLeavesBeforeAnyReportLosesNothing() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);

    path.play(0, 400);
    path.settle(20);
    assertThat(path.received).isEmpty();
    path.finish();

    assertThat(content(path.received, Track.VIDEO)).isEqualTo(content(path.sent, Track.VIDEO));
    assertThat(content(path.received, Track.AUDIO)).isEqualTo(content(path.sent, Track.AUDIO));
    assertThat(path.received.get(0).time()).isEqualTo(MediaTime.ZERO);
  }

  @Test
  void changedSsrcIsANewStreamOnTheSameTimeline() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.play(0, 4_000);

    path.sender = path.sender(51, 123_456_789);
    path.play(4_000, 4_000);
    path.settle(100);

    assertThat(content(path.received, Track.VIDEO)).isEqualTo(content(path.sent, Track.VIDEO));
    assertThat(path.received).allSatisfy(frame -> assertIsAsSent(path, frame, 6));
    assertRises(path.received, Track.AUDIO);
    assertRises(path.received, Track.VIDEO);
  }

  @Test
  void laterReceiverContinuesTheTimeline() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.receiver = new MediaReceiver(MediaPath.RECEIVE, 99, MediaTime.ofMillis(70_000));

    path.play(0, 1_000);

    assertThat(path.received.get(0).time()).isEqualTo(MediaTime.ofMillis(70_000));
  }

  @Test
  void keyFrameIsAskedForWhenTheLastHasGrownOldAndNotBefore() throws MalformedPacketException {
    MediaPath path =
        new MediaPath(
            MediaPath.Link.PERFECT,
            1,
            1,
            MediaPath.RECEIVE.with(
                ReceiveTiming.DEFAULT.withKeyFrameInterval(Duration.ofSeconds(1))));

    path.play(0, 10_100);

    assertThat(path.receiver.statistics().keyFrameRequests()).isBetween(4L, 9L);
    assertThat(path.receiver.statistics().video().keyFrames()).isGreaterThan(9);
    assertThat(path.sender.statistics().keyFrameRequests())
        .isEqualTo(path.receiver.statistics().keyFrameRequests());
  }

  @Test
  void senderWithKeyFramesEveryTwoSecondsIsLeftAlone() throws MalformedPacketException {
    MediaPath path = MediaPath.of(new MediaPath.Link(0, 10, 30, 10));

    path.play(0, 10_000);

    assertThat(path.receiver.statistics().keyFrameRequests()).isZero();
  }

  @Test
  void keyFrameIsAskedForOnDemand() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.play(0, 500);

    path.receiver.requestKeyFrame(path.now);
    path.receiver.requestKeyFrame(path.now);
    path.play(500, 100);

    assertThat(path.receiver.statistics().keyFrameRequests()).isEqualTo(1);
    assertThat(path.sender.statistics().keyFrameRequests()).isEqualTo(1);
    assertThat(path.receiver.statistics().video().keyFrames()).isEqualTo(2);
  }

  @Test
  void lossThatCannotBeRepairedIsFollowedByAKeyFrame() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.play(0, 3_000);
    path.blackout = true;
    path.play(3_000, 100);

    path.blackout = false;
    path.forgetful = true;
    path.play(3_100, 800);

    TrackStatistics video = path.receiver.statistics().video();
    assertThat(video.lost()).isPositive();
    assertThat(path.receiver.statistics().nacks()).isGreaterThan(video.lost());
    assertThat(path.receiver.statistics().keyFrameRequests()).isEqualTo(1);
    assertThat(video.keyFrames()).isEqualTo(3);
    assertThat(path.received.size()).isBetween(path.sent.size() - 10, path.sent.size() - 4);
  }

  @Test
  void everyPacketIsReportedToTheSendersBandwidthEstimate() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);

    path.play(0, 5_000);
    path.settle(200);

    SenderStatistics sent = path.sender.statistics();
    assertThat(sent.acknowledged()).isEqualTo(sent.videoPackets() + sent.audioPackets());
    assertThat(sent.transportFeedbacks()).isBetween(80L, 110L);
    assertThat(sent.receiverReports()).isBetween(8L, 12L);
  }

  @Test
  void withoutReducedSizeEveryPacketBeginsWithAReport() throws MalformedPacketException {
    ReceiveParameters full =
        new ReceiveParameters(
            MediaPath.H264,
            MediaPath.OPUS,
            MediaPath.EXTENSIONS,
            "receiver",
            false,
            ReceiveTiming.DEFAULT);
    MediaPath path = new MediaPath(new MediaPath.Link(0.05, 10, 5, 9), 1, 1, full);

    path.play(0, 3_000);

    assertThat(path.feedbackTypes).isNotEmpty().containsOnly(201);
  }

  @Test
  void packetOfUnknownTypeIsToldByItsMediaIdentification() throws MalformedPacketException {
    MediaPath path =
        new MediaPath(
            MediaPath.Link.PERFECT,
            1,
            1,
            ReceiveParameters.of(
                new TrackFormat(100, 101, true, "0"),
                new TrackFormat(102, TrackFormat.NONE, false, "1"),
                MediaPath.EXTENSIONS,
                "receiver"));

    path.play(0, 1_000);

    assertThat(path.receiver.statistics().unknownPackets()).isZero();
    assertThat(path.received).isNotEmpty();
  }

  @Test
  void packetThatCannotBeIsCountedAndRefused() {
    MediaReceiver receiver = new MediaReceiver(MediaPath.RECEIVE, 99);

    assertThatThrownBy(() -> receiver.rtp(new byte[20], 0, 20, 0))
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> receiver.rtcp(new byte[20], 0, 20, 0))
        .isInstanceOf(MalformedPacketException.class);

    assertThat(receiver.statistics().malformedPackets()).isEqualTo(2);
    assertThat(receiver.nextDeadline(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(receiver.writeFeedback(0, new byte[1_200], 0)).isZero();
  }

  @Test
  void survivesAnyPackets() {
    MediaReceiver receiver = new MediaReceiver(MediaPath.RECEIVE, 99);
    Random random = new Random(8);
    int[] types = {126, 127, 111, 5};
    byte[] out = new byte[MediaReceiver.MAX_FEEDBACK];
    List<EncodedFrame> frames = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 300_000; i++) {
      byte[] bytes = new byte[12 + random.nextInt(60)];
      random.nextBytes(bytes);
      bytes[0] = (byte) (random.nextBoolean() ? 0x90 : 0x80);
      bytes[12 % bytes.length] = (byte) 0xBE;
      bytes[1] = (byte) ((bytes[1] & 0x80) | types[random.nextInt(types.length)]);
      bytes[2] = random.nextInt(50) == 0 ? bytes[2] : 1;
      bytes[8] = bytes[9] = bytes[10] = 0;
      bytes[11] = (byte) (random.nextInt(100) == 0 ? 1 : 0);
      now += random.nextInt(3_000_000);
      try {
        if (random.nextInt(10) == 0) {
          bytes[1] = (byte) (200 + random.nextInt(7));
          receiver.rtcp(bytes, 0, bytes.length, now);
        } else {
          receiver.rtp(bytes, 0, bytes.length, now);
        }
      } catch (MalformedPacketException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
      receiver.poll(now, frames::add);
      while (receiver.writeFeedback(now, out, 0) > 0) {
        assertThat(receiver.nextDeadline(now)).isGreaterThanOrEqualTo(0);
      }
    }
    receiver.finish(now, frames::add);

    assertThat(frames).isNotEmpty();
  }

  /** The frame with these bytes was sent, and its time is off by at most so much. */
  private static void assertIsAsSent(MediaPath path, EncodedFrame frame, long millis) {
    EncodedFrame original =
        path.sent.stream()
            .filter(sent -> sent.at(frame.time()).equals(frame))
            .findFirst()
            .orElseThrow();
    assertThat(Math.abs(original.time().nanos() - frame.time().nanos()))
        .isLessThanOrEqualTo(millis * MILLI + 50_000);
  }

  private static void assertRises(List<EncodedFrame> frames, Track track) {
    assertThat(frames.stream().filter(frame -> frame.track() == track).map(EncodedFrame::time))
        .isSorted()
        .doesNotHaveDuplicates();
  }
}
