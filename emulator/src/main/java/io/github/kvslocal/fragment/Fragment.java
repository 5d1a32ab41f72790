package io.github.kvslocal.fragment;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a session that can be decoded alone: it begins with a key frame, or with audio if it
 * has no video.
 *
 * <p>Frames are in the order of their times, video first where two times are equal; the times of
 * one track differ by at least a millisecond.
 */
public final class Fragment {
  private final MediaTime start;
  private final Duration duration;
  private final List<EncodedFrame> frames;
  private final @Nullable AvcConfiguration video;
  private final Gaps gaps;

  Fragment(
      MediaTime start,
      Duration duration,
      List<EncodedFrame> frames,
      @Nullable AvcConfiguration video,
      Gaps gaps) {
    this.start = start;
    this.duration = duration;
    this.frames = List.copyOf(frames);
    this.video = video;
    this.gaps = gaps;
  }

  /** The time of its first frame. */
  public MediaTime start() {
    return start;
  }

  /** From its start to the start of what follows it, or to the end of its last frame. */
  public Duration duration() {
    return duration;
  }

  public List<EncodedFrame> frames() {
    return frames;
  }

  /** How to decode its video; empty if it has audio only. */
  public Optional<AvcConfiguration> video() {
    return Optional.ofNullable(video);
  }

  /**
   * What the network took out of it, for no longer than it lasts. A gap that goes on in the next
   * fragment is counted in both. What was lost at its end is not known, and not here, if the next
   * frame of that track came only when the fragment was complete: a track that is lost, silent or
   * over looks the same until then.
   */
  public Gaps gaps() {
    return gaps;
  }

  /** The tracks that have frames in it; never empty. */
  public Set<Track> tracks() {
    Set<Track> tracks = EnumSet.noneOf(Track.class);
    frames.forEach(frame -> tracks.add(frame.track()));
    return tracks;
  }

  @Override
  public String toString() {
    return "fragment at %d ms of %d ms, %d frames of %s"
        .formatted(start.millis(), duration.toMillis(), frames.size(), tracks());
  }
}
