package io.github.kvslocal.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class FragmenterTest {
  private static final byte[] KEY_FRAME = bytesOf(Clip.video().get(0));
  private static final byte[] PICTURE = bytesOf(Clip.video().get(1));

  private final Fragmenter fragmenter = new Fragmenter(FragmentLimits.DOCUMENTED);
  private final List<Fragment> fragments = new ArrayList<>();

  @Test
  void realMediaIsCutEveryTwoSecondsAndNothingIsLost() {
    record(Clip.frames());

    assertThat(fragments)
        .extracting(Fragment::start)
        .extracting(MediaTime::millis)
        .containsExactly(0L, 2000L, 4000L);
    assertThat(fragments.get(0).duration().toMillis()).isEqualTo(2000);
    assertThat(fragments).allSatisfy(f -> assertThat(f.frames().get(0).keyFrame()).isTrue());
    assertThat(fragments.stream().flatMap(f -> f.frames().stream()).toList())
        .containsExactlyElementsOf(Clip.frames());
    assertThat(dropped()).isZero();
  }

  @Test
  void sizeOfThePictureComesFromTheParameterSets() {
    record(Clip.frames());

    AvcConfiguration video = fragments.get(0).video().orElseThrow();
    assertThat(video.width()).isEqualTo(160);
    assertThat(video.height()).isEqualTo(90);
  }

  @Test
  void audioThatComesAfterTheKeyFrameStillBelongsBeforeTheCut() {
    push(key(0), audio(0), key(2000));

    push(audio(1900), audio(1980));
    assertThat(fragments).isEmpty();

    push(audio(2000));
    assertThat(times(fragments.get(0), Track.AUDIO)).containsExactly(0L, 1900L, 1980L);
  }

  @Test
  void audioThatCameBeforeTheKeyFrameBelongsAfterTheCut() {
    push(key(0), audio(0), audio(1980), audio(2000), audio(2020), key(2000), audio(2040));

    finish();

    assertThat(times(fragments.get(0), Track.AUDIO)).containsExactly(0L, 1980L);
    assertThat(times(fragments.get(1), Track.AUDIO)).containsExactly(2000L, 2020L, 2040L);
  }

  @Test
  void audioThatComesAfterItsFragmentIsCompleteStartsNoneBeforeItsEnd() {
    push(key(0), audio(0), picture(20_001), picture(21_500));
    assertThat(fragments).hasSize(1);

    pushAudio(15_000, 26_000);
    finish();

    assertThat(fragments)
        .extracting(fragment -> fragment.start().millis())
        .containsExactly(0L, 20_000L, 22_000L, 24_000L, 26_000L);
    assertThat(dropped()).isEqualTo(252);
  }

  @Test
  void videoThatIsFarBeyondTheCutWaitsNoLongerForAudio() {
    push(key(0), audio(0), key(2000), picture(2999));
    assertThat(fragments).isEmpty();

    push(picture(3000));
    assertThat(fragments).hasSize(1);

    push(audio(1990));
    assertThat(fragmenter.dropped(Track.AUDIO)).isEqualTo(1);
  }

  @Test
  void framesAreOrderedByTimeWithVideoFirst() {
    push(key(0), picture(40), audio(0), audio(20), audio(40));

    finish();

    assertThat(fragments.get(0).frames())
        .extracting(EncodedFrame::track, frame -> frame.time().millis())
        .containsExactly(
            tuple(Track.VIDEO, 0),
            tuple(Track.AUDIO, 0),
            tuple(Track.AUDIO, 20),
            tuple(Track.VIDEO, 40),
            tuple(Track.AUDIO, 40));
  }

  @Test
  void timesOfATrackNeverGoBack() {
    push(key(0), picture(40), picture(30), picture(41), picture(80));

    finish();

    assertThat(times(fragments.get(0), Track.VIDEO)).containsExactly(0L, 40L, 41L, 42L, 80L);
  }

  @Test
  void nothingBeforeTheFirstKeyFrameIsRecorded() {
    push(audio(0), picture(10), audio(20), picture(30), audio(40), key(50), audio(60));

    finish();

    assertThat(fragments).hasSize(1);
    assertThat(fragments.get(0).start().millis()).isEqualTo(50);
    assertThat(times(fragments.get(0), Track.AUDIO)).containsExactly(60L);
    assertThat(fragmenter.dropped(Track.VIDEO)).isEqualTo(2);
    assertThat(fragmenter.dropped(Track.AUDIO)).isEqualTo(3);
  }

  @Test
  void audioThatMissesTheFirstKeyFrameByLessThanAMillisecondIsKept() {
    EncodedFrame early =
        new EncodedFrame(Track.AUDIO, new MediaTime(49_000_001), true, new byte[] {0x78, 1, 2, 3});

    push(early, key(50), audio(70));
    finish();

    assertThat(times(fragments.get(0), Track.AUDIO)).containsExactly(50L, 70L);
    assertThat(dropped()).isZero();
  }

  @Test
  void keyFrameWithoutParameterSetsStartsNothingUntilTheyAreKnown() {
    push(frame(Track.VIDEO, 0, true, PICTURE), key(100));

    finish();

    assertThat(fragments.get(0).start().millis()).isEqualTo(100);
  }

  @Test
  void audioAloneIsRecordedAfterFourSecondsWithoutVideo() {
    pushAudio(0, 3999);
    assertThat(fragments).isEmpty();

    pushAudio(4000, 6100);
    finish();

    assertThat(fragments)
        .extracting(f -> f.start().millis())
        .containsExactly(0L, 2000L, 4000L, 6000L);
    assertThat(fragments.get(3).duration().toMillis()).isEqualTo(120);
    assertThat(fragments).allSatisfy(f -> assertThat(f.tracks()).containsExactly(Track.AUDIO));
    assertThat(dropped()).isZero();
  }

  @Test
  void shortSessionOfAudioIsRecordedWhenItEnds() {
    pushAudio(0, 1000);

    finish();

    assertThat(fragments).hasSize(1);
  }

  @Test
  void videoThatComesLateEndsTheFragmentOfAudio() {
    pushAudio(0, 5000);
    push(key(5010));
    pushAudio(5020, 5100);

    finish();

    assertThat(fragments)
        .extracting(Fragment::tracks)
        .extracting(Object::toString)
        .containsExactly("[AUDIO]", "[AUDIO]", "[AUDIO]", "[VIDEO, AUDIO]");
    assertThat(fragments.get(3).start().millis()).isEqualTo(5010);
    assertThat(fragmenter.dropped(Track.AUDIO)).isZero();
  }

  @Test
  void videoAloneIsRecorded() {
    record(Clip.video());

    assertThat(fragments).hasSize(3);
    assertThat(fragments).allSatisfy(f -> assertThat(f.tracks()).containsExactly(Track.VIDEO));
  }

  @Test
  void otherParameterSetsStartAFragmentBeforeTheTarget() {
    byte[] other = KEY_FRAME.clone();
    other[4 + 3]++;
    push(key(0), picture(500), frame(Track.VIDEO, 1000, true, other), picture(1500));

    finish();

    assertThat(fragments).extracting(f -> f.start().millis()).containsExactly(0L, 1000L);
    assertThat(fragments.get(1).video()).isNotEqualTo(fragments.get(0).video());
  }

  @Test
  void fragmentWithoutKeyFrameEndsAfterTwentySeconds() {
    push(key(0));
    LongStream.rangeClosed(1, 230).forEach(i -> push(picture(i * 100), audio(i * 100)));
    push(key(23_100), audio(23_110));
    finish();

    assertThat(fragments).extracting(f -> f.start().millis()).containsExactly(0L, 23_100L);
    assertThat(fragments.get(0).duration()).isEqualTo(Duration.ofSeconds(20));
    assertThat(fragmenter.dropped(Track.VIDEO)).isEqualTo(31);
    assertThat(fragmenter.dropped(Track.AUDIO)).isEqualTo(31);
  }

  @Test
  void audioGoesOnWhenVideoStops() {
    push(key(0), picture(500));
    pushAudio(0, 40_000);

    finish();

    assertThat(fragments.get(0).duration()).isEqualTo(Duration.ofSeconds(20));
    assertThat(fragments.get(1).tracks()).containsExactly(Track.AUDIO);
    assertThat(dropped()).isZero();
  }

  @Test
  void fragmentEndsBeforeItIsTooBig() {
    FragmentLimits small =
        new FragmentLimits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            12_000,
            Duration.ofSeconds(1),
            Duration.ofSeconds(4));
    Fragmenter bounded = new Fragmenter(small);

    List<Fragment> all = new ArrayList<>();
    Clip.frames().forEach(frame -> all.addAll(bounded.push(frame)));
    all.addAll(bounded.finish());

    assertThat(all).allSatisfy(f -> assertThat(size(f)).isLessThan(12_000));
    assertThat(all).allSatisfy(f -> assertThat(f.frames().get(0).keyFrame()).isTrue());
    assertThat(all).hasSizeGreaterThan(3);
  }

  @Test
  void anyOrderOfFramesKeepsThePromises() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      FragmentLimits limits =
          new FragmentLimits(
              Duration.ofMillis(700),
              Duration.ofSeconds(1 + random.nextInt(20)),
              6_000L << random.nextInt(12),
              Duration.ofMillis(random.nextInt(2000)),
              Duration.ofMillis(random.nextInt(4000)));
      Fragmenter any = new Fragmenter(limits);
      List<EncodedFrame> given = new ArrayList<>(Clip.frames());
      Collections.shuffle(given, random);
      List<Fragment> all = new ArrayList<>();
      int scale = 1 + random.nextInt(8);

      given.forEach(
          frame -> all.addAll(any.push(frame.at(new MediaTime(frame.time().nanos() * scale)))));
      all.addAll(any.finish());

      assertPromises(all, "seed " + seed);
      assertThat(all.stream().mapToInt(f -> f.frames().size()).sum())
          .isEqualTo(given.size() - any.dropped(Track.VIDEO) - any.dropped(Track.AUDIO));
    }
  }

  @Test
  void survivesAnyBytesInAnAccessUnit() {
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = KEY_FRAME.clone();
      for (int j = random.nextInt(8); j >= 0; j--) {
        bytes[random.nextInt(60)] = (byte) random.nextInt();
      }
      byte[] part = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      push(frame(Track.VIDEO, i * 100L, random.nextBoolean(), part));
    }

    finish();

    assertPromises(fragments, "damaged");
  }

  private static void assertPromises(List<Fragment> all, String seed) {
    for (Track track : Track.values()) {
      List<MediaTime> times =
          all.stream()
              .flatMap(f -> f.frames().stream())
              .filter(frame -> frame.track() == track)
              .map(EncodedFrame::time)
              .toList();
      assertThat(times).as(seed).isSortedAccordingTo(Comparator.naturalOrder());
      assertThat(times).as(seed).doesNotHaveDuplicates();
    }
    for (Fragment fragment : all) {
      assertThat(fragment.frames().get(0).time()).as(seed).isEqualTo(fragment.start());
      assertThat(fragment.frames().get(0).keyFrame()).as(seed).isTrue();
      assertThat(fragment.duration())
          .as(seed)
          .isBetween(Duration.ofNanos(1), Duration.ofSeconds(20));
    }
  }

  private void record(List<EncodedFrame> frames) {
    push(frames.toArray(EncodedFrame[]::new));
    finish();
  }

  private void push(EncodedFrame... frames) {
    for (EncodedFrame frame : frames) {
      fragments.addAll(fragmenter.push(frame));
    }
  }

  private void pushAudio(int fromMillis, int untilMillis) {
    for (int millis = fromMillis; millis <= untilMillis; millis += 20) {
      push(audio(millis));
    }
  }

  private void finish() {
    fragments.addAll(fragmenter.finish());
  }

  private long dropped() {
    return fragmenter.dropped(Track.VIDEO) + fragmenter.dropped(Track.AUDIO);
  }

  private static EncodedFrame key(long millis) {
    return frame(Track.VIDEO, millis, true, KEY_FRAME);
  }

  private static EncodedFrame picture(long millis) {
    return frame(Track.VIDEO, millis, false, PICTURE);
  }

  private static EncodedFrame audio(long millis) {
    return frame(Track.AUDIO, millis, true, new byte[] {0x78, 1, 2, 3});
  }

  private static EncodedFrame frame(Track track, long millis, boolean key, byte[] data) {
    return new EncodedFrame(track, MediaTime.ofMillis(millis), key, data);
  }

  private static List<Long> times(Fragment fragment, Track track) {
    return fragment.frames().stream()
        .filter(frame -> frame.track() == track)
        .map(frame -> frame.time().millis())
        .toList();
  }

  private static long size(Fragment fragment) {
    return fragment.frames().stream().mapToLong(EncodedFrame::size).sum();
  }

  private static Tuple tuple(Track track, long millis) {
    return Tuple.tuple(track, millis);
  }

  private static byte[] bytesOf(EncodedFrame frame) {
    byte[] bytes = new byte[frame.size()];
    frame.data().get(bytes);
    return bytes;
  }
}
