package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that vanishes under a recording and comes back. */
class DiskTroubleIT {
  @TempDir private Path directory;
  private MasterBench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new MasterBench(directory, List.of("door", "gate"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void vanishedDirectoryInterruptsTheRecordingUntilItIsBack() throws Exception {
    try (RemoteMaster master =
        bench.join("door", new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
      awaitFragments(1);
      Files.move(directory.resolve("streams"), directory.resolve("elsewhere"));
      String interrupted = bench.log.await("recording-interrupted", "door");

      Files.move(directory.resolve("elsewhere"), directory.resolve("streams"));
      master.allSent().get(20, TimeUnit.SECONDS);

      assertThat(interrupted).contains("does not exist").contains("takes fragments again");
    }
    bench.log.await("recording-ended", "door");
    assertThat(
            bench.emulator.journal().entries().stream()
                .map(entry -> entry.event().text())
                .filter(event -> event.startsWith("recording-")))
        .containsSubsequence("recording-interrupted", "recording-resumed", "recording-ended")
        .doesNotHaveDuplicates();
    assertThat(bench.recorded("door", Track.VIDEO))
        .isNotEmpty()
        .hasSizeLessThan(MasterBench.data(Clip.frames(), Track.VIDEO).size());
  }

  @Test
  void sessionsGoOnWhileNothingCanBeStored() throws Exception {
    Files.move(directory.resolve("streams"), directory.resolve("elsewhere"));
    try (RemoteMaster first =
        bench.join("door", new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
      bench.log.await("recording-interrupted", "door");

      try (RemoteMaster second =
          bench.join("gate", new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
        second.connected().get(20, TimeUnit.SECONDS);
        first.allSent().get(20, TimeUnit.SECONDS);

        assertThat(first.ended()).isNotDone();
        assertThat(second.ended()).isNotDone();
      }
    }
    assertThat(bench.log.await("recording-ended", "door")).contains(" 0 fragments stored");
  }

  @Test
  void recordingThatIsRemovedGoesOnWithWhatComesAfter() throws Exception {
    try (RemoteMaster master =
        bench.join("door", new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
      awaitFragments(1);
      remove(directory.resolve("streams"), false);

      master.allSent().get(20, TimeUnit.SECONDS);
    }
    bench.log.await("recording-ended", "door");
    assertThat(bench.recorded("door", Track.VIDEO))
        .hasSize(Math.toIntExact(pictures()))
        .hasSizeLessThan(MasterBench.data(Clip.frames(), Track.VIDEO).size());
  }

  @Test
  void removedDirectoryOfAllRecordingsInterruptsThemUntilItIsMadeAgain() throws Exception {
    try (RemoteMaster master =
        bench.join("door", new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
      awaitFragments(1);
      remove(directory.resolve("streams"), true);
      bench.log.await("ERROR", "recording-interrupted", "door", "streams does not exist");
      HttpResponse<String> control = bench.client.post("http", "/listSignalingChannels", "{}");

      Files.createDirectory(directory.resolve("streams"));
      master.allSent().get(20, TimeUnit.SECONDS);

      assertThat(control.statusCode()).isEqualTo(200);
      assertThat(master.ended()).isNotDone();
    }
    bench.log.await("recording-resumed", "door");
    bench.log.await("recording-ended", "door");
    assertThat(bench.recorded("door", Track.VIDEO)).hasSize(Math.toIntExact(pictures()));
  }

  @Test
  void troubleOfOneStreamIsNoTroubleOfAnother() throws Exception {
    try (RemoteMaster first =
            bench.join("door", new AnswerPlan(true, Setup.ACTIVE), Clip.frames());
        RemoteMaster second =
            bench.join("gate", new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
      awaitFragments(2);
      Path door = directoryOf("door");
      Files.move(door, directory.resolve("elsewhere"));
      Files.createFile(door);
      bench.log.await("recording-interrupted", "door");
      first.allSent().get(20, TimeUnit.SECONDS);
      second.allSent().get(20, TimeUnit.SECONDS);
    }
    bench.log.await("recording-ended", "door");
    bench.log.await("recording-ended", "gate");

    assertThat(bench.recorded("gate", Track.VIDEO))
        .isEqualTo(MasterBench.data(Clip.frames(), Track.VIDEO));
    assertThat(bench.log.lines())
        .noneMatch(line -> line.contains("recording-interrupted") && line.contains("gate"));
  }

  private Path directoryOf(String stream) throws IOException {
    try (Stream<Path> directories = Files.list(directory.resolve("streams"))) {
      return directories
          .filter(path -> path.getFileName().toString().startsWith(stream))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Those in the files that are there. */
  private long pictures() throws Exception {
    long pictures = 0;
    try (Stream<Path> files = Files.walk(directory.resolve("streams"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".mkv")).toList()) {
        pictures +=
            MatroskaReader.read(Files.readAllBytes(file)).blocks().stream()
                .filter(block -> block.track() == Track.VIDEO.number())
                .count();
      }
    }
    assertThat(pictures).isPositive();
    return pictures;
  }

  /** As rm -rf does, while others write; what came in between is removed too. */
  private static void remove(Path root, boolean rootToo) throws IOException {
    boolean left = true;
    while (left) {
      List<Path> all;
      try (Stream<Path> walk = Files.walk(root)) {
        all =
            walk.filter(path -> rootToo || !path.equals(root))
                .sorted(Comparator.reverseOrder())
                .toList();
      }
      left = false;
      for (Path path : all) {
        try {
          Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
          left = true;
        }
      }
    }
  }

  private void awaitFragments(int most) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (fragments() < most && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(fragments()).isGreaterThanOrEqualTo(most);
  }

  private long fragments() throws Exception {
    try (Stream<Path> files = Files.walk(directory.resolve("streams"))) {
      return files.filter(file -> file.toString().endsWith(".mkv")).count();
    }
  }
}
