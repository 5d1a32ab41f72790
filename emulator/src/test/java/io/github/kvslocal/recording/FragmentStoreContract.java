package io.github.kvslocal.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of fragments keeps to. */
public abstract class FragmentStoreContract {
  protected static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  protected static final StreamArn DOOR = stream("door");

  private FragmentStore store = new InMemoryFragmentStore();

  /** An empty store, or the same one opened again if this was called before in this test. */
  protected abstract FragmentStore openStore() throws Exception;

  @BeforeEach
  void open() throws Exception {
    store = openStore();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void streamWithoutFragmentsIsEmpty() throws Exception {
    assertThat(store.list(DOOR)).isEmpty();
    assertThat(store.read(DOOR, new FragmentNumber("1"))).isEmpty();
  }

  @Test
  void storedFragmentIsListedAndReadAsItWasGiven() throws Exception {
    FragmentMetadata metadata = metadata(store.nextNumber(DOOR, NOON), 5);

    await(store.append(DOOR, metadata, new byte[] {1, 2, 3, 4, 5}));

    assertThat(store.list(DOOR)).containsExactly(metadata);
    assertThat(store.read(DOOR, metadata.number()))
        .hasValueSatisfying(file -> assertThat(file).containsExactly(1, 2, 3, 4, 5));
  }

  @Test
  void fragmentsAreListedByNumber() throws Exception {
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    List<FragmentMetadata> given = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      FragmentMetadata metadata = metadata(store.nextNumber(DOOR, NOON.plusSeconds(i % 7)), i);
      given.add(metadata);
      appends.add(store.append(DOOR, metadata, new byte[i]));
    }

    await(CompletableFuture.allOf(appends.toArray(CompletableFuture<?>[]::new)));

    assertThat(store.list(DOOR)).containsExactlyElementsOf(given);
  }

  @Test
  void fragmentsOfAStreamAreStoredInOrder() throws Exception {
    List<CompletableFuture<Void>> appends = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      appends.add(
          store.append(DOOR, metadata(store.nextNumber(DOOR, NOON), 100_000), new byte[100_000]));
    }

    await(appends.get(9));

    assertThat(appends.subList(0, 10)).allSatisfy(append -> assertThat(append).isCompleted());
    assertThat(store.list(DOOR)).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void streamsAreApart() throws Exception {
    StreamArn gate = stream("gate");
    StreamArn doorOfOld =
        new StreamArn("aws", "us-east-1", "000000000000", "door", 1_600_000_000_000L);
    FragmentMetadata metadata = metadata(store.nextNumber(DOOR, NOON), 3);

    await(store.append(DOOR, metadata, new byte[3]));

    assertThat(store.list(gate)).isEmpty();
    assertThat(store.list(doorOfOld)).isEmpty();
    assertThat(store.read(gate, metadata.number())).isEmpty();
  }

  @Test
  void everyNameThatAStreamCanHaveIsAStreamOfItsOwn() throws Exception {
    List<String> names =
        List.of(
            ".",
            "..",
            "...",
            "-",
            "_",
            "A",
            "a",
            "a.",
            "a_",
            "CON",
            "nul",
            "x".repeat(256),
            "x".repeat(255) + "y",
            "X".repeat(256),
            "..".repeat(100));
    for (int i = 0; i < names.size(); i++) {
      await(
          store.append(
              stream(names.get(i)), metadata(new FragmentNumber("" + (i + 1)), i), new byte[i]));
    }

    for (int i = 0; i < names.size(); i++) {
      assertThat(store.list(stream(names.get(i))))
          .as(names.get(i))
          .containsExactly(metadata(new FragmentNumber("" + (i + 1)), i));
    }
  }

