package io.github.kvslocal.conformance.recording;

import io.github.kvslocal.conformance.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One stream of a file as ffmpeg decoded it.
 *
 * @param bytes pictures or samples, uncompressed
 * @param log what its filters said about them
 */
record FilteredStream(ByteBuffer bytes, String log) {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** Decodes with these output options. */
  static FilteredStream decode(Path file, String... options) {
    try {
      Path raw = Files.createTempFile("decoded", ".raw");
      try {
        List<String> words =
            new ArrayList<>(
                List.of("ffmpeg", "-v", "info", "-hide_banner", "-nostats", "-y", "-i"));
        words.add(file.toString());
        words.addAll(List.of(options));
        words.add(raw.toString());
        Command.Outcome outcome = Command.of(words).run(DEADLINE);
        if (outcome.code() != 0) {
          throw new IllegalStateException("ffmpeg cannot decode " + file + ": " + outcome.errors());
        }
        return new FilteredStream(ByteBuffer.wrap(Files.readAllBytes(raw)), outcome.errors());
      } finally {
        Files.delete(raw);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot decode " + file, e);
    }
  }
}
