package io.github.kvslocal.disk;

import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.FragmentIndex;
import io.github.kvslocal.recording.FragmentMetadata;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is stored of one stream, and what workers have to do there, one thing after the other. */
final class StreamDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(StreamDirectory.class);

  private final FragmentFiles files;
  private final FragmentIndex index = new FragmentIndex();

  /** Completes, never with a failure, when what was queued last is done. */
  private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

  private volatile boolean deleted;
  private volatile boolean stopped;

  StreamDirectory(Path directory) {
    this.files = new FragmentFiles(directory);
  }

  FragmentIndex index() {
    return index;
  }

  /**
   * Indexes what is there. A directory that cannot be read keeps nobody from starting: it is looked
   * through with the next fragment.
   */
  void open() {
    try {
      list(files.scan());
    } catch (IOException e) {
      LOG.atError()
          .addKeyValue("directory", files.directory())
          .addKeyValue("why", DiskTrouble.words(e))
          .log("a recording cannot be listed, since its directory cannot be read");
    }
  }

  /** Stores a file when those before it are stored or lost. */
  synchronized CompletableFuture<Void> append(
      FragmentMetadata metadata, byte[] file, Executor workers) {
    return queue(() -> write(metadata, file), workers);
  }

  /** Deletes the oldest of the fragments that the service had at this instant or earlier. */
  synchronized CompletableFuture<Void> deleteUntil(Instant serverTime, int most, Executor workers) {
    index.removeUntil(serverTime, most).forEach(files::unwant);
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
    CompletableFuture<Void> done = tail.thenComposeAsync(unused -> begin(step), workers);
    tail = done.handle((unused, failure) -> null);
    return done;
  }

  /** Something that a worker does. */
  private interface Step {
    CompletableFuture<Void> begin() throws IOException;
  }

  private CompletableFuture<Void> begin(Step step) {
    if (stopped) {
      return CompletableFuture.failedFuture(new IOException(DiskFragmentStore.CLOSED));
    }
    try {
      return step.begin();
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The next step of the same thing, when a worker has been free for others. */
  private CompletableFuture<Void> later(Step step, Executor workers) {
    return CompletableFuture.completedFuture(null).thenComposeAsync(unused -> begin(step), workers);
  }

  private static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  synchronized CompletableFuture<Void> tail() {
    return tail;
  }

  /** From now on what is queued fails. */
  void stop() {
    stopped = true;
  }

  /** A file that a person has removed is found out here, and listed no more. */
  Optional<byte[]> read(FragmentNumber number) throws IOException {
    Optional<FragmentMetadata> listed = index.find(number);
    if (listed.isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> file = files.read(listed.get());
    if (file.isEmpty() && files.isThere()) {
      index.remove(listed.get());
    }
    return file;
  }

  private CompletableFuture<Void> write(FragmentMetadata metadata, byte[] file) throws IOException {
    if (deleted) {
      throw new IOException("the stream was deleted");
    }
    makeRoom();
    files.store(metadata, file);
    if (files.isAnother()) {
      list(files.scan());
    }
    add(metadata);
    return done();
  }

  /** What has to go may be what the disk is full of; if it does not go, the write will tell. */
  private void makeRoom() {
    try {
      var unused = files.removeSomeUnwanted();
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("why", DiskTrouble.words(e)).log("a file stays");
    }
  }

  private synchronized void add(FragmentMetadata metadata) {
    if (!deleted) {
      index.add(metadata);
    }
  }

  /** A directory may come, go, and be another one: what is listed is what is there. */
  private synchronized void list(FragmentFiles.Found found) {
    if (!deleted) {
      found.damaged().forEach(damaged -> index.skip(damaged.number()));
      index.replace(files.wanted(found.whole()));
    }
  }

  private CompletableFuture<Void> removeUnwanted(Executor workers) throws IOException {
    try {
      return files.removeSomeUnwanted() ? done() : later(() -> removeUnwanted(workers), workers);
    } catch (IOException e) {
      throw new IOException("cannot delete fragments: " + DiskTrouble.words(e), e);
    }
  }

  private CompletableFuture<Void> removeAll(Executor workers) throws IOException {
    try {
      return files.removeSomeOfAll() ? done() : later(() -> removeAll(workers), workers);
    } catch (DirectoryNotEmptyException e) {
      LOG.atWarn()
          .addKeyValue("directory", e.getFile())
          .log("the stream was deleted, but its directory holds what is no fragment and stays");
      return done();
    } catch (IOException e) {
      throw new IOException(
          "cannot delete %s: %s".formatted(files.directory(), DiskTrouble.words(e)), e);
    }
  }
}
