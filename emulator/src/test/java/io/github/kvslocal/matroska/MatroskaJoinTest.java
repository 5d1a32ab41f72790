package io.github.kvslocal.matroska;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.fragment.ClipFragments;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatroskaJoinTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final MatroskaJoin join = new MatroskaJoin();
  private final List<byte[]> files = new ArrayList<>();

  @Test
  void joinedFileIsWrittenAsItAlwaysWas() throws Exception {
    plan(NOON, ClipFragments.of(Clip.frames()));

    byte[] joined = joined();

    MatroskaDump.assertGolden("joined", MatroskaDump.of(joined));
    assertThat(join.size()).isEqualTo(joined.length);
  }

  @Test
  void joinedFileHasAllFramesAtTheTimesOfTheSession() throws Exception {
    plan(NOON, ClipFragments.of(Clip.frames()));

    MatroskaFile file = MatroskaReader.read(joined());

    assertThat(file.blocks())
        .extracting(MatroskaBlock::timeMillis)
        .containsExactlyElementsOf(Clip.frames().stream().map(f -> f.time().millis()).toList());
    assertThat(file.blocks())
        .extracting(MatroskaBlock::data)
        .containsExactlyElementsOf(Clip.frames().stream().map(EncodedFrame::data).toList());
    assertThat(file.durationMillis()).isEqualTo(6020);
    assertThat(file.date()).isEqualTo(NOON);
  }

  @Test
  void everyKeyFrameHasACueThatPointsAtIt() throws Exception {
    plan(NOON, ClipFragments.of(Clip.frames()));

    byte[] joined = joined();

    MatroskaFile file = MatroskaReader.read(joined);
    Layout.assertPointers(joined, file);
    assertThat(file.cues())
        .extracting(MatroskaFile.Cue::timeMillis)
        .containsExactly(0L, 1000L, 2000L, 3000L, 4000L, 5000L);
  }

  @Test
  void timesBetweenMillisecondsLeaveNoSeam() throws Exception {
    List<EncodedFrame> shifted =
        Clip.frames().stream()
            .map(frame -> frame.at(new MediaTime(frame.time().nanos() * 1001 / 1000 + 123_456)))
            .toList();
    plan(NOON, ClipFragments.of(shifted));

    MatroskaFile file = MatroskaReader.read(joined());

    assertThat(file.blocks())
        .extracting(MatroskaBlock::timeMillis)
        .containsExactlyElementsOf(shifted.stream().map(f -> f.time().millis()).toList());
  }

  @Test
  void pauseBetweenSessionsStaysAPause() throws Exception {
    plan(NOON, ClipFragments.of(Clip.frames()));
    plan(NOON.plusSeconds(60), ClipFragments.of(Clip.frames()));

    MatroskaFile file = MatroskaReader.read(joined());

    assertThat(file.durationMillis()).isEqualTo(66_020);
    assertThat(file.clusters())
        .extracting(MatroskaFile.Cluster::timeMillis)
        .containsExactly(0L, 2000L, 4000L, 60_000L, 62_000L, 64_000L);
  }

  @Test
  void sessionThatOverlapsIsMovedBehindTheOneBefore() throws Exception {
    plan(NOON, ClipFragments.of(Clip.frames()));
    plan(NOON.plusSeconds(3), ClipFragments.of(Clip.frames()));

    MatroskaFile file = MatroskaReader.read(joined());

    for (Track track : Track.values()) {
      assertThat(
              file.blocks().stream()
                  .filter(block -> block.track() == track.number())
                  .map(MatroskaBlock::timeMillis)
                  .toList())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void videoOfALaterSessionGetsItsTrack() throws Exception {
    plan(NOON, ClipFragments.of(Clip.audio()));
    plan(NOON.plusSeconds(10), ClipFragments.of(Clip.frames()));

    byte[] joined = joined();

    MatroskaFile file = MatroskaReader.read(joined);
    Layout.assertPointers(joined, file);
    assertThat(file.tracks()).extracting(MatroskaTrack::number).containsExactly(1, 2);
    assertThat(file.cues()).hasSize(4 + 6);
  }

  @Test
  void fileThatChangedSinceItWasPlannedIsDeclined() throws Exception {
    List<Fragment> fragments = ClipFragments.of(Clip.frames());
    plan(NOON, fragments);

    assertThatThrownBy(() -> join.part(0, files.get(1)))
        .isInstanceOf(MalformedMatroskaException.class);
  }

  @Test
  void damagedFileLeavesThePlanAsItWas() throws Exception {
    plan(NOON, ClipFragments.of(Clip.frames()));
    byte[] before = join.header();

    assertThatThrownBy(() -> join.plan(NOON.plusSeconds(9), new byte[100]))
        .isInstanceOf(MalformedMatroskaException.class);

    assertThat(join.header()).isEqualTo(before);
  }

  private void plan(Instant sessionStart, List<Fragment> fragments)
      throws MalformedMatroskaException {
    for (Fragment fragment : fragments) {
      Instant producerTime = sessionStart.plus(Duration.ofMillis(fragment.start().millis()));
      FragmentTags tags = new FragmentTags(new FragmentNumber("1"), producerTime, NOON);
      byte[] file = MatroskaWriter.bytes(fragment, tags);
      join.plan(producerTime, file);
      files.add(file);
    }
  }

  private byte[] joined() throws MalformedMatroskaException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(join.header());
    for (int i = 0; i < files.size(); i++) {
      out.writeBytes(join.part(i, files.get(i)));
    }
    return out.toByteArray();
  }
}
