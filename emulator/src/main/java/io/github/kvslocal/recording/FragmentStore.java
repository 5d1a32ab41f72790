package io.github.kvslocal.recording;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where the fragments of all streams are kept. Any thread may call it. A stream that has never had
 * a fragment is an empty one.
 */
public interface FragmentStore extends AutoCloseable {
  /**
   * A number for the next fragment of a stream: greater than all that the stream has had, also
   * before a restart, and given once. Does not block.
   */
  FragmentNumber nextNumber(StreamArn stream, Instant now);

  /**
   * Stores a file of the size that the metadata tells. Does not block; fragments of one stream are
   * stored in the order of the calls. The result completes, on any thread, when the fragment can be
   * listed and read, or fails with an {@link IOException} that says why it is lost; a failure
   * affects no other fragment. The array must not be changed afterwards.
   */
  CompletableFuture<Void> append(StreamArn stream, FragmentMetadata metadata, byte[] file);

  /** The stored fragments of a stream by ascending number, as they are now. Does not block. */
  List<FragmentMetadata> list(StreamArn stream);

  /** The file of a fragment, of at most 50 MB; empty if it is not stored. May block. */
  Optional<byte[]> read(StreamArn stream, FragmentNumber number) throws IOException;

  /** How many bytes of all streams were given to {@link #append} and wait for their fate. */
  long waitingBytes();

  /** When the service had the oldest of a stream's stored fragments; empty if it has none. */
  Optional<Instant> oldest(StreamArn stream);

  /**
   * Deletes the oldest fragments that the service had at this instant or earlier. They are neither
   * listed nor read any more when this returns. Does not block.
   *
   * @param most that are deleted; above zero
   * @return completes, on any thread, when their files are gone too, or fails with an {@link
   *     IOException} that says why one is not; that is tried again with the next append or
   *     deletion, and by a store that is opened later after its fragment was deleted there
   */
  CompletableFuture<Void> deleteUntil(StreamArn stream, Instant serverTime, int most);

  /**
   * Deletes all fragments of a stream, those included that are being stored. They are neither
   * listed nor read any more when this returns. Does not block. Nothing may be appended to the
   * stream afterwards.
   *
   * @return completes, on any thread, when their files are gone too, or fails with an {@link
   *     IOException} that says why they are not; then it may be called again
   */
  CompletableFuture<Void> deleteStream(StreamArn stream);

  /** Waits, not for ever, for what is being stored; every later append fails. May block. */
  @Override
  void close();
}
