package io.github.kvslocal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is replaced as a whole, so that a crash leaves the old or the new content; once it is
 * replaced, a loss of power leaves the new.
 */
final class AtomicFile {
  private static final Logger LOG = LoggerFactory.getLogger(AtomicFile.class);

  private final Path directory;
  private final Path path;

  AtomicFile(Path directory, String name) {
    this.directory = directory;
    this.path = directory.resolve(name);
  }

  Path path() {
    return path;
  }

  /**
   * Writes other content; returns when it is on the disk. One caller at a time.
   *
   * @throws IOException that names the file and says what is wrong
   */
  void replace(byte[] bytes) throws IOException {
    try {
      write(bytes);
    } catch (IOException e) {
      removeUnfinished();
      throw new IOException(path + " cannot be written: " + DiskTrouble.words(e), e);
    }
  }

  /** Removes what an earlier writer, perhaps of another process, did not bring to its end. */
  void removeUnfinished() {
    try {
      if (Files.isRegularFile(fresh())) {
        Files.delete(fresh());
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", fresh())
          .addKeyValue("failure", DiskTrouble.words(e))
          .log("an unfinished file stays until the next start");
    }
  }

  private Path fresh() {
    return path.resolveSibling(path.getFileName() + ".new");
  }

  private void write(byte[] bytes) throws IOException {
    Path fresh = fresh();
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceName();
  }

  /** Which content has the name stands in the directory, which has to reach the disk as well. */
  private void forceName() throws IOException {
    FileChannel names;
    try {
      names = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      // Windows opens no directory; there a loss of power may leave the old content.
      return;
    }
    try (names) {
      names.force(true);
    }
  }

  /** Gives content that cannot be understood another name, and returns that. */
  Path setAside() throws IOException {
    Path aside =
        path.resolveSibling(path.getFileName() + ".damaged-" + path.toFile().lastModified());
    return Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
  }
}
