package io.github.kvslocal.fault;

import java.time.Duration;
import java.util.List;

/**
 * All that befalls the media of one participant at present.
 *
 * @param network what the way does to it
 * @param keyFrames how often key frames are asked for: {@link #AS_NEEDED}, {@link #NO_KEY_FRAMES},
 *     or always again after so long
 * @param bitsPerSecond the most that the participant is told to send; 0 to tell it nothing
 */
public record MediaFate(NetworkModel network, Duration keyFrames, long bitsPerSecond) {
  /** Key frames are asked for when they are needed. */
  public static final Duration AS_NEEDED = Duration.ZERO;

  /** Key frames are never asked for. */
  public static final Duration NO_KEY_FRAMES = Duration.ofDays(36_500);

  /** What befalls it on this network without any fault. */
  public static MediaFate on(NetworkModel network) {
    return new MediaFate(network, AS_NEEDED, 0);
  }

  /** What all of these together come to; the later one wins where two disagree. */
  public MediaFate with(List<Fault.OfMedia> faults) {
    MediaFate fate = this;
    for (Fault.OfMedia fault : faults) {
      fate = fault.on(fate);
    }
    return fate;
  }
}
