package io.github.kvslocal.recording;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.matroska.MalformedMatroskaException;
import io.github.kvslocal.matroska.MatroskaJoin;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recording of a stream as one Matroska file that can be sought in. Holds one fragment at a
 * time in memory; its methods block.
 */
public final class RecordingExport {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingExport.class);

  private final FragmentStore store;
  private final StreamArn stream;
  private final List<FragmentMetadata> fragments;
  private final MatroskaJoin join;

  private RecordingExport(
      FragmentStore store, StreamArn stream, List<FragmentMetadata> fragments, MatroskaJoin join) {
    this.store = store;
    this.stream = stream;
    this.fragments = fragments;
    this.join = join;
  }

  /**
   * Plans the export of all that a stream has now, reading it once. Files that cannot be read as
   * what they are, such as damaged ones, are left out and logged.
   *
   * @throws RefusedException if the stream has no fragment, or never existed: the store cannot tell
   */
  public static RecordingExport plan(FragmentStore store, StreamArn stream)
      throws RefusedException, IOException {
    MatroskaJoin join = new MatroskaJoin();
    List<FragmentMetadata> planned = new ArrayList<>();
    for (FragmentMetadata fragment : store.list(stream)) {
      Optional<byte[]> file = store.read(stream, fragment.number());
      if (file.isPresent() && plans(join, stream, fragment, file.get())) {
        planned.add(fragment);
      }
    }
    if (planned.isEmpty()) {
      throw new RefusedException(
          Reason.NO_SUCH_STREAM,
          "there are no fragments in " + stream + "; record a session into it first");
    }
    return new RecordingExport(store, stream, planned, join);
  }

  /** The size of the file in bytes. */
  public long size() {
    return join.size();
  }

  /** The fragments in the file, in its order. */
  public List<FragmentMetadata> fragments() {
    return List.copyOf(fragments);
  }

  /**
   * Writes the file, reading all fragments once more; leaves the stream open.
   *
   * @throws IOException also if a fragment has vanished or changed since it was planned
   */
  public void writeTo(OutputStream out) throws IOException {
    out.write(join.header());
    for (int i = 0; i < fragments.size(); i++) {
      out.write(part(i));
    }
  }

  private byte[] part(int index) throws IOException {
    FragmentMetadata fragment = fragments.get(index);
    byte[] file =
        store
            .read(stream, fragment.number())
            .orElseThrow(
                () ->
                    new IOException(
                        "fragment %s of %s has vanished during the export"
                            .formatted(fragment.number(), stream)));
    try {
      return join.part(index, file);
    } catch (MalformedMatroskaException e) {
      throw new IOException(
          "fragment %s of %s has changed during the export".formatted(fragment.number(), stream),
          e);
    }
  }

  private static boolean plans(
      MatroskaJoin join, StreamArn stream, FragmentMetadata fragment, byte[] file) {
    try {
      join.plan(fragment.producerTime(), file);
      return true;
    } catch (MalformedMatroskaException e) {
      LOG.atWarn()
          .addKeyValue("stream", stream)
          .addKeyValue("fragment", fragment.number())
          .addKeyValue("complaint", e.getMessage())
          .log("a damaged fragment is left out of the export");
      return false;
    }
  }
}
