package io.github.kvslocal.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzingTest {
  @TempDir Path corpus;

  @Test
  void whatAParserFailsOnIsKept() throws IOException {
    Fuzz fuzz = Fuzz.of("parser", corpus).with("right");

    assertThatThrownBy(() -> fuzz.survive(FuzzingTest::readShort))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("parser fails on " + corpus.resolve("parser"))
        .hasCauseInstanceOf(IndexOutOfBoundsException.class);

    assertThat(kept()).hasSize(1);
    byte[] crasher = Files.readAllBytes(kept().get(0));
    assertThatThrownBy(() -> readShort(crasher)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void whatIsKeptIsReadFirst() throws IOException {
    Files.write(Files.createDirectories(corpus.resolve("parser")).resolve("a.bin"), new byte[] {7});
    List<Byte> first = new ArrayList<>();

    Fuzz.of("parser", corpus)
        .with("right")
        .survive(bytes -> first.add(bytes.length == 0 ? 0 : bytes[0]));

    assertThat(first).hasSizeGreaterThan(100).startsWith((byte) 7, (byte) 'r');
  }

  @Test
  void parserThatSurvivesLeavesNothing() {
    assertThatCode(() -> Fuzz.of("parser", corpus).with("right").survive(bytes -> {}))
        .doesNotThrowAnyException();

    assertThat(corpus).isEmptyDirectory();
  }

  private List<Path> kept() throws IOException {
    try (var files = Files.list(corpus.resolve("parser"))) {
      return files.toList();
    }
  }

  private static void readShort(byte[] bytes) {
    if (bytes.length < 3) {
      throw new IndexOutOfBoundsException("as a careless parser does");
    }
  }
}
