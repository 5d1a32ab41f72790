package io.github.kvslocal.fragment;

import io.github.kvslocal.media.Track;
import java.time.Duration;

/**
 * What the network, or an unreadable packet, took out of a piece of a session. Silence, a sender's
 * pause and what nobody can decode are no gaps.
 *
 * @param pictures how often pictures are missing, or damaged if these are kept
 * @param pictureTime for how long pictures are missing; zero if they are only damaged
 * @param sounds how often packets of sound are missing
 * @param soundTime for how long sound is missing
 */
public record Gaps(int pictures, Duration pictureTime, int sounds, Duration soundTime) {
  /** Everything is there. */
  public static final Gaps NONE = new Gaps(0, Duration.ZERO, 0, Duration.ZERO);

  public Gaps {
    if (pictures < 0 || sounds < 0 || pictureTime.isNegative() || soundTime.isNegative()) {
      throw new IllegalArgumentException("less than nothing cannot be missing");
    }
  }

  /** The same with one more in a track. */
  public Gaps plus(Track track, Duration length) {
    return switch (track) {
      case VIDEO -> new Gaps(pictures + 1, pictureTime.plus(length), sounds, soundTime);
      case AUDIO -> new Gaps(pictures, pictureTime, sounds + 1, soundTime.plus(length));
    };
  }

  /** For a person to read. */
  @Override
  public String toString() {
    return equals(NONE)
        ? "no gaps"
        : "%d gaps in the picture of %d ms together, %d in the sound of %d ms"
            .formatted(pictures, pictureTime.toMillis(), sounds, soundTime.toMillis());
  }
}
