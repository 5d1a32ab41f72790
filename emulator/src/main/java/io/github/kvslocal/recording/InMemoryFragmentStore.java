package io.github.kvslocal.recording;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps fragments until the process ends; for tests and for runs that shall leave no trace. */
public final class InMemoryFragmentStore implements FragmentStore {
  private final Map<StreamArn, StoredStream> streams = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** The index and the files of a stream. */
  private record StoredStream(FragmentIndex index, Map<FragmentNumber, byte[]> files) {}

  @Override
  public FragmentNumber nextNumber(StreamArn stream, Instant now) {
    return stored(stream).index().nextNumber(now);
  }

  @Override
  public CompletableFuture<Void> append(StreamArn stream, FragmentMetadata metadata, byte[] file) {
    if (closed) {
      return CompletableFuture.failedFuture(new IOException("the fragment store is closed"));
    }
    StoredStream stored = stored(stream);
    stored.files().put(metadata.number(), file);
    stored.index().add(metadata);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public List<FragmentMetadata> list(StreamArn stream) {
    StoredStream stored = streams.get(stream);
    return stored == null ? List.of() : stored.index().list();
  }

  @Override
  public Optional<byte[]> read(StreamArn stream, FragmentNumber number) {
    StoredStream stored = streams.get(stream);
    return stored == null ? Optional.empty() : Optional.ofNullable(stored.files().get(number));
  }

  @Override
  public long waitingBytes() {
    return 0;
  }

  @Override
  public Optional<Instant> oldest(StreamArn stream) {
    StoredStream stored = streams.get(stream);
    return stored == null ? Optional.empty() : stored.index().oldest();
  }

  @Override
  public CompletableFuture<Void> deleteUntil(StreamArn stream, Instant serverTime, int most) {
    StoredStream stored = streams.get(stream);
    if (stored != null) {
      stored
          .index()
          .removeUntil(serverTime, most)
          .forEach(removed -> stored.files().remove(removed.number()));
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> deleteStream(StreamArn stream) {
    streams.remove(stream);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    closed = true;
  }

  private StoredStream stored(StreamArn stream) {
    return streams.computeIfAbsent(
        stream, unused -> new StoredStream(new FragmentIndex(), new ConcurrentHashMap<>()));
  }
}
