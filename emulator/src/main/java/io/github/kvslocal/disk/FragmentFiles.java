package io.github.kvslocal.disk;

import io.github.kvslocal.recording.FragmentFile;
import io.github.kvslocal.recording.FragmentMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one stream. The name of a file holds all that is told of a fragment, so the
 * directory is the index. All of it blocks; one thread at a time may change something, and any may
 * read.
 *
 * <p>A fragment is written under another name, forced to the disk, and renamed. So it is there
 * whole or not at all, after a SIGKILL as after a loss of power. The directory is not forced: a
 * loss of power, but no SIGKILL, may also take whole fragments of the last seconds, as many as the
 * file system keeps renames for itself.
 */
final class FragmentFiles {
  private static final Logger LOG = LoggerFactory.getLogger(FragmentFiles.class);

  private static final String UNFINISHED = ".unfinished";

  /** After so many files the disk is left to others. */
  private static final int MOST_DELETED_AT_ONCE = 256;

  private final Path directory;

  /** Names of files that have to go, the oldest first; one is taken off when it is gone. */
  private final Queue<String> unwanted = new ConcurrentLinkedQueue<>();

  /** What the system tells the directory by that was looked through last; null before that. */
  private @Nullable Object known;

  /**
   * A fragment's file that was there last: where it has vanished, the directory may be another one
   * that the system tells by the same, as after {@code rm -r} and {@code mkdir}. Null if none is
   * known.
   */
  private @Nullable String witness;

  /** What is in the directory: fragments, and files with the names of fragments that are none. */
  record Found(List<FragmentMetadata> whole, List<FragmentMetadata> damaged) {}

  FragmentFiles(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** Looks through the directory, and removes what a process that died left unfinished. */
  Found scan() throws IOException {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    Object looked = identity();
    List<Path> foreign = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (isUnfinished(file)) {
          remove(file);
        } else if (!belongs(file, found)) {
          foreign.add(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (!foreign.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("directory", directory)
          .addKeyValue("first", foreign.get(0).getFileName())
          .addKeyValue("count", foreign.size())
          .log("files that are no whole fragments are ignored, and stay");
    }
    known = looked;
    witness =
        found.whole().stream()
            .max(Comparator.comparing(FragmentMetadata::number))
            .map(FragmentFileName::of)
            .orElse(null);
    return found;
  }

  /** Whether a file is a whole fragment. */
  private static boolean belongs(Path file, Found found) {
    try {
      BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
      Optional<FragmentMetadata> fragment =
          FragmentFileName.parse(file.getFileName().toString(), facts.size());
      if (fragment.isEmpty()) {
        return false;
      }
      boolean whole = facts.isRegularFile() && FragmentFile.isWhole(head(file), facts.size());
      (whole ? found.whole() : found.damaged()).add(fragment.get());
      return whole;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(FragmentFile.HEAD_BYTES);
    }
  }

  /** Stores a fragment; the directory is made if need be. */
  void store(FragmentMetadata metadata, byte[] file) throws IOException {
    String name = FragmentFileName.of(metadata);
    Path whole = directory.resolve(name);
    Path unfinished = directory.resolve(name + UNFINISHED);
    try {
      makeDirectory();
      write(unfinished, file);
      Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
      if (witness != null && Files.notExists(directory.resolve(witness))) {
        known = null;
      }
      witness = name;
    } catch (IOException e) {
      remove(unfinished);
      throw new IOException(
          "cannot write the fragment to %s: %s".formatted(whole, DiskTrouble.words(e)), e);
    }
  }

  /** Whether this may not be the directory that was looked through last. */
  boolean isAnother() throws IOException {
    return !identity().equals(known);
  }

  /**
   * Not those above it: where they have vanished, a disk probably has, and another must not fill.
   */
  private void makeDirectory() throws IOException {
    if (!isThere()) {
      requireRoot();
      Files.createDirectory(directory);
      known = null;
    }
  }

  private void requireRoot() throws NoSuchFileException {
    Path root = directory.resolveSibling("");
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root.toString());
    }
  }

  boolean isThere() {
    return Files.isDirectory(directory);
  }

  /** Where the system has no such thing (Windows), all directories are the same. */
  private Object identity() throws IOException {
    Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    return key == null ? "" : key;
  }

  private static void write(Path path, byte[] file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(file);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    }
  }

