package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much of what a master sends is recorded, from its join to the stored file, over 50 ms of
 * round trip and datagrams that overtake each other, media and feedback lost alike.
 */
class LossyRecordingTest {
  private static final int SECONDS = 60;
  private static final List<EncodedFrame> FRAMES = Clip.frames(SECONDS);
  private static final LinkModel PATH =
      LinkModel.PERFECT
          .withDelay(Duration.ofMillis(20))
          .withJitter(Duration.ofMillis(10))
          .withReordering(0.01);

  @ParameterizedTest
  @CsvSource({
    "0, 100, 1",
    "0, 100, 2",
    "0, 100, 3",
    "0, 100, 4",
    "0, 100, 5",
    "0, 100, 6",
    "0.01, 99.9, 1",
    "0.01, 99.9, 2",
    "0.01, 99.9, 3",
    "0.01, 99.9, 4",
    "0.01, 99.9, 5",
    "0.01, 99.9, 6",
    "0.05, 99.5, 1",
    "0.05, 99.5, 2",
    "0.05, 99.5, 3",
    "0.05, 99.5, 4",
    "0.05, 99.5, 5",
    "0.05, 99.5, 6",
    "0.10, 98, 1",
    "0.10, 98, 2",
    "0.10, 98, 3",
    "0.10, 98, 4",
    "0.10, 98, 5",
    "0.10, 98, 6"
  })
  void ofEachTrackAlmostEverythingIsKeptAndNoByteIsWrong(double loss, double percent, long seed)
      throws Exception {
    RecordedMaster master =
        new RecordedMaster(PATH.withLoss(loss), InterceptedIce.Hands.NONE, seed, FRAMES);

    master.play(Duration.ofSeconds(SECONDS + 3));

    assertThat(master.peer().sent()).isEqualTo(FRAMES);
    for (Track track : Track.values()) {
      List<ByteBuffer> sent = sent(track);
      List<ByteBuffer> recorded = master.recorded(track).stream().map(MatroskaBlock::data).toList();
      assertThat(sent).as("%s", track).containsSubsequence(recorded);
      assertThat(100.0 * recorded.size() / sent.size()).as("%s", track).isBetween(percent, 100.0);
    }
  }

  private static List<ByteBuffer> sent(Track track) {
    return FRAMES.stream().filter(frame -> frame.track() == track).map(EncodedFrame::data).toList();
  }
}
