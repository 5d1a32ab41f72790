package io.github.kvslocal.rtp;

import static io.github.kvslocal.rtp.MediaPath.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver passes on at once, beside its timeline. */
class LiveTapTest {
  private static final long DELAY_NANOS = 5 * MediaPath.MILLI;

  @Test
  void everyFrameIsPassedOnAtOnceThoughTheTimelineHoldsIt() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.audioReportFrom = 60_000;

    path.play(0, 1_000);
    path.settle(6);

    assertThat(path.received).isEmpty();
    assertThat(path.live).hasSameSizeAs(path.sent);
    assertThat(content(path.live, Track.VIDEO)).isEqualTo(content(path.sent, Track.VIDEO));
    assertThat(content(path.live, Track.AUDIO)).isEqualTo(content(path.sent, Track.AUDIO));
    assertThat(path.gaps).isEmpty();
  }

  @Test
  void provisionalTimesAreThoseOfTheSenderFromTheFirstArrivalOn() throws MalformedPacketException {
    MediaPath path = new MediaPath(new MediaPath.Link(0, 5, 20, 3), 1, 1, MediaPath.RECEIVE);

    path.play(0, 3_000);

    List<EncodedFrame> live = pictures(path.live);
    List<EncodedFrame> sent = pictures(path.sent);
    assertThat(live).hasSizeGreaterThan(80);
    for (int i = 0; i < live.size(); i++) {
      assertThat(live.get(i).time().nanos() - sent.get(i).time().nanos())
          .isCloseTo(DELAY_NANOS, within(100_000L));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 300})
  void skewIsWhatTheReportsSayOfTheTracks(int audioLag) throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.audioLagMillis = audioLag;

    path.play(0, 400);
    assertThat(path.receiver.liveSkew()).isEmpty();
    assertThat(path.receiver.liveToMedia(Track.VIDEO)).isEmpty();
    path.play(400, 1_000);

    assertThat(path.receiver.liveSkew().orElseThrow())
        .isCloseTo(audioLag * MediaPath.MILLI, within(100_000L));
    assertMeets(path, Track.VIDEO);
    assertMeets(path, Track.AUDIO);
  }

  /** The last frame of the track has the same time on both ways. */
  private static void assertMeets(MediaPath path, Track track) {
    EncodedFrame live = last(path.live, track);
    EncodedFrame held = last(path.received, track);
    assertThat(live.at(MediaTime.ZERO)).isEqualTo(held.at(MediaTime.ZERO));
    assertThat(live.time().nanos() + path.receiver.liveToMedia(track).orElseThrow())
        .isEqualTo(held.time().nanos());
  }

  private static List<EncodedFrame> pictures(List<EncodedFrame> frames) {
    return frames.stream().filter(frame -> frame.track() == Track.VIDEO).toList();
  }

  private static EncodedFrame last(List<EncodedFrame> frames, Track track) {
    return frames.stream()
        .filter(frame -> frame.track() == track)
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  @Test
  void whatIsMissingForGoodIsToldBeforeTheNextFrame() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.play(0, 3_000);
    int before = path.live.size();
    path.blackout = true;
    path.play(3_000, 100);
    path.blackout = false;
    path.forgetful = true;

    path.play(3_100, 800);

    EncodedFrame next =
        path.live.stream()
            .skip(before)
            .filter(frame -> frame.track() == Track.VIDEO)
            .findFirst()
            .orElseThrow();
    assertThat(path.gaps).isNotEmpty();
    assertThat(next.time().millis()).isBetween(3_090L, 3_120L);
    assertThat(path.gaps.get(0).millis()).isGreaterThan(3_500);
  }

  @Test
  void whatARetransmissionRepairsIsNoGap() throws MalformedPacketException {
    MediaPath path = MediaPath.of(new MediaPath.Link(0.05, 10, 15, 2));

    path.play(0, 5_000);
    path.settle(600);

    assertThat(path.gaps).isEmpty();
    assertThat(content(path.live, Track.VIDEO)).isEqualTo(content(path.sent, Track.VIDEO));
  }

  @Test
  void anotherStreamIsAGapAndTimeGoesOn() throws MalformedPacketException {
    MediaPath path = MediaPath.of(MediaPath.Link.PERFECT);
    path.play(0, 4_000);

    path.sender = path.sender(51, 123_456_789);
    path.play(4_000, 1_000);
    path.settle(6);

    assertThat(path.gaps).hasSize(1);
    assertThat(content(path.live, Track.VIDEO)).isEqualTo(content(path.sent, Track.VIDEO));
    assertThat(last(path.live, Track.VIDEO).time().millis()).isBetween(4_970L, 4_980L);
    assertThat(pictures(path.live).stream().map(EncodedFrame::time))
        .isSorted()
        .doesNotHaveDuplicates();
  }
}
