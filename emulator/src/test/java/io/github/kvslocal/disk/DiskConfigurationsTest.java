package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.ConfigurationKind;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.EdgeConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskConfigurationsTest {
  private static final String ARN = "arn:aws:kinesisvideo:a:000000000000:stream/a/1795161600123";

  @TempDir private Path directory;

  @Test
  void absentFileIsNoConfigurationAndStaysAbsent() throws IOException {
    DiskConfigurations file = new DiskConfigurations(directory);

    assertThat(file.load()).isEqualTo(ConfigurationState.EMPTY);
    file.save(ConfigurationState.EMPTY);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatWasSavedLastIsLoaded() throws Exception {
    DiskConfigurations file = new DiskConfigurations(directory);
    file.save(someState(1));

    file.save(someState(2));

    assertThat(new DiskConfigurations(directory).load()).isEqualTo(someState(2));
  }

  @Test
  void theSameAgainIsNotWritten() throws Exception {
    new DiskConfigurations(directory).save(someState(1));
    DiskConfigurations file = new DiskConfigurations(directory);
    ConfigurationState loaded = file.load();
    Files.delete(directory.resolve("configurations.json"));

    file.save(loaded);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void streamWithoutDocumentsIsNoDamage() throws IOException {
    Files.writeString(
        directory.resolve("configurations.json"),
        "{\"format\":1,\"streams\":[{\"arn\":\"" + ARN + "\",\"LATER\":{}}]}");

    ConfigurationState state = new DiskConfigurations(directory).load();

    assertThat(state.documents()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"format\":2}",
        "{\"format\":1,\"streams\":[{\"arn\":\"x\"}]}",
        "{\"format\":1,\"streams\":[{\"arn\":\"" + ARN + "\",\"NOTIFICATION\":\"WARM\"}]}",
        "{\"format\":1,\"edges\":[{\"stream\":\"" + ARN + "\"}]}"
      })
  void damagedFileIsSetAside(String text) throws IOException {
    Files.writeString(directory.resolve("configurations.json"), text);

    ConfigurationState state = new DiskConfigurations(directory).load();

    assertThat(state).isEqualTo(ConfigurationState.EMPTY);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .singleElement()
          .asString()
          .startsWith("configurations.json.damaged-");
    }
  }

  private static ConfigurationState someState(int number) throws RefusedException {
    StreamArn stream = StreamArn.parse(ARN);
    Instant then = Instant.parse("2026-11-20T08:00:00.123Z");
    return new ConfigurationState(
        Map.of(
            stream,
            Map.of(
                ConfigurationKind.IMAGE_GENERATION,
                "{\"Status\":\"ENABLED\"}",
                ConfigurationKind.NOTIFICATION,
                "{\"a\":" + number + ",\"b\":\"\\u00e4\"}".replace("\\u00e4", "\u00e4"))),
        List.of(
            new EdgeConfiguration(
                stream, "hub", "{\"c\":[1.5,true]}", then, then.plusSeconds(number))));
  }
}
