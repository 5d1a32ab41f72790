package io.github.kvslocal.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:4580, 192.0.2.1:4580",
    "::1, 0:0:0:0:0:0:0:1",
    "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
    "[2001:db8::7]:99, [2001:db8:0:0:0:0:0:7]:99"
  })
  void addressesAreReadWithAndWithoutPort(String text, String read) {
    assertThat(AdvertisedAddress.parse(text)).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "1.2.3",
        "1.2.3.256",
        "1.2.3.4:0",
        "1.2.3.4:x",
        "[::1",
        "::1%lo"
      })
  void anythingElseIsRefusedWithoutALookUp(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AdvertisedAddress.parse(text));
  }

  @Test
  void literalsSurviveAnyText() {
    Random random = new Random(20_261_120);
    String alphabet = "0123456789abcdef:.%[]";

    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(IpLiteral.parse(text.toString())).isNotNull();
    }
  }
}
