package io.github.kvslocal.recording;

import io.github.kvslocal.fragment.ClipFragments;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.matroska.FragmentTags;
import io.github.kvslocal.matroska.MatroskaWriter;
import io.github.kvslocal.media.Clip;
import java.time.Duration;
import java.time.Instant;

/** Files of fragments as they are stored: each has the clip's first two seconds. */
public final class StoredClip {
  private static final Fragment FRAGMENT = ClipFragments.of(Clip.frames()).get(0);

  private StoredClip() {}

  public static byte[] file(FragmentNumber number, Instant time) {
    return MatroskaWriter.bytes(FRAGMENT, new FragmentTags(number, time, time));
  }

  public static FragmentMetadata metadata(FragmentNumber number, Instant time) {
    return new FragmentMetadata(
        number, time, time, Duration.ofSeconds(2), file(number, time).length);
  }
}
