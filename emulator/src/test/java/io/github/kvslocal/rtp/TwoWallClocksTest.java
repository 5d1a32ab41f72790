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

/**
 * A sender whose reports of sound and picture are hours apart, as in the capture of webrtc-java.
 */
class TwoWallClocksTest {
  private static final long MILLI = 1_000_000;
  private static final Instant WALL = Instant.parse("2026-01-02T03:04:05Z");
  private static final int FRAME_MILLIS = 20;

  private final Timeline timeline = new Timeline(MediaTime.ZERO, Duration.ofSeconds(4));
  private final StreamClock video = new StreamClock(90_000);
  private final StreamClock audio = new StreamClock(48_000);
  private final List<EncodedFrame> delivered = new ArrayList<>();

  @Test
  void tracksMeetByTheirFastestArrivals() {
    play(3_000);

    assertThat(millis(Track.AUDIO)).startsWith(0L, 20L).isEqualTo(millis(Track.VIDEO));
  }

  @Test
  void laterReportsMoveNoTrack() {
    play(30_000);

    assertThat(millis(Track.AUDIO)).endsWith(29_980L).isEqualTo(millis(Track.VIDEO));
  }

  /** Both tracks are sent at once; the first sound is late. */
  private void play(int untilMillis) {
    timeline.begin(Track.VIDEO, video, 0);
    timeline.begin(Track.AUDIO, audio, 0);
    for (int millis = 0; millis < untilMillis; millis += FRAME_MILLIS) {
      offer(Track.VIDEO, video, millis * 90, millis);
      offer(Track.AUDIO, audio, millis * 48, millis == 0 ? 40 : millis);
      if (millis % 1_000 == 0) {
        timeline.senderReport(video, NtpTime.of(WALL.plusMillis(millis)), millis * 90);
      }
      if (millis % 2_500 == 500) {
        Instant other = WALL.plusMillis(millis).minus(Duration.ofHours(13));
        timeline.senderReport(audio, NtpTime.of(other), millis * 48);
      }
      timeline.poll(millis * MILLI, delivered::add);
    }
  }

  private void offer(Track track, StreamClock clock, int timestamp, long arrivalMillis) {
    EncodedFrame live = new EncodedFrame(track, MediaTime.ZERO, true, new byte[9]);
    timeline.offer(new HeldFrame(live, clock, clock.unwrap(timestamp), arrivalMillis * MILLI));
  }

  private List<Long> millis(Track track) {
    return delivered.stream()
        .filter(frame -> frame.track() == track)
        .map(frame -> frame.time().millis())
        .toList();
  }
}
