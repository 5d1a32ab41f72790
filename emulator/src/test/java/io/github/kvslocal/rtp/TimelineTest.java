package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.rtcp.NtpTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long MILLI = 1_000_000;
  private static final Instant WALL = Instant.parse("2026-01-02T03:04:05Z");

  private final Timeline timeline = new Timeline(MediaTime.ZERO, Duration.ofSeconds(4));
  private final StreamClock video = new StreamClock(90_000);
  private final StreamClock audio = new StreamClock(48_000);
  private final List<EncodedFrame> delivered = new ArrayList<>();

  @Test
  void trackThatNeverSendsIsNotWaitedFor() {
    timeline.begin(Track.VIDEO, video, 0);
    picture(0, 0);
    reportVideo(WALL, 0);

    timeline.poll(0, delivered::add);

    assertThat(millis(Track.VIDEO)).containsExactly(0L);
  }

  @Test
  void reportsDecideWhereTheTracksMeet() {
    timeline.begin(Track.VIDEO, video, 0);
    timeline.begin(Track.AUDIO, audio, 0);
    picture(0, 100);
    sound(0, 100);
    reportVideo(WALL, 0);
    reportAudio(WALL.plusMillis(250), 0);

    timeline.poll(100 * MILLI, delivered::add);

    assertThat(millis(Track.VIDEO)).containsExactly(0L);
    assertThat(millis(Track.AUDIO)).containsExactly(250L);
  }

  @Test
  void holdEndsAfterFourSecondsAtTheMoment() {
    timeline.begin(Track.VIDEO, video, 0);
    picture(0, 0);

    assertThat(timeline.nextDeadline(0)).isEqualTo(4_000 * MILLI);
    timeline.poll(4_000 * MILLI - 1, delivered::add);
    assertThat(delivered).isEmpty();
    timeline.poll(4_000 * MILLI, delivered::add);

    assertThat(delivered).hasSize(1);
  }

  @Test
  void holdEndsWhenItIsFullAndLaterFramesAreRefusedUntilThen() {
    timeline.begin(Track.VIDEO, video, 0);
    for (int i = 0; i < Timeline.MAX_HELD_FRAMES; i++) {
      assertThat(picture(i, i / 100)).isTrue();
    }

    assertThat(picture(5_000, 50)).isFalse();
    timeline.poll(50 * MILLI, delivered::add);

    assertThat(delivered).hasSize(Timeline.MAX_HELD_FRAMES);
    assertThat(picture(5_000, 50)).isTrue();
  }

  @Test
  void driftIsCorrectedWithoutAJump() {
    timeline.begin(Track.VIDEO, video, 0);
    reportVideo(WALL, 0);
    for (int second = 0; second < 100; second++) {
      // This sender's 90 kHz run a thousandth too fast against its own wall clock.
      reportVideo(WALL.plusSeconds(second), second * 90_090);
      for (int tenth = 0; tenth < 10; tenth++) {
        pictureTicks(second * 90_090 + tenth * 9_009, second * 1_000 + tenth * 100);
      }
      timeline.poll(second * 1_000L * MILLI, delivered::add);
    }

    assertThat(millis(Track.VIDEO)).isSorted().doesNotHaveDuplicates();
    assertThat(delivered.get(999).time().millis()).isBetween(99_895L, 99_905L);
  }

  @Test
  void stepOfTheSendersWallClockChangesNothing() {
    timeline.begin(Track.VIDEO, video, 0);
    timeline.begin(Track.AUDIO, audio, 0);
    for (int second = 0; second < 20; second++) {
      Instant wall = WALL.plusSeconds(second).plusSeconds(second < 10 ? 0 : 3_600);
      reportVideo(wall, second * 90_000);
      reportAudio(wall, second * 48_000);
      picture(second * 1_000, second * 1_000L);
      sound(second * 1_000, second * 1_000L);
      timeline.poll(second * 1_000L * MILLI, delivered::add);
    }

    assertThat(millis(Track.VIDEO)).isEqualTo(millis(Track.AUDIO));
    assertThat(delivered.get(39).time().millis()).isEqualTo(19_000);
  }

  @Test
  void restartedTimestampsContinueByArrival() {
    timeline.begin(Track.VIDEO, video, 0);
    reportVideo(WALL, 0);
    picture(0, 0);
    picture(1_000, 1_000);
    pictureTicks(900_000_000, 1_040);
    pictureTicks(900_003_600, 1_080);

    timeline.poll(1_080 * MILLI, delivered::add);

    assertThat(millis(Track.VIDEO)).containsExactly(0L, 1_000L, 1_040L, 1_080L);
  }

  @Test
  void picturesOutOfPresentationOrderKeepTheirTimes() {
    timeline.begin(Track.VIDEO, video, 0);
    reportVideo(WALL, 0);
    picture(0, 0);
    picture(120, 40);
    picture(40, 80);
    picture(80, 120);

    timeline.poll(120 * MILLI, delivered::add);

    assertThat(millis(Track.VIDEO)).containsExactly(0L, 120L, 40L, 80L);
  }

  private boolean picture(int millis, long arrival) {
    return pictureTicks(millis * 90, arrival);
  }

  private boolean pictureTicks(int timestamp, long arrival) {
    return timeline.offer(
        new HeldFrame(live(Track.VIDEO), video, video.unwrap(timestamp), arrival * MILLI));
  }

  private void sound(int millis, long arrival) {
    timeline.offer(
        new HeldFrame(live(Track.AUDIO), audio, audio.unwrap(millis * 48), arrival * MILLI));
  }

  private static EncodedFrame live(Track track) {
    return new EncodedFrame(track, MediaTime.ZERO, true, new byte[9]);
  }

  private void reportVideo(Instant wall, int timestamp) {
    timeline.senderReport(video, NtpTime.of(wall), timestamp);
  }

  private void reportAudio(Instant wall, int timestamp) {
    timeline.senderReport(audio, NtpTime.of(wall), timestamp);
  }

  private List<Long> millis(Track track) {
    return delivered.stream()
        .filter(frame -> frame.track() == track)
        .map(frame -> frame.time().millis())
        .toList();
  }
}
