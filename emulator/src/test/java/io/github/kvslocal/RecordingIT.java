package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.assertions.AudioLevel;
import io.github.kvslocal.assertions.MissingMediaError;
import io.github.kvslocal.assertions.RecordedFrame;
import io.github.kvslocal.assertions.Recording;
import io.github.kvslocal.assertions.Sync;
import io.github.kvslocal.fragment.Gaps;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording as a test of a user's looks at it, made by a master over real sockets. */
class RecordingIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final AnswerPlan BOTH_TRACKS = new AnswerPlan(true, Setup.ACTIVE);
  private static final List<EncodedFrame> FRAMES = Clip.frames();

  private static MasterBench bench;
  private static Recording door;

  @BeforeAll
  static void record() throws Exception {
    bench = new MasterBench(KvsLocal.builder().channels("door", "gate", "attic").options());
    door = bench.emulator.recording("door");
    try (RemoteMaster master = bench.join("door", BOTH_TRACKS, FRAMES)) {
      door.awaitFragments(2, PATIENCE);
      master.allSent().get(20, TimeUnit.SECONDS);
    }
    bench.log.await("recording-ended", "door");
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void framesAreThoseThatWereSentInTheirOrder() {
    assertThat(door.frames(Track.VIDEO))
        .extracting(RecordedFrame::data)
        .isEqualTo(MasterBench.data(FRAMES, Track.VIDEO));
    assertThat(door.frames(Track.VIDEO)).extracting(RecordedFrame::at).isSorted();
    assertThat(door.frames()).hasSize(FRAMES.size());
    assertThat(door.keyFrames()).hasSize(6).allMatch(RecordedFrame::keyFrame);
  }

  @Test
  void durationAndGapsAreThoseOfAllFragments() {
    assertThat(door.fragments()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(door.duration()).isBetween(Duration.ofMillis(5_800), Duration.ofMillis(6_200));
    assertThat(door.gaps()).isEqualTo(Gaps.NONE);
  }

  @Test
  void soundGoesWithThePicture() {
    Sync sync = door.sync();

    assertThat(sync.start().abs()).isLessThan(Duration.ofMillis(50));
    assertThat(sync.end().abs()).isLessThan(Duration.ofMillis(150));
    assertThat(sync.drift()).isEqualTo(sync.end().minus(sync.start()));
  }

  @Test
  void everyPacketHasALevel() {
    List<AudioLevel> levels = door.audioLevels();

    assertThat(levels).hasSameSizeAs(door.frames(Track.AUDIO));
    assertThat(levels).anyMatch(level -> level.dbfs() > -40);
    assertThat(levels)
        .allSatisfy(level -> assertThat(level.dbfs()).isBetween(AudioLevel.SILENCE, 0.0));
  }

  @Test
  void exportIsOneFileOfAllFrames(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("door.mkv");

    door.exportTo(file);

    assertThat(MatroskaReader.read(Files.readAllBytes(file)).blocks()).hasSameSizeAs(FRAMES);
  }

  @Test
  void onlyWhatHasFragmentsIsListed() {
    assertThat(bench.emulator.recordings()).extracting(Recording::name).containsExactly("door");
  }

  @Test
  void missingFragmentsAreExplained() {
    assertThatThrownBy(() -> door.awaitFragments(100, SHORT))
        .isInstanceOf(MissingMediaError.class)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "(?s)\\d of 100 fragments of door within 50 ms: the recording ended: .*");
    assertThatThrownBy(() -> bench.emulator.recording("gate").awaitFragments(1, SHORT))
        .hasMessage(
            "no fragment of gate within 50 ms: nobody joined: no master's signaling socket and no"
                + " join came");
    assertThatThrownBy(() -> bench.emulator.recording("nowhere").awaitFragments(1, SHORT))
        .hasMessageContaining("create it with createChannel(\"nowhere\")");
  }

  @Test
  void masterWithoutAPictureIsExplained() throws Exception {
    List<EncodedFrame> noKeyFrame =
        FRAMES.stream().filter(frame -> frame.track() == Track.VIDEO && !frame.keyFrame()).toList();
    try (RemoteMaster master = bench.join("attic", BOTH_TRACKS, noKeyFrame)) {
      master.connected().get(20, TimeUnit.SECONDS);

      assertThatThrownBy(
              () -> bench.emulator.recording("attic").awaitFragments(1, Duration.ofMillis(1_500)))
          .hasMessageStartingWith(
              "no fragment of attic within 1500 ms: the master connected, DTLS finished, but no key"
                  + " frame came in 1500 ms");
    }
  }

  @Test
  void nothingRecordedIsNotExported(@TempDir Path directory) {
    Path file = directory.resolve("gate.mkv");

    assertThatThrownBy(() -> bench.emulator.recording("gate").exportTo(file))
        .isInstanceOf(MissingMediaError.class);
    assertThat(file).doesNotExist();
    assertThatThrownBy(() -> bench.emulator.recording("gate").sync())
        .hasMessageStartingWith("the recording of gate has 0 fragments and no picture;");
  }

  @Test
  void threadThatIsInterruptedStopsWaiting() {
    Recording gate = bench.emulator.recording("gate");
    Thread.currentThread().interrupt();

    assertThatIllegalStateException()
        .isThrownBy(() -> gate.awaitFragments(1, PATIENCE))
        .withMessageContaining("interrupted while waiting for");
    assertThat(Thread.interrupted()).isTrue();
  }
}
