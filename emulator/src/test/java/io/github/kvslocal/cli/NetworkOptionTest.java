package io.github.kvslocal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.kvslocal.fault.NetworkModel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class NetworkOptionTest {
  @Test
  void networkIsPerfectUnlessAnotherIsSaid() {
    assertThat(read(Map.of())).isEqualTo(NetworkModel.PERFECT);
  }

  @Test
  void networkIsSaidByOptionOrVariable() {
    Map<String, String> variables = Map.of("KVSLOCAL_NETWORK", "loss=3%,delay=25ms");

    assertThat(read(variables)).isEqualTo(NetworkModel.parse("loss=3%,delay=25ms"));
    assertThat(read(variables, "--network=out.rate=2mbit"))
        .isEqualTo(NetworkModel.parse("out.rate=2mbit"));
  }

  @Test
  void whatIsNoNetworkIsToldInOneLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of(), "--network=loss=300%"))
        .withMessage("the loss must be 0% to 100%");
  }

  @Test
  void helpShowsPercentSignsAsTheyAreWritten() {
    assertThat(new CommandLine(new ServeOptions()).getUsageMessage()).contains("loss=3%,");
  }

  private static NetworkModel read(Map<String, String> variables, String... arguments) {
    ServeOptions options = new ServeOptions();
    new CommandLine(options)
        .setDefaultValueProvider(new Environment(variables))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments);
    return options.read().network();
  }
}
