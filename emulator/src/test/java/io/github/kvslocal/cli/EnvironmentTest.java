package io.github.kvslocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.KvsLocalOptions;
import io.github.kvslocal.api.Credentials;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

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
    Map<String, String> variables = new HashMap<>();
    optionsByVariable().forEach((variable, option) -> variables.put(variable, nothing));

    KvsLocalOptions options = read(variables);

    assertThat(options).isEqualTo(KvsLocalOptions.defaults().withClock(options.clock()));
  }

  @Test
  void helpNamesTheVariableOfEachOption() {
    optionsByVariable()
        .forEach(
            (variable, option) ->
                assertThat(String.join(" ", option.description())).contains(variable));
  }

  @Test
  void accessIsReadFromTheEnvironmentToo() {
    KvsLocalOptions options =
        read(
            Map.of(
                "KVSLOCAL_REQUIRE_SIGNATURES", "true",
                "KVSLOCAL_CREDENTIALS", "a:b,c:d:e",
                "KVSLOCAL_DENY", "Delete*,JoinStorageSession:door",
                "KVSLOCAL_QUOTAS", "documented"));

    assertThat(options.requireSignatures()).isTrue();
    assertThat(options.credentials())
        .isEqualTo(List.of(Credentials.parse("a:b"), Credentials.parse("c:d:e")));
    assertThat(options.denied()).isEqualTo(List.of("Delete*", "JoinStorageSession:door"));
    assertThat(options.quotas()).isEqualTo(KvsLocalOptions.QuotaProfile.DOCUMENTED);
  }

  @ParameterizedTest
  @CsvSource({
    "'', --require-signatures, true",
    "true, --require-signatures, true",
    "true, --require-signatures=false, false",
    "false, --quotas=off, false",
    "TRUE, --quotas=off, true"
  })
  void signaturesAreRequiredByOptionOrVariable(String variable, String option, boolean required) {
    Map<String, String> variables =
        Map.of("KVSLOCAL_REQUIRE_SIGNATURES", variable, "KVSLOCAL_CREDENTIALS", "a:b");

    KvsLocalOptions options = read(variables, option);

    assertThat(options.requireSignatures()).isEqualTo(required);
  }

  @Test
  void whatIsStoredOfTheSoundIsSaidByOptionOrVariable() {
    Map<String, String> variables = Map.of("KVSLOCAL_RECORDED_AUDIO", "master");

    assertThat(read(Map.of()).recordedAudio()).isEqualTo(KvsLocalOptions.RecordedAudio.MIX);
    assertThat(read(variables).recordedAudio()).isEqualTo(KvsLocalOptions.RecordedAudio.MASTER);
    assertThat(read(variables, "--recorded-audio=mix").recordedAudio())
        .isEqualTo(KvsLocalOptions.RecordedAudio.MIX);
  }

  @Test
  void whatBecomesOfLossyPicturesIsSaidByOptionOrVariable() {
    Map<String, String> variables = Map.of("KVSLOCAL_LOSSY_PICTURES", "keep");

    assertThat(read(Map.of()).lossyPictures()).isEqualTo(KvsLocalOptions.LossyPictures.DROP);
    assertThat(read(variables).lossyPictures()).isEqualTo(KvsLocalOptions.LossyPictures.KEEP);
    assertThat(read(variables, "--lossy-pictures=drop").lossyPictures())
        .isEqualTo(KvsLocalOptions.LossyPictures.DROP);
  }

  private static Map<String, OptionSpec> optionsByVariable() {
    Map<String, OptionSpec> options = new HashMap<>();
    for (OptionSpec option : new CommandLine(new ServeOptions()).getCommandSpec().options()) {
      String name = option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
      options.put("KVSLOCAL_" + name, option);
    }
    return options;
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