  /** The file of a fragment; empty if it has vanished. */
  Optional<byte[]> read(FragmentMetadata metadata) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(directory.resolve(FragmentFileName.of(metadata))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The file of a fragment has to go, some time. */
  void unwant(FragmentMetadata metadata) {
    unwanted.add(FragmentFileName.of(metadata));
  }

  /** Those of these fragments whose files do not have to go. */
  List<FragmentMetadata> wanted(List<FragmentMetadata> fragments) {
    Set<String> names = Set.copyOf(unwanted);
    return names.isEmpty()
        ? fragments
        : fragments.stream()
            .filter(fragment -> !names.contains(FragmentFileName.of(fragment)))
            .toList();
  }

  private void remove(Path unfinished) {
    if (Files.isDirectory(unfinished)) {
      return;
    }
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      unwanted.add(unfinished.getFileName().toString());
    }
  }

  /**
   * Removes some of the files that have to go, and returns whether there are no more. One that
   * cannot be removed lets the others pass, and has to go still.
   *
   * @throws IOException that says why one cannot be removed
   */
  boolean removeSomeUnwanted() throws IOException {
    @Nullable IOException failure = null;
    for (int left = Math.min(MOST_DELETED_AT_ONCE, unwanted.size()); left > 0; left--) {
      String name = unwanted.remove();
      try {
        Files.deleteIfExists(directory.resolve(name));
        if (name.equals(witness)) {
          witness = null;
        }
      } catch (IOException e) {
        unwanted.add(name);
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return unwanted.isEmpty();
  }

  /**
   * Removes some of all files, and returns whether there are no more. From the first time on the
   * directory has the name of a deleted stream's, unless something else has that; and it goes with
   * its last file.
   *
   * @throws java.nio.file.DirectoryNotEmptyException if only files are left that are no fragments'
   * @throws IOException that says why a file cannot be removed, when all others are; or that what
   *     all streams are in has vanished
   */
  boolean removeSomeOfAll() throws IOException {
    requireRoot();
    Path leaving = leaving();
    if (!removeSomeOf(leaving)) {
      return false;
    }
    Files.deleteIfExists(leaving);
    return true;
  }

  /** What has to go, which has another name from now on if it can. */
  private Path leaving() {
    Path renamed = DirectoryName.deleted(directory);
    if (renamed.equals(directory) || !isThere()) {
      return renamed;
    }
    try {
      return Files.move(directory, renamed, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.atDebug()
          .addKeyValue("directory", directory)
          .addKeyValue("why", DiskTrouble.words(e))
          .log("a deleted stream's directory keeps its name");
      return directory;
    }
  }

  /** Whether there are no more fragments in it. One that stays lets the others go. */
  private static boolean removeSomeOf(Path leaving) throws IOException {
    int removed = 0;
    @Nullable IOException failure = null;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(leaving)) {
      for (Path file : files) {
        if (!isFragment(file) && !isUnfinished(file)) {
          continue;
        }
        try {
          Files.deleteIfExists(file);
          removed++;
        } catch (IOException e) {
          failure = e;
        }
        if (removed == MOST_DELETED_AT_ONCE) {
          return false;
        }
      }
    } catch (NoSuchFileException e) {
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (failure != null) {
      throw failure;
    }
    return true;
  }

  private static boolean isFragment(Path file) {
    return isFragment(file.getFileName().toString()) && Files.isRegularFile(file);
  }

  private static boolean isUnfinished(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(UNFINISHED)
        && isFragment(name.substring(0, name.length() - UNFINISHED.length()))
        && Files.isRegularFile(file);
  }

  private static boolean isFragment(String name) {
    return FragmentFileName.parse(name, 0).isPresent();
  }
}
