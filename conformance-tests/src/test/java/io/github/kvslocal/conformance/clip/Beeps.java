package io.github.kvslocal.conformance.clip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sound of the {@link Clip}: a beep with every flash, silence between. */
final class Beeps {
  private static final int RATE = 48_000;
  private static final int SAMPLE_BYTES = 2;
  private static final int HEADER_BYTES = 44;
  private static final int FREQUENCY = 1_000;
  private static final int BEEP_SAMPLES = RATE / 10;
  private static final int PERIOD_SAMPLES = RATE * Clip.FLASH_PERIOD / Clip.FRAME_RATE;
  private static final double AMPLITUDE = 0.5 * Short.MAX_VALUE;

  private Beeps() {}

  /**
   * Writes so many seconds as a WAV file of 16-bit mono samples (RIFF, Microsoft's WAVEFORMATEX).
   */
  static void write(Path file, int seconds) throws IOException {
    int samples = seconds * RATE;
    ByteBuffer wav =
        ByteBuffer.allocate(HEADER_BYTES + samples * SAMPLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(wav.capacity() - 8).put(ascii("WAVE"));
    wav.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    wav.putInt(RATE)
        .putInt(RATE * SAMPLE_BYTES)
        .putShort((short) SAMPLE_BYTES)
        .putShort((short) 16);
    wav.put(ascii("data")).putInt(samples * SAMPLE_BYTES);
    for (int sample = 0; sample < samples; sample++) {
      int sinceFlash = sample % PERIOD_SAMPLES;
      double phase = 2 * Math.PI * FREQUENCY * sinceFlash / RATE;
      wav.putShort((short) (sinceFlash < BEEP_SAMPLES ? AMPLITUDE * Math.cos(phase) : 0));
    }
    Files.write(file, wav.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
