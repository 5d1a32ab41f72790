package io.github.kvslocal.disk;

import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.fragment.Gaps;
import io.github.kvslocal.recording.FragmentMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a fragment's file: {@code <number>_<producer ms>_<server ms>_<duration ms>.mkv}, and
 * with gaps {@code _p<count>-<ms>_s<count>-<ms>} of picture and sound before the dot. With the size
 * of the file it tells all that is listed of the fragment.
 */
final class FragmentFileName {
  /**
   * No number has more digits than ours: what is stored next has the number after the greatest that
   * was read, and has to be read itself after the next start.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "([0-9]{1,47})_(-?[0-9]{1,15})_(-?[0-9]{1,15})_([0-9]{1,15})"
              + "(?:_p([0-9]{1,9})-([0-9]{1,15})_s([0-9]{1,9})-([0-9]{1,15}))?\\.mkv");

  private FragmentFileName() {}

  static String of(FragmentMetadata metadata) {
    return String.format(
        Locale.ROOT,
        "%s_%d_%d_%d%s.mkv",
        metadata.number(),
        metadata.producerTime().toEpochMilli(),
        metadata.serverTime().toEpochMilli(),
        metadata.duration().toMillis(),
        suffix(metadata.gaps()));
  }

  private static String suffix(Gaps gaps) {
    return gaps.equals(Gaps.NONE)
        ? ""
        : String.format(
            Locale.ROOT,
            "_p%d-%d_s%d-%d",
            gaps.pictures(),
            gaps.pictureTime().toMillis(),
            gaps.sounds(),
            gaps.soundTime().toMillis());
  }

  /** The fragment in a file of this name; empty if the name is another one's. */
  static Optional<FragmentMetadata> parse(String name, long size) {
    Matcher match = NAME.matcher(name);
    return match.matches()
        ? Optional.of(
            new FragmentMetadata(
                new FragmentNumber(match.group(1)),
                Instant.ofEpochMilli(Long.parseLong(match.group(2))),
                Instant.ofEpochMilli(Long.parseLong(match.group(3))),
                Duration.ofMillis(Long.parseLong(match.group(4))),
                size,
                gaps(match)))
        : Optional.empty();
  }

  private static Gaps gaps(Matcher match) {
    return match.group(5) == null
        ? Gaps.NONE
        : new Gaps(
            Integer.parseInt(match.group(5)),
            Duration.ofMillis(Long.parseLong(match.group(6))),
            Integer.parseInt(match.group(7)),
            Duration.ofMillis(Long.parseLong(match.group(8))));
  }
}
