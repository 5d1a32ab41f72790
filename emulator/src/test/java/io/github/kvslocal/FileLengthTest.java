package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that outgrows its room is two files. */
class FileLengthTest {
  @Test
  void mainFilesStayUnderFourHundredLines() throws IOException {
    assertThat(longerThan(400, Path.of("src/main/java"))).isEmpty();
  }

  @Test
  void testFilesStayUnderSixHundredLines() throws IOException {
    assertThat(longerThan(600, Path.of("src/test/java"))).isEmpty();
    assertThat(longerThan(600, Path.of("../conformance-tests/src"))).isEmpty();
  }

  private static List<Path> longerThan(int limit, Path tree) throws IOException {
    if (!Files.isDirectory(tree)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(tree)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> lines(file) > limit)
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }
}
