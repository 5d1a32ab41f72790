package io.github.kvslocal.fragment;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fragment that still takes frames. */
final class OpenFragment {
  /** What a container adds to a fragment, and to each of its frames, at most. */
  private static final long BYTES_AROUND = 4096;

  private static final long BYTES_PER_FRAME = 32;

  private static final Duration USUAL_PICTURE = Duration.ofNanos(33_333_333);
  private static final Duration LONGEST_PICTURE = Duration.ofSeconds(1);
  private static final Duration USUAL_PACKET = Duration.ofMillis(20);

  /** RFC 6716 section 3.2.5: a packet holds at most 120 ms. */
  private static final Duration LONGEST_PACKET = Duration.ofMillis(120);

  private static final Comparator<EncodedFrame> ORDER =
      Comparator.comparing(EncodedFrame::time).thenComparing(EncodedFrame::track);

  private final FragmentLimits limits;
  private final MediaTime start;
  private final @Nullable AvcConfiguration video;
  private final List<EncodedFrame> frames = new ArrayList<>();
  private long bytes = BYTES_AROUND;
  private MediaTime end;
  private boolean followed;

  OpenFragment(FragmentLimits limits, MediaTime start, @Nullable AvcConfiguration video) {
    this.limits = limits;
    this.start = start;
    this.video = video;
    this.end = limit();
  }

  MediaTime start() {
    return start;
  }

  boolean hasVideo() {
    return video != null;
  }

  /** Whether a key frame with this configuration can be decoded within this fragment. */
  boolean isDecodedBy(AvcConfiguration configuration) {
    return configuration.equals(video);
  }

  /** Where it ends at the latest. */
  MediaTime limit() {
    return start.plus(limits.longest());
  }

  /** In milliseconds, since 90 kHz and nanoseconds disagree about every round length. */
  boolean hasReachedTarget(MediaTime time) {
    return time.millis() >= start.plus(limits.target()).millis();
  }

  /** Whether a key frame at this time is as good as one at the target. */
  boolean hasNearlyReachedTarget(MediaTime time) {
    return time.millis() >= start.plus(limits.nearlyTarget()).millis();
  }

  boolean fits(EncodedFrame frame) {
    return bytes + frame.size() + BYTES_PER_FRAME <= limits.mostBytes();
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  void add(EncodedFrame frame) {
    frames.add(frame);
    bytes += frame.size() + BYTES_PER_FRAME;
  }

  /** Another fragment begins where it ends: it lasts until then, whatever it holds. */
  void followed() {
    followed = true;
  }

  /** Where it was decided to end; its limit before that. */
  MediaTime end() {
    return end;
  }

  /** Decides where it ends and gives back the frames from there on, in the order of arrival. */
  List<EncodedFrame> endAt(MediaTime cut) {
    end = cut;
    List<EncodedFrame> rest = frames.stream().filter(frame -> !frame.time().isBefore(cut)).toList();
    if (!rest.isEmpty()) {
      frames.removeIf(frame -> !frame.time().isBefore(cut));
      rest.forEach(frame -> bytes -= frame.size() + BYTES_PER_FRAME);
    }
    return rest;
  }

  Fragment toFragment(LossWatch losses) {
    frames.sort(ORDER);
    MediaTime until = end;
    if (!followed && !end.isBefore(limit())) {
      until = earlier(limit(), later(endOf(Track.VIDEO), endOf(Track.AUDIO)));
    }
    Gaps gaps = losses.takeWithin(start, until);
    return new Fragment(start, start.until(until), frames, video, gaps);
  }

  /** The last frame of a track is taken to be as long as the one before it. */
  private MediaTime endOf(Track track) {
    MediaTime last = start;
    Duration step = track == Track.VIDEO ? USUAL_PICTURE : USUAL_PACKET;
    Duration longest = track == Track.VIDEO ? LONGEST_PICTURE : LONGEST_PACKET;
    boolean found = false;
    for (EncodedFrame frame : frames) {
      if (frame.track() == track) {
        if (found) {
          step = last.until(frame.time());
        }
        last = frame.time();
        found = true;
      }
    }
    return found ? last.plus(step.compareTo(longest) > 0 ? longest : step) : start;
  }

  private static MediaTime later(MediaTime one, MediaTime other) {
    return one.isBefore(other) ? other : one;
  }

  private static MediaTime earlier(MediaTime one, MediaTime other) {
    return one.isBefore(other) ? one : other;
  }
}
