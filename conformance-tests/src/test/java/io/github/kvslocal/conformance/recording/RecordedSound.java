package io.github.kvslocal.conformance.recording;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The sound of a recording as samples. */
public final class RecordedSound {
  private static final int BYTES_PER_SECOND = 2 * 48_000;

  private RecordedSound() {}

  /**
   * So many of its last seconds but for two, in which everybody leaves: 16-bit samples of 48 kHz
   * and one channel, little end first.
   *
   * @throws IllegalArgumentException if it is shorter
   */
  public static byte[] beforeTheEnd(Path file, int seconds) {
    ByteBuffer samples = samples(file);
    byte[] wanted = new byte[seconds * BYTES_PER_SECOND];
    samples.position(samples.limit() - wanted.length - 2 * BYTES_PER_SECOND);
    samples.get(wanted);
    return wanted;
  }

  /** Its whole seconds one by one, in the same form. */
  public static List<byte[]> bySecond(Path file) {
    ByteBuffer samples = samples(file);
    List<byte[]> seconds = new ArrayList<>();
    while (samples.remaining() >= BYTES_PER_SECOND) {
      byte[] second = new byte[BYTES_PER_SECOND];
      samples.get(second);
      seconds.add(second);
    }
    return seconds;
  }

  private static ByteBuffer samples(Path file) {
    return FilteredStream.decode(file, "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "s16le")
        .bytes();
  }
}
