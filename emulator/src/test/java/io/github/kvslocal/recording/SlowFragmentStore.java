package io.github.kvslocal.recording;

import io.github.kvslocal.channel.StreamArn;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** Stores nothing until it is told to, and fails when it is told to. */
final class SlowFragmentStore extends ForwardingFragmentStore {
  private final Deque<Waiting> queue = new ArrayDeque<>();

  private long elsewhere;

  private record Waiting(CompletableFuture<Void> done, long size, Runnable append) {}

  SlowFragmentStore() {
    super(new InMemoryFragmentStore());
  }

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
  public CompletableFuture<Void> append(StreamArn stream, FragmentMetadata metadata, byte[] file) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    queue.add(new Waiting(done, file.length, () -> super.append(stream, metadata, file).join()));
    return done;
  }

  @Override
  public long waitingBytes() {
    return elsewhere + queue.stream().mapToLong(Waiting::size).sum();
  }
}
