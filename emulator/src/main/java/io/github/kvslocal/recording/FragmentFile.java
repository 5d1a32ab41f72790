package io.github.kvslocal.recording;

import io.github.kvslocal.matroska.MatroskaReader;

/** What can be told of a fragment's file before it is read. */
public final class FragmentFile {
  /** So many bytes from its start are enough. */
  public static final int HEAD_BYTES = 128;

  /** A fragment has at most 50 MB of media (service quotas); what exceeds 64 MiB is not read. */
  private static final long LARGEST = 64 << 20;

  private FragmentFile() {}

  /**
   * Whether it can be a fragment's: nothing of it is cut off. Bytes that changed in its midst show
   * only to whoever reads it.
   *
   * @param head its first {@value #HEAD_BYTES} bytes, or all if there are fewer
   * @param size of the whole file in bytes
   */
  public static boolean isWhole(byte[] head, long size) {
    return size <= LARGEST && MatroskaReader.isWhole(head, (int) size);
  }
}
