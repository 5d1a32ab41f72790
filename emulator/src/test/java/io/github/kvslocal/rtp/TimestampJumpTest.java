package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.rtcp.NtpTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timestamps that jump within one stream, and arrivals that do while timestamps do not. */
class TimestampJumpTest {
  private static final long MILLI = 1_000_000;
  private static final Instant WALL = Instant.parse("2026-01-02T03:04:05Z");
  private static final int FRAME_MILLIS = 20;
  private static final int END = 15_000;

  private final Timeline timeline = new Timeline(MediaTime.ZERO, Duration.ofSeconds(4));
  private final StreamClock video = new StreamClock(90_000);
  private final StreamClock audio = new StreamClock(48_000);
  private final List<EncodedFrame> delivered = new ArrayList<>();

  private int jumpAt = 10_000;
  private int pictureJump;
  private int soundJump;
  private boolean reports = true;

  @ParameterizedTest
  @CsvSource({
    "8000, 0, true",
    "8000, 0, false",
    "-8000, 0, true",
    "-8000, 0, false",
    "2500, 0, true",
    "1200, 0, true",
    "1200, 0, false",
    "-1200, 0, true",
    "12000, 0, true",
    "0, 8000, true",
    "0, 8000, false",
    "0, -8000, true",
    "0, -8000, false",
    "5000, -5000, true",
  })
  void tracksStayTogether(int pictures, int sounds, boolean reported) {
    pictureJump = pictures;
    soundJump = sounds;
    reports = reported;

    play();

    assertThat(millis(Track.VIDEO)).isEqualTo(steady());
    assertThat(millis(Track.AUDIO)).isEqualTo(steady());
  }

  @ParameterizedTest
  @CsvSource({"8000, 0", "-8000, 0", "0, 8000", "0, -8000"})
  void aReportThatTellsOfTheJumpBeforeItsFrameChangesLittle(int pictures, int sounds) {
    jumpAt = 10_500;
    pictureJump = pictures;
    soundJump = sounds;

    play();

    for (int i = 0; i < steady().size(); i++) {
      assertThat(millis(Track.VIDEO).get(i)).isCloseTo(steady().get(i), within(15L));
      assertThat(millis(Track.AUDIO).get(i)).isCloseTo(steady().get(i), within(15L));
    }
  }

  @Test
  void framesThatComeAtOnceAfterAStallKeepTheirTimes() {
    for (int millis = 0; millis < END; millis += FRAME_MILLIS) {
      both(millis, millis > 5_000 && millis < 8_000 ? 8_000 : millis);
    }

    assertThat(millis(Track.VIDEO)).isEqualTo(steady());
    assertThat(millis(Track.AUDIO)).isEqualTo(steady());
  }

  @Test
  void whatIsLostInAStallIsAGapAndNoJump() {
    for (int millis = 0; millis < END; millis += FRAME_MILLIS) {
      if (millis <= 5_200 || millis >= 7_800) {
        both(millis, millis > 5_000 && millis < 8_000 ? 8_000 : millis);
      }
    }

    assertThat(millis(Track.VIDEO)).contains(5_200L, 7_800L).endsWith(END - 20L);
    assertThat(millis(Track.AUDIO)).isEqualTo(millis(Track.VIDEO));
  }

  @Test
  void framesThatAllBeginLateKeepTheirTimes() {
    for (int millis = 0; millis < END; millis += FRAME_MILLIS) {
      both(millis, Math.max(millis, 3_000));
    }

    assertThat(millis(Track.VIDEO)).isEqualTo(steady());
    assertThat(millis(Track.AUDIO)).isEqualTo(steady());
  }

  private void play() {
    for (int millis = 0; millis < END; millis += FRAME_MILLIS) {
      both(millis, millis);
    }
  }

  private void both(int millis, int arrival) {
    boolean jumped = millis >= jumpAt;
    int picture = (millis + (jumped ? pictureJump : 0)) * 90;
    int sound = (millis + (jumped ? soundJump : 0)) * 48;
    if (millis == 0) {
      timeline.begin(Track.VIDEO, video, arrival * MILLI);
      timeline.begin(Track.AUDIO, audio, arrival * MILLI);
    }
    offer(Track.VIDEO, video, picture, arrival);
    offer(Track.AUDIO, audio, sound, arrival);
    if (reports && millis % 1_000 == 500) {
      timeline.senderReport(video, NtpTime.of(WALL.plusMillis(millis)), picture);
      timeline.senderReport(audio, NtpTime.of(WALL.plusMillis(millis)), sound);
    }
    timeline.poll(arrival * MILLI, delivered::add);
  }

  private void offer(Track track, StreamClock clock, int timestamp, long arrival) {
    EncodedFrame live = new EncodedFrame(track, MediaTime.ZERO, true, new byte[9]);
    timeline.offer(new HeldFrame(live, clock, clock.unwrap(timestamp), arrival * MILLI));
  }

  private static List<Long> steady() {
    List<Long> times = new ArrayList<>();
    for (long millis = 0; millis < END; millis += FRAME_MILLIS) {
      times.add(millis);
    }
    return times;
  }

  private List<Long> millis(Track track) {
    return delivered.stream()
        .filter(frame -> frame.track() == track)
        .map(frame -> frame.time().millis())
        .toList();
  }
}
