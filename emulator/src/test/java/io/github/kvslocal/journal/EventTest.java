package io.github.kvslocal.journal;

import static org.assertj.core.api.Assertions.assertThat;

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
  void anotherTextIsNoEvent() {
    assertThat(Event.of("Recording-Ended")).isEmpty();
    assertThat(Event.of("")).isEmpty();
  }
}
