package io.github.kvslocal.recording;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stores nothing until it is told to, and fails when it is told to. */
final class SlowFragmentStore implements FragmentStore {
  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final Deque<Waiting> queue = new ArrayDeque<>();

  private long elsewhere;

  private record Waiting(CompletableFuture<Void> done, long size, Runnable append) {}

  /** As if so many bytes of other recordings waited. */
  void waitElsewhere(long bytes) {
    elsewhere = bytes;
  }

  int waiting() {
    return queue.size();
  }

  void storeNext() {
    Waiting next = queue.remove();
    next.append().run();
    next.done().complete(null);
  }

  void failNext() {
    queue.remove().done().completeExceptionally(new IOException("the disk is full"));
  }

  @Override
  public FragmentNumber nextNumber(StreamArn stream, Instant now) {
    return store.nextNumber(stream, now);
  }

  @Override
  public CompletableFuture<Void> append(StreamArn stream, FragmentMetadata metadata, byte[] file) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    queue.add(new Waiting(done, file.length, () -> store.append(stream, metadata, file).join()));
    return done;
  }

  @Override
  public List<FragmentMetadata> list(StreamArn stream) {
    return store.list(stream);
  }

  @Override
  public Optional<byte[]> read(StreamArn stream, FragmentNumber number) {
    return store.read(stream, number);
  }

  @Override
  public long waitingBytes() {
    return elsewhere + queue.stream().mapToLong(Waiting::size).sum();
  }

  @Override
  public Optional<Instant> oldest(StreamArn stream) {
    return store.oldest(stream);
  }

  @Override
  public CompletableFuture<Void> deleteUntil(StreamArn stream, Instant serverTime, int most) {
    return store.deleteUntil(stream, serverTime, most);
  }

  @Override
  public CompletableFuture<Void> deleteStream(StreamArn stream) {
    return store.deleteStream(stream);
  }

  @Override
  public void close() {
    store.close();
  }
}
