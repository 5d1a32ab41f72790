package io.github.kvslocal.disk;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.FragmentIndex;
import io.github.kvslocal.recording.FragmentMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one stream. The name of a file holds all that is told of a fragment, {@code
 * <number>_<producer ms>_<server ms>_<duration ms>.mkv}, so the directory is the index; a file
 * appears under that name only when it is whole.
 */
final class StreamDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(StreamDirectory.class);

  private static final Pattern FILE =
      Pattern.compile("([0-9]{1,128})_(-?[0-9]{1,15})_(-?[0-9]{1,15})_([0-9]{1,15})\\.mkv");

  private static final String UNFINISHED = ".unfinished";
  private static final int LONGEST_READABLE = 64;

  /** A fragment has at most 50 MB of media (service quotas); what exceeds 64 MiB is not read. */
  private static final long LARGEST_FILE = 64 << 20;

  private final Path directory;
  private final FragmentIndex index = new FragmentIndex();

  /** Completes, never with a failure, when the newest append has. */
  private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

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

  FragmentIndex index() {
    return index;
  }

  /** Indexes what is there, and removes what a process that died left unfinished. */
  void open() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        Matcher match = FILE.matcher(name);
        if (match.matches() && Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE) {
          index.add(metadata(match, Files.size(file)));
        } else if (name.endsWith(UNFINISHED)) {
          Files.deleteIfExists(file);
        } else {
          LOG.atWarn().addKeyValue("file", file).log("a file that is no fragment is ignored");
        }
      }
    }
  }

  /** Stores a file when those before it are stored or lost. */
  synchronized CompletableFuture<Void> append(
      FragmentMetadata metadata, byte[] file, Executor workers) {
    CompletableFuture<Void> done = tail.thenComposeAsync(unused -> write(metadata, file), workers);
    tail = done.handle((unused, failure) -> null);
    return done;
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
      return Optional.of(Files.readAllBytes(directory.resolve(fileName(metadata.get()))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private CompletableFuture<Void> write(FragmentMetadata metadata, byte[] file) {
    if (stopped) {
      return CompletableFuture.failedFuture(new IOException("the fragment store is closed"));
    }
    Path whole = directory.resolve(fileName(metadata));
    Path unfinished = directory.resolve(fileName(metadata) + UNFINISHED);
    try {
      Files.createDirectories(directory);
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
      }
      Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
      index.add(metadata);
      return CompletableFuture.completedFuture(null);
    } catch (IOException e) {
      remove(unfinished);
      return CompletableFuture.failedFuture(
          new IOException("cannot write the fragment to %s: %s".formatted(whole, e), e));
    }
  }

  private static void remove(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", unfinished)
          .setCause(e)
          .log("an unfinished file stays until the next start");
    }
  }

  private static String fileName(FragmentMetadata metadata) {
    return "%s_%d_%d_%d.mkv"
        .formatted(
            metadata.number(),
            metadata.producerTime().toEpochMilli(),
            metadata.serverTime().toEpochMilli(),
            metadata.duration().toMillis());
  }

  private static FragmentMetadata metadata(Matcher match, long size) {
    return new FragmentMetadata(
        new FragmentNumber(match.group(1)),
        Instant.ofEpochMilli(Long.parseLong(match.group(2))),
        Instant.ofEpochMilli(Long.parseLong(match.group(3))),
        Duration.ofMillis(Long.parseLong(match.group(4))),
        size);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
