package io.github.kvslocal.disk;

import io.github.kvslocal.channel.StreamArn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The name of a stream's directory: what is readable of the stream's name, its time of creation,
 * and half of a SHA-256 of the ARN, which alone tells streams apart. It is made of {@code
 * [a-z0-9_-]} only, so it can neither leave the root nor meet another in a file system that does
 * not tell case.
 */
final class DirectoryName {
  /** Behind the name of a directory whose stream was deleted: whatever else happens, it goes. */
  private static final String DELETED = ".deleted";

  private static final int LONGEST_READABLE = 64;

  private DirectoryName() {}

  static String of(StreamArn stream) {
    String readable = stream.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
    return String.format(
        Locale.ROOT,
        "%s-%d-%s",
        readable.substring(0, Math.min(LONGEST_READABLE, readable.length())),
        stream.createdAtMillis(),
        HexFormat.of().formatHex(sha256(stream.toString()), 0, 16));
  }

  /** Whether a directory belongs to a stream that was deleted. */
  static boolean isDeleted(Path directory) {
    return directory.getFileName().toString().endsWith(DELETED);
  }

  /** Where a directory goes when its stream is deleted. */
  static Path deleted(Path directory) {
    return isDeleted(directory)
        ? directory
        : directory.resolveSibling(directory.getFileName() + DELETED);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
