package io.github.kvslocal.disk;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.FragmentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps fragments as files, {@code <data>/streams/<stream>/<fragment>.mkv}, each of which any
 * player opens. Two workers write and delete, never in one stream at a time: a disk that holds both
 * back holds back all streams.
 */
public final class DiskFragmentStore implements FragmentStore {
  private static final Logger LOG = LoggerFactory.getLogger(DiskFragmentStore.class);

  static final String CLOSED = "the fragment store is closed";

  private static final int WORKERS = 2;
  private static final Duration CLOSING = Duration.ofMillis(400);
  private static final Duration STOPPING = Duration.ofMillis(100);
  private static final AtomicInteger WORKER_COUNT = new AtomicInteger();

  private final Path root;
  private final Map<String, StreamDirectory> streams = new ConcurrentHashMap<>();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(WORKERS, task -> worker(task));
  private final AtomicLong waitingBytes = new AtomicLong();
  private final Duration closing;
  private boolean closed;

  private DiskFragmentStore(Path root, Duration closing) {
    this.root = root;
    this.closing = closing;
  }

  /**
   * Opens the store below a data directory, which is made if need be, with all that was stored
   * there before. Only one process may have it open.
   */
  public static DiskFragmentStore open(Path data) throws IOException {
    return open(data, CLOSING);
  }

  /** The same with another patience with what is queued when it is closed. */
  static DiskFragmentStore open(Path data, Duration closing) throws IOException {
    Path root = data.resolve("streams");
    Files.createDirectories(root);
    DiskFragmentStore store = new DiskFragmentStore(root, closing);
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(root, path -> Files.isDirectory(path))) {
      for (Path directory : directories) {
        store.add(directory);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return store;
  }

  /**
   * Deletes all that lies in the store below a data directory, which nobody has open.
   *
   * @throws IOException if something cannot be deleted; what was deleted until then is gone
   */
  public static void clear(Path data) throws IOException {
    Path root = data.resolve("streams");
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(root)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void add(Path directory) {
    StreamDirectory stream = new StreamDirectory(directory);
    streams.put(directory.getFileName().toString(), stream);
    if (DirectoryName.isDeleted(directory)) {
      var unused = delete(stream).whenComplete((done, failure) -> stays(directory, failure));
    } else {
      stream.open();
    }
  }

  private static void stays(Path directory, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.atWarn()
          .addKeyValue("directory", directory)
          .addKeyValue("why", failure.getMessage())
          .log("what is left of a deleted stream stays until the next start");
    }
  }

  @Override
  public FragmentNumber nextNumber(StreamArn stream, Instant now) {
    return directory(stream).index().nextNumber(now);
  }

  @Override
  public synchronized CompletableFuture<Void> append(
      StreamArn stream, FragmentMetadata metadata, byte[] file) {
    if (closed) {
      return CompletableFuture.failedFuture(new IOException(CLOSED));
    }
    waitingBytes.addAndGet(file.length);
    return directory(stream)
        .append(metadata, file, workers)
        .whenComplete((done, failure) -> waitingBytes.addAndGet(-file.length));
  }

  @Override
  public List<FragmentMetadata> list(StreamArn stream) {
    StreamDirectory directory = streams.get(DirectoryName.of(stream));
    return directory == null ? List.of() : directory.index().list();
  }

  @Override
  public Optional<byte[]> read(StreamArn stream, FragmentNumber number) throws IOException {
    StreamDirectory directory = streams.get(DirectoryName.of(stream));
    return directory == null ? Optional.empty() : directory.read(number);
  }

  @Override
  public long waitingBytes() {
    return waitingBytes.get();
  }

  @Override
  public Optional<Instant> oldest(StreamArn stream) {
    StreamDirectory directory = streams.get(DirectoryName.of(stream));
    return directory == null ? Optional.empty() : directory.index().oldest();
  }

  @Override
  public synchronized CompletableFuture<Void> deleteUntil(
      StreamArn stream, Instant serverTime, int most) {
    StreamDirectory directory = streams.get(DirectoryName.of(stream));
    if (directory == null) {
      return CompletableFuture.completedFuture(null);
    }
    return closed
        ? CompletableFuture.failedFuture(new IOException(CLOSED))
        : directory.deleteUntil(serverTime, most, workers);
  }

  @Override
  public synchronized CompletableFuture<Void> deleteStream(StreamArn stream) {
    StreamDirectory directory = streams.get(DirectoryName.of(stream));
    if (directory == null) {
      return CompletableFuture.completedFuture(null);
    }
    return closed ? CompletableFuture.failedFuture(new IOException(CLOSED)) : delete(directory);
  }

  /**
   * Until it is gone it counts as a stream, so that {@link #close} finds it, and whoever tries
   * again.
   */
  private CompletableFuture<Void> delete(StreamDirectory directory) {
    return directory
        .delete(workers)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                streams.values().remove(directory);
              }
            });
  }

  /**
   * Waits up to 400 ms for what is queued; the rest is lost, and logged. Then the writers are
   * stopped, within another 100 ms unless the disk itself holds one: whoever opens the directory
   * next shall be alone in it.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    CompletableFuture<Void> queued =
        CompletableFuture.allOf(
            streams.values().stream()
                .map(StreamDirectory::tail)
                .toArray(CompletableFuture<?>[]::new));
    try {
      queued.get(closing.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.atError()
          .addKeyValue("waitedMillis", closing.toMillis())
          .log("fragments are lost: the disk did not take them in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stopWriters();
  }

  /** Fails what is still queued, in place of writing it, and interrupts what is being written. */
  private void stopWriters() {
    streams.values().forEach(StreamDirectory::stop);
    workers.shutdownNow().forEach(Runnable::run);
    try {
      if (!workers.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atError().addKeyValue("directory", root).log("the disk holds a writer back");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private StreamDirectory directory(StreamArn stream) {
    return streams.computeIfAbsent(
        DirectoryName.of(stream), name -> new StreamDirectory(root.resolve(name)));
  }

  private static Thread worker(Runnable task) {
    Thread thread = new Thread(task, "kvslocal-disk-" + WORKER_COUNT.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
