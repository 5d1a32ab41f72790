package io.github.kvslocal.matroska;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.fragment.ClipFragments;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.media.Clip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatroskaWriterTest {
  private static final FragmentTags TAGS =
      new FragmentTags(
          new FragmentNumber("91343852333181432392682062607743920146264094051"),
          Instant.parse("2026-11-20T12:00:02.007Z"),
          Instant.parse("2026-11-20T12:00:05.120Z"));

  @Test
  void fragmentOfBothTracksIsWrittenAsItAlwaysWas() throws Exception {
    assertGolden("fragment", MatroskaWriter.bytes(ClipFragments.of(Clip.frames()).get(1), TAGS));
  }

  @Test
  void fragmentOfAudioHasNoTrackOfVideo() throws Exception {
    assertGolden("audio", MatroskaWriter.bytes(ClipFragments.of(Clip.audio()).get(1), TAGS));
  }

  @Test
  void fragmentOfVideoHasNoTrackOfAudio() throws Exception {
    assertGolden("video", MatroskaWriter.bytes(ClipFragments.of(Clip.video()).get(1), TAGS));
  }

  @Test
  void framesAreKeptBitForBit() throws Exception {
    Fragment fragment = ClipFragments.of(Clip.frames()).get(0);

    MatroskaFile file = MatroskaReader.read(MatroskaWriter.bytes(fragment, TAGS));

    assertThat(file.blocks())
        .extracting(MatroskaBlock::data)
        .containsExactlyElementsOf(fragment.frames().stream().map(frame -> frame.data()).toList());
  }

  @Test
  void cuesAndSeeksPointAtWhatTheySay() throws Exception {
    byte[] bytes = MatroskaWriter.bytes(ClipFragments.of(Clip.frames()).get(0), TAGS);

    MatroskaFile file = MatroskaReader.read(bytes);

    Layout.assertPointers(bytes, file);
    assertThat(file.cues()).extracting(MatroskaFile.Cue::timeMillis).containsExactly(0L, 1000L);
    assertThat(file.seeks()).hasSize(4);
  }

  @Test
  void tagsHaveSecondsWithThreeDecimals() {
    assertThat(TAGS.toMap())
        .containsEntry("AWS_KINESISVIDEO_PRODUCER_TIMESTAMP", "1795176002.007")
        .containsEntry("AWS_KINESISVIDEO_SERVER_TIMESTAMP", "1795176005.120");
  }

  @Test
  void readerSurvivesAnyBytes() {
    byte[] real = MatroskaWriter.bytes(ClipFragments.of(Clip.frames()).get(2), TAGS);
    Random random = new Random(11);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(real, 1 + random.nextInt(real.length));
      for (int j = random.nextInt(4); j >= 0; j--) {
        bytes[random.nextInt(Math.min(bytes.length, 1200))] = (byte) random.nextInt();
      }
      read += reads(bytes) ? 1 : 0;
    }
    assertThat(read).isLessThan(20_000);
  }

  @Test
  void whatIsNoMatroskaIsDeclined() {
    for (byte[] bytes :
        List.of(new byte[0], new byte[40], "not matroska".getBytes(StandardCharsets.UTF_8))) {
      assertThatThrownBy(() -> MatroskaReader.read(bytes))
          .isInstanceOf(MalformedMatroskaException.class);
    }
  }

  private static boolean reads(byte[] bytes) {
    try {
      MatroskaReader.read(bytes).blocks();
      new MatroskaJoin().plan(Instant.EPOCH, bytes);
      return true;
    } catch (MalformedMatroskaException e) {
      return false;
    }
  }

  private static void assertGolden(String name, byte[] file)
      throws MalformedMatroskaException, IOException {
    MatroskaDump.assertGolden(name, MatroskaDump.of(file));
  }
}
