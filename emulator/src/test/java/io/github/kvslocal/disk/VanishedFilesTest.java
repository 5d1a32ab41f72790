package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.StoredClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories that others take away and bring back while the store is open. */
class VanishedFilesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn DOOR =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  @TempDir Path data = Path.of("");
  private DiskFragmentStore store;
  private int seconds;

  @BeforeEach
  void open() throws IOException {
    store = DiskFragmentStore.open(data);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void directoryThatWasRemovedIsMadeAgainAndWhatWasInItIsListedNoMore() throws Exception {
    store();
    remove(directory());

    FragmentMetadata after = store();

    assertThat(store.list(DOOR)).containsExactly(after);
    assertThat(store.read(DOOR, after.number())).isPresent();
    assertThat(store.oldest(DOOR)).contains(after.serverTime());
  }

  @Test
  void numbersGoOnInADirectoryThatWasMadeAgain() throws Exception {
    FragmentMetadata gone = store();
    remove(directory());
    store();

    assertThat(store.nextNumber(DOOR, NOON)).isGreaterThan(gone.number());
  }

  @Test
  void directoryThatComesBackInPlaceOfAnotherIsListedWithWhatIsInIt() throws Exception {
    FragmentMetadata before = store();
    Path elsewhere = Files.move(directory(), data.resolve("elsewhere"));
    FragmentMetadata meanwhile = store();
    Files.move(directory(), data.resolve("other"));
    Files.move(elsewhere, directory());

    FragmentMetadata after = store();

    assertThat(store.list(DOOR)).containsExactly(before, after).doesNotContain(meanwhile);
  }

  @Test
  void whatWasInADirectoryThatWasEmptiedIsListedNoMore() throws Exception {
    store();
    store();
    // What rm -r and mkdir do where the system uses an inode again.
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    FragmentMetadata after = store();

    assertThat(store.list(DOOR)).containsExactly(after);
    assertThat(store.oldest(DOOR)).contains(after.serverTime());
  }

  @Test
  void whatWasStoredBeforeARestartIsMissedToo() throws Exception {
    store();
    store.close();
    open();
    FragmentMetadata before = store.list(DOOR).get(0);
    Files.delete(directory().resolve(FragmentFileName.of(before)));

    FragmentMetadata after = store();

    assertThat(store.list(DOOR)).containsExactly(after);
  }

  @Test
  void fragmentWhoseFileWasRemovedIsListedNoMoreOnceItWasAskedFor() throws Exception {
    FragmentMetadata removed = store();
    FragmentMetadata kept = store();
    Files.delete(directory().resolve(FragmentFileName.of(removed)));

    assertThat(store.read(DOOR, removed.number())).isEmpty();

    assertThat(store.list(DOOR)).containsExactly(kept);
  }

  @Test
  void fragmentsStayListedWhileTheirDirectoryIsAway() throws Exception {
    FragmentMetadata before = store();
    Path elsewhere = Files.move(data.resolve("streams"), data.resolve("elsewhere"));
    assertThat(store.read(DOOR, before.number())).isEmpty();

    Files.move(elsewhere, data.resolve("streams"));

    assertThat(store.list(DOOR)).containsExactly(before);
    assertThat(store.read(DOOR, before.number())).isPresent();
  }

  @Test
  void directoryOfAllStreamsIsNotMadeAgainSinceItMayBeADisk() throws Exception {
    remove(data.resolve("streams"));

    CompletableFuture<Void> append = append(metadata());

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> append.get(10, TimeUnit.SECONDS))
        .withCauseInstanceOf(IOException.class)
        .withMessageContaining(data.resolve("streams") + " does not exist");
    assertThat(data.resolve("streams")).doesNotExist();
    Files.createDirectory(data.resolve("streams"));
    FragmentMetadata after = store();
    assertThat(store.list(DOOR)).containsExactly(after);
  }

  private FragmentMetadata metadata() {
    Instant time = NOON.plusSeconds(seconds++);
    return StoredClip.metadata(store.nextNumber(DOOR, time), time);
  }

  private CompletableFuture<Void> append(FragmentMetadata metadata) {
    return store.append(DOOR, metadata, StoredClip.file(metadata.number(), metadata.serverTime()));
  }

  private FragmentMetadata store() throws Exception {
    FragmentMetadata metadata = metadata();
    append(metadata).get(10, TimeUnit.SECONDS);
    return metadata;
  }

  private Path directory() {
    return data.resolve("streams").resolve(DirectoryName.of(DOOR));
  }

  private static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
