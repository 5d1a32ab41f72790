package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.recording.FragmentStoreContract;
import io.github.kvslocal.recording.StoredClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFragmentStoreTest extends FragmentStoreContract {
  @TempDir Path data = Path.of("");

  @Override
  protected FragmentStore openStore() throws IOException {
    return DiskFragmentStore.open(data);
  }

  @Test
  void fragmentsSurviveARestart() throws Exception {
    FragmentMetadata metadata = storeOne();

    try (FragmentStore again = openStore()) {
      assertThat(again.list(DOOR)).containsExactly(metadata);
      assertThat(again.read(DOOR, metadata.number()))
          .hasValue(StoredClip.file(metadata.number(), NOON));
    }
  }

  @Test
  void numbersGoOnAfterARestartThoughTheClockWentBack() throws Exception {
    FragmentMetadata metadata = storeOne();

    try (FragmentStore again = openStore()) {
      assertThat(again.nextNumber(DOOR, NOON.minusSeconds(3600))).isGreaterThan(metadata.number());
    }
  }

  @Test
  void whatAnEarlierProcessLeftUnfinishedIsRemoved() throws Exception {
    storeOne();
    Path unfinished = Files.createFile(directory().resolve("7_1_2_3.mkv.unfinished"));

    try (FragmentStore again = openStore()) {
      assertThat(again.list(DOOR)).hasSize(1);
    }
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void foreignFileIsIgnoredAndKept() throws Exception {
    storeOne();
    Path foreign = Files.writeString(directory().resolve("notes.txt"), "keep me");
    Files.writeString(data.resolve("streams/readme.txt"), "keep me too");

    try (FragmentStore again = openStore()) {
      assertThat(again.list(DOOR)).hasSize(1);
    }
    assertThat(foreign).exists();
  }

  @Test
  void nothingIsWrittenOutsideTheRoot() throws Exception {
    try (FragmentStore store = openStore()) {
      for (String name : List.of(".", "..", "...", "x".repeat(256))) {
        await(store.append(stream(name), metadata(new FragmentNumber("1"), 1), new byte[1]));
      }
    }

    try (Stream<Path> files = Files.list(data)) {
      assertThat(files).containsExactly(data.resolve("streams"));
    }
    try (Stream<Path> directories = Files.list(data.resolve("streams"))) {
      assertThat(directories)
          .hasSize(4)
          .allSatisfy(
              path -> assertThat(path.getFileName().toString()).matches("[a-z0-9_-]{1,120}"));
    }
  }

  @Test
  void failingDiskLosesTheFragmentAndSaysWhere() throws Exception {
    try (FragmentStore store = openStore()) {
      String name = DirectoryName.of(DOOR);
      Path obstacle = Files.createFile(data.resolve("streams").resolve(name));
      FragmentMetadata metadata = metadata(store.nextNumber(DOOR, NOON), 1);

      CompletableFuture<Void> append = store.append(DOOR, metadata, new byte[1]);

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> append.get(5, TimeUnit.SECONDS))
          .withCauseInstanceOf(IOException.class)
          .withMessageContaining("cannot write the fragment to " + obstacle);
      assertThat(store.list(DOOR)).isEmpty();
      Files.delete(obstacle);
      await(store.append(DOOR, metadata, new byte[1]));
      assertThat(store.list(DOOR)).containsExactly(metadata);
    }
  }

  @Test
  void closeWaitsForWhatIsQueued() throws Exception {
    FragmentStore store = openStore();
    for (int i = 1; i <= 20; i++) {
      CompletableFuture<Void> append =
          store.append(DOOR, metadata(new FragmentNumber("" + i), 50_000), new byte[50_000]);
      assertThat(append).isNotCancelled();
    }

    store.close();

    assertThat(store.list(DOOR)).hasSize(20);
  }

  @Test
  void nothingIsWrittenAfterClose() throws Exception {
    FragmentStore store = DiskFragmentStore.open(data, Duration.ZERO);
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      appends.add(
          store.append(
              stream("s" + i % 4),
              metadata(new FragmentNumber("" + i), 1_000_000),
              new byte[1_000_000]));
    }

    store.close();

    assertThat(appends).allMatch(CompletableFuture::isDone);
  }

  private FragmentMetadata storeOne() throws Exception {
    try (FragmentStore store = openStore()) {
      FragmentMetadata metadata = StoredClip.metadata(store.nextNumber(DOOR, NOON), NOON);
      await(store.append(DOOR, metadata, StoredClip.file(metadata.number(), NOON)));
      return metadata;
    }
  }

  private Path directory() {
    return data.resolve("streams").resolve(DirectoryName.of(DOOR));
  }
}
