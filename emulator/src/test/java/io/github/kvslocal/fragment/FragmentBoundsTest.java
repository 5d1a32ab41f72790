package io.github.kvslocal.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service's bounds of a fragment, at them and just beyond. */
class FragmentBoundsTest {
  /** What a fragment and each of its frames are taken to have around them. */
  private static final int AROUND = 4_096;

  private static final int PER_FRAME = 32;

  private final Fragmenter fragmenter = new Fragmenter(FragmentLimits.DOCUMENTED);
  private final List<Fragment> fragments = new ArrayList<>();

  @Test
  void pictureAtTwentySecondsBelongsToNoFragmentButTheNextKeyFrames() {
    push(key(0));
    for (int millis = 1_000; millis <= 19_000; millis += 1_000) {
      push(picture(millis, 100));
    }
    push(picture(19_999, 100), picture(20_000, 100), picture(20_001, 100), key(21_000));

    fragments.addAll(fragmenter.finish());

    assertThat(fragments).extracting(f -> f.start().millis()).containsExactly(0L, 21_000L);
    assertThat(fragments.get(0).duration()).isLessThanOrEqualTo(Duration.ofSeconds(20));
    assertThat(fragments.get(0).frames()).hasSize(21);
    assertThat(fragmenter.dropped(Track.VIDEO)).isEqualTo(2);
  }

  @Test
  void keyFrameAtTwentySecondsEndsAFragmentOfTwentySeconds() {
    Fragmenter longest =
        new Fragmenter(FragmentLimits.DOCUMENTED.withTarget(Duration.ofSeconds(20)));

    fragments.addAll(longest.push(key(0)));
    fragments.addAll(longest.push(key(10_000)));
    fragments.addAll(longest.push(key(20_000)));
    fragments.addAll(longest.finish());

    assertThat(fragments).extracting(f -> f.start().millis()).containsExactly(0L, 20_000L);
    assertThat(fragments.get(0).duration()).isEqualTo(Duration.ofSeconds(20));
    assertThat(longest.dropped(Track.VIDEO)).isZero();
  }

  @Test
  void fragmentMayHaveFiftyMegabytesAndNotAByteMore() {
    int rest = 50_000_000 - AROUND - (key(0).size() + PER_FRAME) - PER_FRAME;
    push(key(0), picture(100, rest), picture(200, 1));

    fragments.addAll(fragmenter.finish());

    assertThat(fragments).hasSize(1);
    assertThat(fragments.get(0).frames()).hasSize(2);
    assertThat(fragmenter.dropped(Track.VIDEO)).isEqualTo(1);
  }

  @Test
  void pictureOfOneByteTooManyEndsItsFragment() {
    int rest = 50_000_000 - AROUND - (key(0).size() + PER_FRAME) - PER_FRAME;
    push(key(0), picture(100, rest + 1), key(200));

    fragments.addAll(fragmenter.finish());

    assertThat(fragments).extracting(f -> f.start().millis()).containsExactly(0L, 200L);
    assertThat(fragments.get(0).frames()).hasSize(1);
  }

  private void push(EncodedFrame... frames) {
    for (EncodedFrame frame : frames) {
      fragments.addAll(fragmenter.push(frame));
    }
  }

  private static EncodedFrame key(long millis) {
    return Clip.video().get(0).at(MediaTime.ofMillis(millis));
  }

  private static EncodedFrame picture(long millis, int size) {
    return new EncodedFrame(Track.VIDEO, MediaTime.ofMillis(millis), false, new byte[size]);
  }
}