  @Test
  void deletedFragmentIsNeitherListedNorRead() throws Exception {
    FragmentMetadata early = store(DOOR, NOON);
    FragmentMetadata late = store(DOOR, NOON.plusMillis(1));

    CompletableFuture<Void> deletion = store.deleteUntil(DOOR, NOON, 10);

    assertThat(store.list(DOOR)).containsExactly(late);
    assertThat(store.read(DOOR, early.number())).isEmpty();
    await(deletion);
    assertThat(store.read(DOOR, late.number())).isPresent();
  }

  @Test
  void noMoreAreDeletedAtOnceThanWereAskedForTheOldestFirst() throws Exception {
    store(DOOR, NOON.plusSeconds(2));
    FragmentMetadata newest = store(DOOR, NOON.plusSeconds(3));
    store(DOOR, NOON.plusSeconds(1));

    await(store.deleteUntil(DOOR, NOON.plusSeconds(9), 2));

    assertThat(store.list(DOOR)).containsExactly(newest);
  }

  @Test
  void ageGoesByTheServersTimeWhateverTheNumbersSay() throws Exception {
    store(DOOR, NOON.plusSeconds(5));
    store(DOOR, NOON);

    assertThat(store.oldest(DOOR)).contains(NOON);
  }

  @Test
  void streamWithoutFragmentsHasNoOldestAndNothingToDelete() throws Exception {
    await(store.deleteUntil(DOOR, NOON, 10));
    await(store.deleteStream(DOOR));

    assertThat(store.oldest(DOOR)).isEmpty();
  }

  @Test
  void numbersGoOnWhenEverythingIsDeleted() throws Exception {
    FragmentMetadata deleted = store(DOOR, NOON);

    await(store.deleteUntil(DOOR, NOON, 1));

    assertThat(store.nextNumber(DOOR, NOON)).isGreaterThan(deleted.number());
  }

  @Test
  void deletedStreamIsEmptyAtOnceAndOthersAreNot() throws Exception {
    FragmentMetadata gone = store(DOOR, NOON);
    FragmentMetadata kept = store(stream("gate"), NOON);

    CompletableFuture<Void> deletion = store.deleteStream(DOOR);

    assertThat(store.list(DOOR)).isEmpty();
    assertThat(store.oldest(DOOR)).isEmpty();
    assertThat(store.read(DOOR, gone.number())).isEmpty();
    await(deletion);
    assertThat(store.list(stream("gate"))).containsExactly(kept);
  }

  @Test
  void nothingWaitsWhenEverythingIsStored() throws Exception {
    store(DOOR, NOON);

    assertThat(store.waitingBytes()).isZero();
  }

  @Test
  void numbersAreGivenOnceAndIncrease() {
    List<FragmentNumber> numbers =
        List.of(
            store.nextNumber(DOOR, NOON),
            store.nextNumber(DOOR, NOON),
            store.nextNumber(DOOR, NOON.minusSeconds(1)));

    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void closedStoreTakesNoFragment() {
    store.close();

    CompletableFuture<Void> append =
        store.append(DOOR, metadata(new FragmentNumber("1"), 1), new byte[1]);

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> append.get(5, TimeUnit.SECONDS))
        .withCauseInstanceOf(IOException.class)
        .withMessageContaining("closed");
  }

  /** A fragment that the service had at this instant. */
  private FragmentMetadata store(StreamArn stream, Instant serverTime) throws Exception {
    FragmentMetadata metadata =
        new FragmentMetadata(
            store.nextNumber(stream, NOON), NOON, serverTime, Duration.ofSeconds(2), 3);
    await(store.append(stream, metadata, new byte[3]));
    return metadata;
  }

  protected static StreamArn stream(String name) {
    return new StreamArn("aws", "us-east-1", "000000000000", name, 1_700_000_000_000L);
  }

  protected static FragmentMetadata metadata(FragmentNumber number, long size) {
    return new FragmentMetadata(
        number, NOON.plusMillis(7), NOON.plusMillis(2345), Duration.ofMillis(2001), size);
  }

  protected static void await(CompletableFuture<Void> append) throws Exception {
    append.get(10, TimeUnit.SECONDS);
  }
}
