package io.github.kvslocal.disk;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.FragmentIndex;
import io.github.kvslocal.recording.FragmentMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one stream. The name of a file holds all that is told of a fragment, so the
 * directory is the index; a file appears under that name only when it is whole.
 */
final class StreamDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(StreamDirectory.class);

  private static final String UNFINISHED = ".unfinished";

  /** Behind the name of a directory whose stream was deleted: whatever else happens, it goes. */
  private static final String DELETED = ".deleted";

  /** After so many files the disk is left to others. */
  private static final int MOST_DELETED_AT_ONCE = 256;

  private static final int LONGEST_READABLE = 64;

  /** A fragment has at most 50 MB of media (service quotas); what exceeds 64 MiB is not read. */
  private static final long LARGEST_FILE = 64 << 20;

  private final Path directory;
  private final FragmentIndex index = new FragmentIndex();

  /** Names of files that have to go, the oldest first; a worker takes one off when it is gone. */
  private final Queue<String> unwanted = new ConcurrentLinkedQueue<>();

  /** Completes, never with a failure, when what was queued last is done. */
  private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

  private volatile boolean deleted;
  private volatile boolean stopped;

  StreamDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * The name of a stream's directory: what is readable of the stream's name, its time of creation,
   * and half of a SHA-256 of the ARN, which alone tells streams apart. It is made of {@code
   * [a-z0-9_-]} only, so it can neither leave the root nor meet another in a file system that does
   * not tell case.
   */
  static String nameOf(StreamArn stream) {
    String readable = stream.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
    return "%s-%d-%s"
        .formatted(
            readable.substring(0, Math.min(LONGEST_READABLE, readable.length())),
            stream.createdAtMillis(),
            HexFormat.of().formatHex(sha256(stream.toString()), 0, 16));
  }

  /** Whether a directory belongs to a stream that was deleted. */
  static boolean isDeleted(Path directory) {
    return directory.getFileName().toString().endsWith(DELETED);
  }

  FragmentIndex index() {
    return index;
  }

  /** Indexes what is there, and removes what a process that died left unfinished. */
  void open() throws IOException {
    if (isDeleted(directory)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        long size = Files.size(file);
        Optional<FragmentMetadata> fragment = FragmentFileName.parse(name, size);
        if (fragment.isPresent() && Files.isRegularFile(file) && size <= LARGEST_FILE) {
          index.add(fragment.get());
        } else if (name.endsWith(UNFINISHED)) {
          Files.deleteIfExists(file);
        } else {
          LOG.atWarn().addKeyValue("file", file).log("a file that is no fragment is ignored");
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Stores a file when those before it are stored or lost. */
  synchronized CompletableFuture<Void> append(
      FragmentMetadata metadata, byte[] file, Executor workers) {
    return queue(() -> write(metadata, file), workers);
  }

  /** Deletes the oldest of the fragments that the service had at this instant or earlier. */
  synchronized CompletableFuture<Void> deleteUntil(Instant serverTime, int most, Executor workers) {
    index
        .removeUntil(serverTime, most)
        .forEach(removed -> unwanted.add(FragmentFileName.of(removed)));
    return queue(() -> removeUnwanted(workers), workers);
  }

  /** Deletes all fragments and the directory; what is queued is lost. */
  synchronized CompletableFuture<Void> delete(Executor workers) {
    deleted = true;
    index.clear();
    return queue(() -> removeAll(workers), workers);
  }

  /** What is done comes one after the other, whatever becomes of it. */
  private CompletableFuture<Void> queue(Step step, Executor workers) {
    CompletableFuture<Void> done = tail.thenComposeAsync(unused -> step.begin(), workers);
    tail = done.handle((unused, failure) -> null);
    return done;
  }

  /** Something that a worker does. */
  private interface Step {
    CompletableFuture<Void> begin();
  }

  synchronized CompletableFuture<Void> tail() {
    return tail;
  }

  /** From now on what is queued fails. */
  void stop() {
    stopped = true;
  }

  Optional<byte[]> read(FragmentNumber number) throws IOException {
    Optional<FragmentMetadata> metadata = index.find(number);
    if (metadata.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Files.readAllBytes(directory.resolve(FragmentFileName.of(metadata.get()))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private CompletableFuture<Void> write(FragmentMetadata metadata, byte[] file) {
    if (stopped || deleted) {
      return lost(stopped ? DiskFragmentStore.CLOSED : "the stream was deleted");
    }
    // They may be what the disk is full of.
    var unused = removeSomeUnwanted();
    Path whole = directory.resolve(FragmentFileName.of(metadata));
    Path unfinished = directory.resolve(FragmentFileName.of(metadata) + UNFINISHED);
    try {
      makeDirectory();
      write(unfinished, file);
      Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      remove(unfinished);
      return lost("cannot write the fragment to %s: %s".formatted(whole, DiskTrouble.words(e)), e);
    }
    synchronized (this) {
      if (!deleted) {
        index.add(metadata);
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Not those above it: where they have vanished, a disk probably has, and another must not fill.
   */
  private void makeDirectory() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory);
    }
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

  private void remove(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      unwanted.add(unfinished.getFileName().toString());
    }
  }

  private CompletableFuture<Void> removeUnwanted(Executor workers) {
    if (stopped) {
      return lost(DiskFragmentStore.CLOSED);
    }
    Optional<IOException> failure = removeSomeUnwanted();
    if (failure.isPresent()) {
      return lost("cannot delete fragments: " + DiskTrouble.words(failure.get()), failure.get());
    }
    return unwanted.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : later(() -> removeUnwanted(workers), workers);
  }

  /** Ends at the first that cannot be removed, and tells why. */
  private Optional<IOException> removeSomeUnwanted() {
    for (int i = 0; i < MOST_DELETED_AT_ONCE && !unwanted.isEmpty(); i++) {
      try {
        Files.deleteIfExists(directory.resolve(unwanted.element()));
      } catch (IOException e) {
        return Optional.of(e);
      }
      unwanted.remove();
    }
    return Optional.empty();
  }

  private CompletableFuture<Void> removeAll(Executor workers) {
    if (stopped) {
      return lost(DiskFragmentStore.CLOSED);
    }
    try {
      Path leaving = directory;
      if (!isDeleted(directory)) {
        leaving = directory.resolveSibling(directory.getFileName() + DELETED);
        if (Files.isDirectory(directory)) {
          Files.move(directory, leaving, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      if (!removeSomeOf(leaving)) {
        return later(() -> removeAll(workers), workers);
      }
      Files.deleteIfExists(leaving);
      return CompletableFuture.completedFuture(null);
    } catch (DirectoryNotEmptyException e) {
      LOG.atWarn()
          .addKeyValue("directory", e.getFile())
          .log("the stream was deleted, but its directory holds what is no fragment and stays");
      return CompletableFuture.completedFuture(null);
    } catch (IOException e) {
      return lost("cannot delete %s: %s".formatted(directory, DiskTrouble.words(e)), e);
    }
  }

  /** Whether there are no more fragments in it. */
  private static boolean removeSomeOf(Path leaving) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(leaving)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (FragmentFileName.parse(name, 0).isPresent() || name.endsWith(UNFINISHED)) {
          Files.deleteIfExists(file);
          if (++removed == MOST_DELETED_AT_ONCE) {
            return false;
          }
        }
      }
      return true;
    } catch (NoSuchFileException e) {
      return true;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** The next step of the same thing, when a worker has been free for others. */
  private static CompletableFuture<Void> later(Step step, Executor workers) {
    return CompletableFuture.completedFuture(null)
        .thenComposeAsync(unused -> step.begin(), workers);
  }

  private static CompletableFuture<Void> lost(String why) {
    return CompletableFuture.failedFuture(new IOException(why));
  }

  private static CompletableFuture<Void> lost(String why, IOException cause) {
    return CompletableFuture.failedFuture(new IOException(why, cause));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
