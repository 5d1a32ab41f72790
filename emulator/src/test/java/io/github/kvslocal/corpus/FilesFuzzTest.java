package io.github.kvslocal.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.fragment.AvcConfiguration;
import io.github.kvslocal.fragment.ClipFragments;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.matroska.FragmentTags;
import io.github.kvslocal.matroska.MalformedMatroskaException;
import io.github.kvslocal.matroska.MatroskaFile;
import io.github.kvslocal.matroska.MatroskaJoin;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.matroska.MatroskaWriter;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recordings, and the parameter sets in them, that are nearly right. */
class FilesFuzzTest {
  private static final FragmentTags TAGS =
      new FragmentTags(
          new FragmentNumber("91343852333181432392682062607743920146264094051"),
          Instant.parse("2026-11-20T12:00:02.007Z"),
          Instant.parse("2026-11-20T12:00:05.120Z"));

  @Test
  void matroskaSurvivesAnyBytes() throws IOException {
    Fuzz.of("matroska")
        .with(List.of(file(Clip.frames().subList(0, 40)), file(Clip.audio().subList(0, 10))))
        .survive(
            bytes -> {
              try {
                MatroskaFile file = MatroskaReader.read(bytes);
                assertThat(file.blocks()).allSatisfy(block -> assertThat(block.data()).isNotNull());
                join(bytes);
              } catch (MalformedMatroskaException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
              }
              MatroskaReader.isWhole(
                  Arrays.copyOf(bytes, Math.min(128, bytes.length)), bytes.length);
            });
  }

  /** What can be read can be joined, and is as long as was said. */
  private static void join(byte[] bytes) throws MalformedMatroskaException {
    MatroskaJoin join = new MatroskaJoin();
    join.plan(Instant.EPOCH, bytes);
    join.plan(Instant.EPOCH.plusSeconds(1), bytes);
    assertThat(join.size())
        .isEqualTo(join.header().length + 2L * join.part(0, bytes).length)
        .isEqualTo(join.header().length + 2L * join.part(1, bytes).length);
  }

  @Test
  void sequenceParameterSetSurvivesAnyBytes() throws IOException {
    ByteBuffer picture = ByteBuffer.wrap(HexFormat.of().parseHex("68ce3c80"));

    Fuzz.of("sps")
        .rounds(20_000)
        .with(
            List.of(
                HexFormat.of().parseHex("6742c01fda014016e8400000030040000f03c60ca8"),
                HexFormat.of().parseHex("6742c0158c8d40a0cbcf00f08846a0"),
                HexFormat.of().parseHex("67640028acd940780227e5c044000003000400000300c83c60c658")))
        .survive(
            bytes ->
                AvcConfiguration.of(List.of(ByteBuffer.wrap(bytes)), List.of(picture))
                    .ifPresent(
                        read -> {
                          assertThat(read.width()).isPositive();
                          assertThat(read.height()).isPositive();
                        }));
  }

  private static byte[] file(List<EncodedFrame> frames) {
    return MatroskaWriter.bytes(ClipFragments.of(frames).get(0), TAGS);
  }
}
