package io.github.kvslocal.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that holds all an emulator keeps; one emulator at a time owns it. */
public final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Creates the directory if need be and takes possession of it.
   *
   * @throws IOException with words for the user if it cannot be written or belongs to another
   *     emulator that runs
   */
  public static DataDirectory open(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    FileChannel lockFile;
    try {
      Files.createDirectories(absolute);
      lockFile =
          FileChannel.open(
              absolute.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("the data directory " + absolute + " is not a directory", e);
    } catch (IOException e) {
      throw new IOException("the data directory " + absolute + " cannot be written: " + e, e);
    }
    if (!lock(lockFile)) {
      lockFile.close();
      throw new IOException("the data directory " + absolute + " is used by another emulator");
    }
    return new DataDirectory(absolute, lockFile);
  }

  private static boolean lock(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Where it is, absolute. */
  public Path path() {
    return path;
  }

  /** Gives it free for another emulator. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("directory", path).setCause(e).log("lock not released");
    }
  }
}
