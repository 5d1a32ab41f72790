package io.github.kvslocal.fragment;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Measures what is missing between the frames of a session, by their times. */
final class LossWatch {
  /** What is sent more rarely than this is not sent regularly. */
  private static final Map<Track, Duration> LONGEST_STEP =
      Map.of(Track.VIDEO, Duration.ofSeconds(1), Track.AUDIO, Duration.ofMillis(120));

  /** Until two frames have told. */
  private static final Map<Track, Duration> USUAL_STEP =
      Map.of(Track.VIDEO, Duration.ofMillis(33), Track.AUDIO, Duration.ofMillis(20));

  private final Map<Track, MediaTime> last = new EnumMap<>(Track.class);
  private final Map<Track, Duration> steps = new EnumMap<>(USUAL_STEP);
  private Gaps all = Gaps.NONE;

  /**
   * Takes the next frame of a track. If something was lost before it, returns for how long frames
   * are missing: since the frame before, less the step at which they came.
   */
  Optional<Duration> next(EncodedFrame frame) {
    Track track = frame.track();
    MediaTime before = last.put(track, frame.time());
    Duration passed = before == null ? Duration.ZERO : before.until(frame.time());
    if (!frame.afterLoss()) {
      if (before != null) {
        steps.put(track, shorter(passed, LONGEST_STEP.getOrDefault(track, passed)));
      }
      return Optional.empty();
    }
    Duration step = steps.getOrDefault(track, Duration.ZERO);
    Duration length = passed.minus(shorter(passed, step));
    all = all.plus(track, length);
    return Optional.of(length);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  Gaps all() {
    return all;
  }
}
