package io.github.kvslocal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTest {
  @ParameterizedTest
  @EnumSource
  void anEventIsFoundByItsText(Event event) {
    assertThat(event.text()).matches("[a-z]+(-[a-z]+)*");
    assertThat(Event.of(event.text())).contains(event);
    assertThat(event).hasToString(event.text());
  }

  @ParameterizedTest
  @EnumSource
  void anEventHasASentence(Event event) {
    assertThat(event.meaning()).matches("[A-Z].*\\.").hasSizeLessThan(120);
  }

  @Test
  void theReadmeTellsEveryEventInThisOrderAndNoOther() throws IOException {
    List<String> told =
        Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.equals("## What the journal tells"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(told)
        .containsExactlyElementsOf(
            Arrays.stream(Event.values())
                .map(event -> "| `" + event + "` | " + event.meaning() + " |")
                .toList());
  }

  @Test
  void anotherTextIsNoEvent() {
    assertThat(Event.of("Recording-Ended")).isEmpty();
    assertThat(Event.of("")).isEmpty();
  }
}
