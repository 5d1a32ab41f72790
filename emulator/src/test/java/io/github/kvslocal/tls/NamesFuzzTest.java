package io.github.kvslocal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.corpus.Fuzz;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Names that a client asks a certificate for, nearly right. */
class NamesFuzzTest {
  @Test
  void nameSurvivesAnyText() throws IOException {
    Fuzz.of("server-name")
        .with("kvs.us-east-1.amazonaws.com", "192.0.2.1", "2001:db8::1")
        .surviveTexts(
            text -> {
              if (HostNames.isName(text)) {
                assertThat(text).hasSizeBetween(1, 253).isPrintable();
              }
              if (HostNames.isAddress(text)) {
                assertThat(text).matches("[0-9a-f:.]+");
              }
            });
  }
}
