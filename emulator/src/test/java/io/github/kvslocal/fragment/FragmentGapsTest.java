package io.github.kvslocal.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which fragments tell that something is missing, and for how long. */
class FragmentGapsTest {
  private final Fragmenter fragmenter = new Fragmenter(FragmentLimits.DOCUMENTED);
  private final List<Fragment> fragments = new ArrayList<>();

  @Test
  void soundMissingWhileItWaitsForAPictureIsAGapOfItsFragment() {
    sound(0, 2_000);
    push(audio(2_200).withLoss());
    sound(2_220, 6_000);

    finish();

    assertThat(told())
        .containsExactly("0+2200 " + sounds(200), "2200+2000 no gaps", "4200+1800 no gaps");
  }

  @Test
  void soundThatWaitsKeepsItsGapUntilAKeyFrameComes() {
    sound(0, 1_000);
    push(audio(1_100).withLoss());
    push(key(500));
    sound(1_120, 1_500);

    finish();

    assertThat(told()).containsExactly("500+1000 " + sounds(100));
  }

  @Test
  void gapIsSplitOverTheFragmentsThatItCovers() {
    pictures(0, 1_500);
    sound(0, 1_000);
    pictures(1_500, 2_500);
    push(audio(2_400).withLoss());
    sound(2_420, 2_500);

    finish();

    assertThat(told()).containsExactly("0+2000 " + sounds(1_000), "2000+500 " + sounds(400));
  }

  @Test
  void gapInPicturesIsNoLongerThanTheFragmentsOfSoundThatItEndsIn() {
    pictures(0, 1_000);
    sound(0, 1_000);
    sound(1_000, 31_000);
    push(key(31_000).withLoss());
    sound(31_000, 31_500);

    finish();

    assertThat(fragments.get(0).duration()).isEqualTo(Duration.ofSeconds(20));
    assertThat(fragments.get(0).gaps()).isEqualTo(Gaps.NONE);
    assertThat(told())
        .endsWith(
            "28000+2000 no gaps",
            "30000+1000 1 gaps in the picture of 1000 ms together, 0 in the sound of 0 ms",
            "31000+500 no gaps");
    assertThat(fragmenter.gaps().pictureTime()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatIsMissingBehindAFragmentIsNoGapInIt() {
    pictures(0, 1_000);
    sound(0, 1_000);
    push(audio(31_000).withLoss(), key(31_000).withLoss());
    sound(31_020, 31_500);

    finish();

    assertThat(told()).containsExactly("0+1000 no gaps", "31000+500 no gaps");
    assertThat(fragmenter.gaps())
        .isEqualTo(new Gaps(1, Duration.ofSeconds(30), 1, Duration.ofSeconds(30)));
  }

  @Test
  void fragmentsThatWereCompleteBeforeTheNextSoundDoNotTellThatItIsMissing() {
    pictures(0, 1_000);
    sound(0, 1_000);
    pictures(1_000, 6_000);
    push(audio(6_000).withLoss());

    finish();

    assertThat(told())
        .containsExactly("0+2000 no gaps", "2000+2000 no gaps", "4000+2020 " + sounds(2_000));
  }

  @Test
  void damagedPictureIsAGapWithoutALengthInTheFragmentThatHasIt() {
    pictures(0, 1_980);
    push(picture(1_980).withLoss());
    pictures(2_000, 2_500);

    finish();

    assertThat(told())
        .containsExactly(
            "0+2000 1 gaps in the picture of 0 ms together, 0 in the sound of 0 ms",
            "2000+500 no gaps");
  }

  @Test
  void keyFramesALittleEarlierThanTheTargetStartFragmentsToo() {
    push(key(0), key(1_980), key(3_960), key(5_899), key(5_900));

    finish();

    assertThat(fragments)
        .extracting(f -> f.start().millis())
        .containsExactly(0L, 1_980L, 3_960L, 5_900L);
  }

  @Test
  void soundAloneIsCutAtTheTarget() {
    sound(0, 8_000);

    finish();

    assertThat(told())
        .containsExactly(
            "0+2000 no gaps", "2000+2000 no gaps", "4000+2000 no gaps", "6000+2000 no gaps");
  }

  @Test
  void moreGapsThanAnyNetworkMakesAreNotKept() {
    push(key(0));
    for (int millis = 0; millis < 10_000; millis++) {
      push(audio(millis).withLoss());
    }

    finish();

    assertThat(fragments.get(0).gaps().sounds()).isEqualTo(4_096);
    assertThat(fragmenter.gaps().sounds()).isEqualTo(10_000);
  }

  @Test
  void noFragmentMissesMoreThanItLastsWhateverIsLost() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Fragmenter any = new Fragmenter(FragmentLimits.DOCUMENTED);
      List<Fragment> all = new ArrayList<>();
      long millis = 0;
      for (int i = 0; i < 500; i++) {
        millis += random.nextInt(random.nextInt(20) == 0 ? 15_000 : 100);
        EncodedFrame next =
            random.nextBoolean()
                ? audio(millis)
                : random.nextInt(10) == 0 ? key(millis) : picture(millis);
        all.addAll(any.push(random.nextInt(3) == 0 ? next.withLoss() : next));
      }

      all.addAll(any.finish());

      assertThat(all)
          .as("seed " + seed)
          .allSatisfy(f -> assertThat(f.gaps().pictureTime()).isLessThanOrEqualTo(f.duration()))
          .allSatisfy(f -> assertThat(f.gaps().soundTime()).isLessThanOrEqualTo(f.duration()));
    }
  }

  private List<String> told() {
    return fragments.stream()
        .map(f -> f.start().millis() + "+" + f.duration().toMillis() + " " + f.gaps())
        .toList();
  }

  private static Gaps sounds(long millis) {
    return new Gaps(0, Duration.ZERO, 1, Duration.ofMillis(millis));
  }

  private void push(EncodedFrame... frames) {
    for (EncodedFrame frame : frames) {
      fragments.addAll(fragmenter.push(frame));
    }
  }

  private void finish() {
    fragments.addAll(fragmenter.finish());
  }

  private void sound(int fromMillis, int untilMillis) {
    for (int millis = fromMillis; millis < untilMillis; millis += 20) {
      push(audio(millis));
    }
  }

  /** One every 20 ms, a key frame at every second second. */
  private void pictures(int fromMillis, int untilMillis) {
    for (int millis = fromMillis; millis < untilMillis; millis += 20) {
      push(millis % 2_000 == 0 ? key(millis) : picture(millis));
    }
  }

  private static EncodedFrame key(long millis) {
    return Clip.video().get(0).at(MediaTime.ofMillis(millis));
  }

  private static EncodedFrame picture(long millis) {
    return Clip.video().get(1).at(MediaTime.ofMillis(millis));
  }

  private static EncodedFrame audio(long millis) {
    byte[] data = {0x78, 1, 2, 3};
    return new EncodedFrame(Track.AUDIO, MediaTime.ofMillis(millis), true, data);
  }
}
