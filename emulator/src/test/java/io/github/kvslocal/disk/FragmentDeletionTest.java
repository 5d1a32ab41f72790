package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.recording.FragmentMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deletion leaves on the disk: nothing. */
class FragmentDeletionTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn DOOR =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  @TempDir Path data = Path.of("");
  private DiskFragmentStore store;

  @BeforeEach
  void open() throws IOException {
    store = DiskFragmentStore.open(data);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void fileOfADeletedFragmentIsGone() throws Exception {
    fill(3);

    await(store.deleteUntil(DOOR, NOON.plusSeconds(1), 10));

    assertThat(files(directory())).hasSize(1);
  }

  @Test
  void manyFilesAreDeletedInStepsUntilNoneIsLeft() throws Exception {
    fill(600);

    await(store.deleteUntil(DOOR, NOON.plusSeconds(600), 600));

    assertThat(files(directory())).isEmpty();
  }

  @Test
  void directoryOfADeletedStreamIsGone() throws Exception {
    fill(600);

    await(store.deleteStream(DOOR));

    assertThat(files(data.resolve("streams"))).isEmpty();
  }

  @Test
  void whatIsBeingStoredWhenItsStreamIsDeletedIsDeletedToo() throws Exception {
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      appends.add(append(i, 200_000));
    }

    await(store.deleteStream(DOOR));

    assertThat(appends).allMatch(CompletableFuture::isDone);
    assertThat(store.list(DOOR)).isEmpty();
    assertThat(files(data.resolve("streams"))).isEmpty();
  }

  @Test
  void streamWhoseDeletionWasInterruptedIsGoneAfterTheNextStart() throws Exception {
    fill(3);
    store.close();
    Files.move(
        directory(), data.resolve("streams").resolve(directory().getFileName() + ".deleted"));

    open();

    assertThat(store.list(DOOR)).isEmpty();
    store.close();
    assertThat(files(data.resolve("streams"))).isEmpty();
  }

  @Test
  void foreignFileInADeletedStreamIsKept() throws Exception {
    fill(3);
    Files.writeString(directory().resolve("notes.txt"), "keep me");

    await(store.deleteStream(DOOR));

    Path left = data.resolve("streams").resolve(directory().getFileName() + ".deleted");
    assertThat(files(left)).containsExactly(left.resolve("notes.txt"));
  }

  @Test
  void fileThatCannotBeDeletedIsTriedAgain() throws Exception {
    fill(1);
    Path file = files(directory()).get(0);
    Files.delete(file);
    Path obstacle = Files.createFile(Files.createDirectory(file).resolve("obstacle"));
    CompletableFuture<Void> deletion = store.deleteUntil(DOOR, NOON, 1);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> deletion.get(10, TimeUnit.SECONDS))
        .withCauseInstanceOf(IOException.class)
        .withMessageContaining("cannot delete fragments");
    Files.delete(obstacle);

    await(store.deleteUntil(DOOR, NOON, 1));

    assertThat(file).doesNotExist();
  }

  @Test
  void directoriesNamedLikeFragmentsKeepNoneFromBeingDeletedAndStay() throws Exception {
    fill(8);
    for (String name : List.of("1_1_1_1.mkv", "2_1_1_1.mkv.unfinished")) {
      Files.createFile(Files.createDirectory(directory().resolve(name)).resolve("x"));
    }

    await(store.deleteStream(DOOR));

    assertThat(files(left()))
        .containsExactlyInAnyOrder(
            left().resolve("1_1_1_1.mkv"), left().resolve("2_1_1_1.mkv.unfinished"));
  }

  @Test
  void streamIsDeletedWhereWhatWasLeftOfItBeforeHasItsPlace() throws Exception {
    fill(600);
    Files.createFile(Files.createDirectory(left()).resolve("notes.txt"));

    await(store.deleteStream(DOOR));

    assertThat(files(data.resolve("streams"))).containsExactly(left());
    assertThat(left().resolve("notes.txt")).exists();
  }

  @Test
  void directoryNamedLikeAnUnfinishedFragmentKeepsNoneFromBeingDeleted() throws Exception {
    fill(1);
    store.close();
    Path foreign = Files.createDirectory(directory().resolve("1_1_1_1.mkv.unfinished"));
    Files.createFile(foreign.resolve("x"));
    open();

    await(store.deleteUntil(DOOR, NOON, 1));

    assertThat(foreign.resolve("x")).exists();
  }

  @Test
  void streamIsNotDeletedWhileTheDirectoryOfAllIsAway() throws Exception {
    fill(3);
    Path elsewhere = Files.move(data.resolve("streams"), data.resolve("elsewhere"));
    CompletableFuture<Void> deletion = store.deleteStream(DOOR);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> deletion.get(10, TimeUnit.SECONDS))
        .withCauseInstanceOf(IOException.class)
        .withMessageContaining(data.resolve("streams") + " does not exist");
    Files.move(elsewhere, data.resolve("streams"));

    await(store.deleteStream(DOOR));

    assertThat(files(data.resolve("streams"))).isEmpty();
  }

  private Path left() {
    return data.resolve("streams").resolve(directory().getFileName() + ".deleted");
  }

  private void fill(int fragments) throws Exception {
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    for (int i = 0; i < fragments; i++) {
      appends.add(append(i, 1));
    }
    await(CompletableFuture.allOf(appends.toArray(CompletableFuture<?>[]::new)));
  }

  /** One that the service had so many seconds after noon. */
  private CompletableFuture<Void> append(int second, int size) {
    FragmentMetadata metadata =
        new FragmentMetadata(
            store.nextNumber(DOOR, NOON),
            NOON,
            NOON.plusSeconds(second),
            Duration.ofSeconds(1),
            size);
    return store.append(DOOR, metadata, new byte[size]);
  }

  private Path directory() {
    return data.resolve("streams").resolve(DirectoryName.of(DOOR));
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static void await(CompletableFuture<Void> done) throws Exception {
    done.get(20, TimeUnit.SECONDS);
  }
}
