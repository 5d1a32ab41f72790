package io.github.kvslocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.KvsLocalOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EnvironmentTest {
  @Test
  void variableStandsInForItsOption() {
    KvsLocalOptions options =
        read(
            Map.of(
                "KVSLOCAL_PORT", " 81 ",
                "KVSLOCAL_TLS_PORT", "443",
                "KVSLOCAL_CHANNEL", "front,,back,",
                "KVSLOCAL_PUBLIC_URL", "https://kvs.example"));

    assertThat(options.port()).isEqualTo(81);
    assertThat(options.tlsPort()).isEqualTo(443);
    assertThat(options.channels()).isEqualTo(List.of("front", "back"));
    assertThat(options.publicUrl()).isEqualTo("https://kvs.example");
  }

  @Test
  void optionOverridesItsVariable() {
    KvsLocalOptions options =
        read(Map.of("KVSLOCAL_PORT", "81", "KVSLOCAL_CHANNEL", "a"), "--port=82", "--channel=b");

    assertThat(options.port()).isEqualTo(82);
    assertThat(options.channels()).isEqualTo(List.of("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void emptyVariableSaysNothing(String nothing) {
    KvsLocalOptions options =
        read(
            Map.of(
                "KVSLOCAL_PORT", nothing,
                "KVSLOCAL_TLS_PORT", nothing,
                "KVSLOCAL_DATA", nothing,
                "KVSLOCAL_ACCOUNT", nothing,
                "KVSLOCAL_REGION", nothing,
                "KVSLOCAL_CHANNEL", nothing,
                "KVSLOCAL_ADVERTISE", nothing,
                "KVSLOCAL_PUBLIC_URL", nothing,
                "KVSLOCAL_FRAGMENT_LENGTH", nothing,
                "KVSLOCAL_LOG_FORMAT", nothing));

    assertThat(options).isEqualTo(KvsLocalOptions.defaults().withClock(options.clock()));
  }

  private static KvsLocalOptions read(Map<String, String> variables, String... arguments) {
    ServeOptions options = new ServeOptions();
    new CommandLine(options)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(new Environment(variables))
        .parseArgs(arguments);
    return options.read();
  }
}
