package io.github.kvslocal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MisuseTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--credentialz AKIAXX:TOPSECRET|not understood: --credentialz, argument 2",
        "--credentialz=AKIAXX:TOPSECRET|not understood: --credentialz",
        "-credentials AKIAXX:TOPSECRET|not understood: argument 1, argument 2",
        "--port 0 --require-signatures AKIAXX:TOPSECRET|not understood: argument 4",
        "serve --credentials a:b TOPSECRET TOPSECRET|not understood: argument 4, argument 5",
        "--AKIAXX:TOPSECRET|not understood: argument 1",
        "--credentials --AKIAXX:TOPSECRET a|not understood",
        "export a b TOPSECRET|not understood: argument 4"
      })
  void whatIsNotUnderstoodIsNamedByItsPlace(String line, String complaint) {
    assertThat(said(Map.of(), line.split(" ")))
        .startsWith("kvslocal: " + complaint)
        .endsWith("; kvslocal --help lists the options")
        .doesNotContain("SECRET");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--require-signatures=AKIAXX:TOPSECRET|--require-signatures takes true or false",
        "--ephemeral=yes|--ephemeral takes true or false",
        "--candidate-sdp-mid=1|--candidate-sdp-mid takes true or false",
        "--port AKIAXX:TOPSECRET|--port takes a whole number, <port>",
        "serve --quotas AKIAXX:TOPSECRET|--quotas takes documented or off",
        "--log-format=TOPSECRET|--log-format takes text or json"
      })
  void valueThatIsNoneIsToldWhichThereAre(String line, String complaint) {
    assertThat(said(Map.of("KVSLOCAL_PORT", "1"), line.split(" ")))
        .isEqualTo("kvslocal: " + complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "KVSLOCAL_REQUIRE_SIGNATURES, 1, true or false",
    "KVSLOCAL_EPHEMERAL, yes, true or false",
    "KVSLOCAL_CANDIDATE_SDP_MID, on, true or false",
    "KVSLOCAL_QUOTAS, some, documented or off",
    "KVSLOCAL_RECORDED_AUDIO, all, mix or master",
    "KVSLOCAL_TLS_PORT, https, 'a whole number, <port>'"
  })
  void variableIsNamedByItself(String variable, String value, String values) {
    assertThat(said(Map.of(variable, value), "--port", "0"))
        .isEqualTo("kvslocal: " + variable + " takes " + values);
  }

  @ParameterizedTest
  @CsvSource({
    "--credentials, <id:secret[:token]>",
    "--deny, <action[:channel]>",
    "--channel, <name>",
    "--public-url, <url>",
    "--data, <directory>"
  })
  void emptyValueIsDeclined(String option, String values) {
    String complaint = "kvslocal: " + option + " is empty: leave it out, or give it " + values;

    assertThat(said(Map.of(), option, "")).isEqualTo(complaint);
    assertThat(said(Map.of(), "serve", option + "= ")).isEqualTo(complaint);
  }

  @Test
  void oneEmptyValueAmongOthersIsDeclinedToo() {
    assertThat(said(Map.of(), "--credentials", "a:b", "--credentials", ""))
        .startsWith("kvslocal: --credentials is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--credentials", "--credentials --port 0", "--port 1 --port 2"})
  void otherMistakesAreToldByTheirOption(String line) {
    assertThat(said(Map.of(), line.split(" "))).matches("kvslocal: .*option '--[a-z]+'.*");
  }

  private static String said(Map<String, String> variables, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    int exit = Main.commandLine(new PrintStream(err, true, UTF_8), variables).execute(arguments);

    assertThat(exit).isEqualTo(Main.CANNOT_START);
    return err.toString(UTF_8).strip();
  }
}
