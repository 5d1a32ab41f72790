package io.github.kvslocal;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.disk.DataDirectory;
import io.github.kvslocal.disk.DiskFragmentStore;
import io.github.kvslocal.disk.StateFile;
import io.github.kvslocal.recording.RecordingExport;
import io.github.kvslocal.registry.Registry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

/** Takes a recording out of a data directory that no emulator is using. */
public final class OfflineExport {
  private OfflineExport() {}

  /**
   * Writes the recording of a stream as one Matroska file that can be sought in, and returns how
   * many fragments it has.
   *
   * @param options name the data directory, the account and the region
   * @throws StartException if there is no such stream or directory, nothing was recorded, the
   *     directory is in use, or the file cannot be written
   */
  public static int export(KvsLocalOptions options, String stream, Path file)
      throws StartException {
    if (!Files.isDirectory(options.dataDirectory())) {
      throw new StartException(
          "there is no data directory "
              + options.dataDirectory().toAbsolutePath()
              + "; name it with --data");
    }
    try (DataDirectory data = DataDirectory.open(options.dataDirectory());
        DiskFragmentStore store = DiskFragmentStore.open(data.path())) {
      Registry registry =
          new Registry(StateFile.ofRegistry(data.path()).load(), new SecureRandom());
      StreamArn arn = registry.stream(options.owner(), stream).arn();
      RecordingExport export = RecordingExport.plan(store, arn);
      write(export, file.toAbsolutePath());
      return export.fragments().size();
    } catch (RefusedException e) {
      throw new StartException("cannot export " + stream + ": " + e.explanation(), e);
    } catch (IOException e) {
      throw new StartException("cannot export " + stream + ": " + StartException.words(e), e);
    }
  }

  /** What was in the file stays until the export is whole. */
  private static void write(RecordingExport export, Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        export.writeTo(out);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
