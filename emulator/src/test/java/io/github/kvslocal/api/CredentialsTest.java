package io.github.kvslocal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  @ParameterizedTest
  @CsvSource({
    "test:secret, test, secret, ''",
    "test:se/cr+et=:to/k+e=n, test, se/cr+et=, to/k+e=n",
    "test:secret:, test, secret, ''",
    "123456789012:a:b:c, 123456789012, a, b:c"
  })
  void partsStandBetweenColons(String text, String id, String secret, String token) {
    assertThat(Credentials.parse(text))
        .isEqualTo(new Credentials(new AccessKey(id), secret, token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xyzzy", ":xyzzy", "a/b:xyzzy", "a:", "a:xyz zy", "a:b:xyz zy"})
  void complaintShowsNoSecret(String text) {
    assertThatThrownBy(() -> Credentials.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny("xyz", "zy")
        .message()
        .hasLineCount(1);
  }

  @Test
  void textWithoutAColonIsToldWhatIsExpected() {
    assertThatThrownBy(() -> Credentials.parse("only-an-id12"))
        .hasMessage(
            "credentials are ID:SECRET or ID:SECRET:TOKEN; what was given (12 characters) has no"
                + " colon");
  }

  @Test
  void textShowsNoSecret() {
    assertThat(Credentials.parse("AKIDEXAMPLE:hidden:xyzzy")).hasToString("Credentials[AKID…]");
  }

  @ParameterizedTest
  @CsvSource({
    "AKIAIOSFODNN7EXAMPLE, true, false",
    "ASIAIOSFODNN7EXAMPLE, true, false",
    "AKIDEXAMPLE, false, false",
    "123456789012, false, true",
    "12345678901, false, false"
  })
  void keyTellsWhatItIs(String id, boolean real, boolean account) {
    AccessKey key = new AccessKey(id);

    assertThat(key.looksReal()).isEqualTo(real);
    assertThat(key.isAccount()).isEqualTo(account);
  }
}
