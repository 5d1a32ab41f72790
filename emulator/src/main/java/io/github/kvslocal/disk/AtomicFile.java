package io.github.kvslocal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is replaced as a whole, so that a crash leaves the old or the new content; once it is
 * replaced, a loss of power leaves the new.
 */
final class AtomicFile {
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
      throw new IOException(path + " cannot be written: " + e.getMessage(), e);
    }
  }

  private void write(byte[] bytes) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
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
