package io.github.kvslocal.testpeer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.corpus.Fuzz;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Answers to the test peer that are nearly right. */
class JsonFuzzTest {
  @Test
  void memberSurvivesAnyText() throws IOException {
    Fuzz.of("json-member")
        .with("{\"a\":{\"name\" : \"\\u00e9\\n\\\"\"},\"name\":5}")
        .surviveTexts(text -> assertThat(JsonText.member(text, "name")).isNotNull());
  }
}
