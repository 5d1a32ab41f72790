package io.github.kvslocal.fragment;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** Measures what is missing between the frames of a session, by their times. */
final class LossWatch {
  /** What is sent more rarely than this is not sent regularly. */
  private static final Map<Track, Duration> LONGEST_STEP =
      Map.of(Track.VIDEO, Duration.ofSeconds(1), Track.AUDIO, Duration.ofMillis(120));

  /** Until two frames have told. */
  private static final Map<Track, Duration> USUAL_STEP =
      Map.of(Track.VIDEO, Duration.ofMillis(33), Track.AUDIO, Duration.ofMillis(20));

  /** Of more, the oldest are forgotten: only damage at every picture gets there. */
  private static final int MOST_KEPT = 4096;

  private final Map<Track, MediaTime> last = new EnumMap<>(Track.class);
  private final Map<Track, Duration> steps = new EnumMap<>(USUAL_STEP);
  private final Deque<Gap> kept = new ArrayDeque<>();
  private Gaps all = Gaps.NONE;

  /**
   * Takes the next frame of a track. If something was lost before it, frames are missing since the
   * end of the frame before, which is taken to be as long as the step at which they came.
   */
  void next(EncodedFrame frame) {
    Track track = frame.track();
    MediaTime before = last.put(track, frame.time());
    Duration passed = before == null ? Duration.ZERO : before.until(frame.time());
    if (!frame.afterLoss()) {
      if (before != null) {
        steps.put(track, shorter(passed, LONGEST_STEP.getOrDefault(track, passed)));
      }
      return;
    }
    Duration step = steps.getOrDefault(track, Duration.ZERO);
    MediaTime from = before == null ? frame.time() : before.plus(shorter(passed, step));
    Gap gap = new Gap(track, from, frame.time());
    all = all.plus(track, gap.length());
    if (kept.size() == MOST_KEPT) {
      kept.remove();
    }
    kept.add(gap);
  }

  /**
   * What is known by now to be missing between two times; gaps that end there are forgotten, longer
   * ones are kept for the fragments that follow.
   */
  Gaps takeWithin(MediaTime start, MediaTime end) {
    Gaps gaps = Gaps.NONE;
    for (Gap gap : kept) {
      if (gap.isWithin(start, end)) {
        gaps = gaps.plus(gap.track(), gap.lengthWithin(start, end));
      }
    }
    kept.removeIf(gap -> !end.isBefore(gap.until()));
    return gaps;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  Gaps all() {
    return all;
  }
}
