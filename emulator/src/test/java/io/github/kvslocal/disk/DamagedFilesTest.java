package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.StoredClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index of a stream whose directory holds more than whole fragments. */
class DamagedFilesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn DOOR =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private static final FragmentMetadata FIRST =
      StoredClip.metadata(new FragmentNumber("1"), NOON.plusSeconds(2));
  private static final FragmentMetadata LAST =
      StoredClip.metadata(new FragmentNumber("9"), NOON.plusSeconds(9));
  private static final byte[] WHOLE = StoredClip.file(new FragmentNumber("5"), NOON);

  @TempDir Path data = Path.of("");
  private Path directory = Path.of("");

  @BeforeEach
  void store() throws IOException {
    directory = Files.createDirectories(data.resolve("streams").resolve(DirectoryName.of(DOOR)));
    for (FragmentMetadata metadata : List.of(FIRST, LAST)) {
      put(FragmentFileName.of(metadata), StoredClip.file(metadata.number(), metadata.serverTime()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40, 64, 1_000, 20_000})
  void fragmentThatWasCutOffIsNeitherListedNorDeleted(int length) throws Exception {
    put("5_5_5_2000.mkv", Arrays.copyOf(WHOLE, length));

    assertThat(listed()).containsExactly(FIRST, LAST);
  }

  @Test
  void fragmentWithoutItsLastByteIsNeitherListedNorDeleted() throws Exception {
    put("5_5_5_2000.mkv", Arrays.copyOf(WHOLE, WHOLE.length - 1));

    assertThat(listed()).containsExactly(FIRST, LAST);
  }

  @Test
  void fragmentThatIsFollowedBySomethingElseIsNeitherListedNorDeleted() throws Exception {
    put("5_5_5_2000.mkv", Arrays.copyOf(WHOLE, WHOLE.length + 1));

    assertThat(listed()).containsExactly(FIRST, LAST);
  }

  @Test
  void fileOfZerosIsNeitherListedNorDeleted() throws Exception {
    put("5_5_5_2000.mkv", new byte[WHOLE.length]);

    assertThat(listed()).containsExactly(FIRST, LAST);
  }

  @Test
  void nameOfNoFragmentIsNeitherListedNorDeleted() throws Exception {
    put("notes.txt", new byte[1]);
    put("notes.unfinished", new byte[1]);
    put("5.mkv", WHOLE);
    put("5_5_5_2000.mkv.bak", WHOLE);
    put("5_5_5_2000.webm", WHOLE);
    put("9".repeat(128) + "_5_5_2000.mkv", WHOLE);
    Files.createDirectory(directory.resolve("5_5_5_2000.mkv"));

    assertThat(listed()).containsExactly(FIRST, LAST);
  }

  @Test
  void linkToNothingIsNeitherListedNorDeleted() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("5_5_5_2000.mkv"), Path.of("nothing"));

    try (DiskFragmentStore store = DiskFragmentStore.open(data)) {
      assertThat(store.list(DOOR)).containsExactly(FIRST, LAST);
    }
    assertThat(link).isSymbolicLink();
  }

  @Test
  void numberOfADamagedFragmentIsNotGivenAgain() throws Exception {
    FragmentNumber damaged = new FragmentNumber("91343852333181499999999999999999999999999999999");
    put(damaged + "_5_5_2000.mkv", new byte[1]);

    try (DiskFragmentStore store = DiskFragmentStore.open(data)) {
      assertThat(store.nextNumber(DOOR, NOON)).isGreaterThan(damaged);
    }
  }

  @Test
  void leftoverThatCannotBeRemovedKeepsNobodyFromStarting() throws Exception {
    Path obstacle = Files.createDirectory(directory.resolve("5_5_5_2000.mkv.unfinished"));
    Files.createFile(obstacle.resolve("something"));

    try (DiskFragmentStore store = DiskFragmentStore.open(data)) {
      assertThat(store.list(DOOR)).containsExactly(FIRST, LAST);
    }
  }

  /** Of other bytes in its midst a file says nothing; whoever reads it is told. */
  @Test
  void survivesAnyBytes() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = Arrays.copyOf(WHOLE, random.nextInt(200));
      for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      put("5_5_5_%d.mkv".formatted(i), bytes);
    }

    assertThat(listed()).containsExactly(FIRST, LAST);
  }

  /** What a store lists that is opened on these files, all of which have to stay. */
  private List<FragmentMetadata> listed() throws IOException {
    Map<String, Long> before = files();
    try (DiskFragmentStore store = DiskFragmentStore.open(data)) {
      assertThat(files()).isEqualTo(before);
      return store.list(DOOR);
    }
  }

  private Map<String, Long> files() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        sizes.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return sizes;
  }

  private void put(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }
}
