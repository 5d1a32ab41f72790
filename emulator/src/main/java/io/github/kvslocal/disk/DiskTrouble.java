package io.github.kvslocal.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a disk, for a person to read. */
final class DiskTrouble {
  private DiskTrouble() {}

  /** The reason alone; which file it was about is for the caller to say. */
  static String words(IOException failure) {
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be changed";
    }
    String text =
        failure instanceof FileSystemException failed ? failed.getReason() : failure.getMessage();
    return text == null ? failure.toString() : text;
  }
}
