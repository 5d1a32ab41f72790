package io.github.kvslocal.recording;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Another store, for those that differ from it in one thing. */
public abstract class ForwardingFragmentStore implements FragmentStore {
  private final FragmentStore store;

  protected ForwardingFragmentStore(FragmentStore store) {
    this.store = store;
  }

  @Override
  public FragmentNumber nextNumber(StreamArn stream, Instant now) {
    return store.nextNumber(stream, now);
  }

  @Override
  public CompletableFuture<Void> append(StreamArn stream, FragmentMetadata metadata, byte[] file) {
    return store.append(stream, metadata, file);
  }

  @Override
  public List<FragmentMetadata> list(StreamArn stream) {
    return store.list(stream);
  }

  @Override
  public Optional<byte[]> read(StreamArn stream, FragmentNumber number) throws IOException {
    return store.read(stream, number);
  }

  @Override
  public long waitingBytes() {
    return store.waitingBytes();
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
