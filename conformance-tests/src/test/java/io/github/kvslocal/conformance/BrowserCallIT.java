package io.github.kvslocal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.browser.BrowserCall;
import io.github.kvslocal.conformance.browser.BrowserCall.End;
import io.github.kvslocal.conformance.browser.BrowserCall.Role;
import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A channel without media storage: two pages with the published SDK see and hear each other, in
 * whatever order they come.
 */
@NeedsClient({Client.EMULATOR, Client.CHROMIUM, Client.NODE, Client.NPM, Client.CERTUTIL})
class BrowserCallIT {
  private static final String CHANNEL = "plain";

  @ParameterizedTest
  @CsvSource({"MASTER, VIEWER", "VIEWER, MASTER"})
  void masterAndViewerSeeAndHearEachOther(Role first, Role second, @TempDir Path folder)
      throws Exception {
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, List.of())) {
      new JsonClient(emulator.endpoint())
          .call("/createSignalingChannel", "{\"ChannelName\":\"" + CHANNEL + "\"}");

      List<End> ends =
          new BrowserCall(folder, emulator.authority())
              .connect(emulator.endpoint(), CHANNEL, "ann", first, second);

      assertThat(ends)
          .allSatisfy(
              end -> {
                assertThat(end.state()).isEqualTo("connected");
                assertThat(end.framesDecoded()).isGreaterThanOrEqualTo(30);
                assertThat(end.audioBytes()).isPositive();
              });
      assertThat(ends)
          .flatExtracting(End::heard)
          .containsExactlyInAnyOrder("sdpOffer of ann", "sdpAnswer");
    }
  }
}
