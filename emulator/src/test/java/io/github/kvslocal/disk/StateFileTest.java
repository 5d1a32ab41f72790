package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.ChannelType;
import io.github.kvslocal.registry.ConfigurationKind;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.EdgeConfiguration;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.registry.StorageTier;
import io.github.kvslocal.registry.Tags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
  private static final Owner OWNER = new Owner("000000000000", "us-east-1");
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123Z");
  private static final String ARN = "arn:aws:kinesisvideo:a:000000000000:stream/a/1795161600123";

  private static final String STREAM =
      "{\"arn\":\""
          + ARN
          + "\",\"retentionHours\":1,\"mediaType\":\"\",\"deviceName\":\"\",\"kmsKeyId\":\"\","
          + "\"version\":\"V1\"}";
  private static final String CHANNEL =
      "{\"arn\":\"arn:aws:kinesisvideo:a:000000000000:channel/a/1795161600123\","
          + "\"type\":\"SINGLE_MASTER\",\"messageTtlSeconds\":60,\"version\":\"V1\"}";

  @TempDir private Path directory;

  @Test
  void absentFileIsEmptyAndStaysAbsent() throws IOException {
    StateFile<RegistryState> file = StateFile.ofRegistry(directory);

    assertThat(file.load()).isEqualTo(RegistryState.EMPTY);
    assertThat(StateFile.ofConfigurations(directory).load()).isEqualTo(ConfigurationState.EMPTY);
    file.save(RegistryState.EMPTY);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void registryThatWasSavedLastIsLoaded() throws Exception {
    StateFile<RegistryState> file = StateFile.ofRegistry(directory);
    file.save(RegistryState.EMPTY);

    file.save(someRegistry());

    assertThat(StateFile.ofRegistry(directory).load()).isEqualTo(someRegistry());
  }

  @Test
  void configurationsThatWereSavedLastAreLoaded() throws Exception {
    StateFile<ConfigurationState> file = StateFile.ofConfigurations(directory);
    file.save(someConfigurations(1));

    file.save(someConfigurations(2));

    assertThat(StateFile.ofConfigurations(directory).load()).isEqualTo(someConfigurations(2));
  }

  @Test
  void theSameAgainIsNotWritten() throws Exception {
    StateFile.ofConfigurations(directory).save(someConfigurations(1));
    StateFile<ConfigurationState> file = StateFile.ofConfigurations(directory);
    ConfigurationState loaded = file.load();
    Files.delete(directory.resolve("configurations.json"));

    file.save(loaded);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void registryOfFormatOneIsLoaded() throws Exception {
    Files.writeString(
        directory.resolve("registry.json"),
        """
        {"format":1,
         "channels":[{"arn":"arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1795161600123",
           "type":"SINGLE_MASTER","messageTtlSeconds":60,"version":"V1",
           "recordedInto":"arn:aws:kinesisvideo:us-east-1:000000000000:stream/door/1795161600123"}],
         "streams":[{"arn":"arn:aws:kinesisvideo:us-east-1:000000000000:stream/door/1795161600123",
           "retentionHours":24,"mediaType":"","deviceName":"","kmsKeyId":"","version":"V2"}]}
        """);

    Registry registry = new Registry(StateFile.ofRegistry(directory).load(), new Random(1));

    MediaStream stream = registry.stream(OWNER, "door");
    assertThat(stream.settings()).isEqualTo(MediaStream.Settings.keeping(24));
    assertThat(registry.mappedStream(registry.channel(OWNER, "door").arn())).contains(stream.arn());
    assertThat(stream.tags()).isEqualTo(Tags.NONE);
  }

  @Test
  void saveAfterAFailedOneSucceeds() throws Exception {
    StateFile<RegistryState> file = StateFile.ofRegistry(directory);
    RegistryState before = file.load();
    Path obstacle = Files.createDirectory(directory.resolve("registry.json.new"));

    assertThatThrownBy(() -> file.save(someRegistry()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("registry.json cannot be written");
    Files.delete(obstacle);
    file.save(before);

    assertThat(directory.resolve("registry.json")).exists();
    file.save(someRegistry());
    assertThat(StateFile.ofRegistry(directory).load()).isEqualTo(someRegistry());
  }

  @Test
  void streamWithoutDocumentsIsNoDamage() throws IOException {
    Files.writeString(
        directory.resolve("configurations.json"),
        "{\"format\":1,\"streams\":[{\"arn\":\"" + ARN + "\",\"LATER\":{}}]}");

    ConfigurationState state = StateFile.ofConfigurations(directory).load();

    assertThat(state.documents()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"format\":0}",
        "{\"format\":2} and more",
        "\u0000\u0000\u00ff\u00fe",
        "{\"format\":2,\"streams\":[" + STREAM + "," + STREAM + "]}",
        "{\"format\":2,\"channels\":[" + CHANNEL + "," + CHANNEL + "]}",
        "{\"format\":2,\"channels\":[{\"arn\":"
            + "\"arn:aws:kinesisvideo:a:000000000000:channel/a/1795161600123\","
            + "\"type\":\"SINGLE_MASTER\",\"recordedInto\":"
            + "\"arn:aws:kinesisvideo:a:000000000000:stream/a/1795161600123\"}]}",
        "{\"format\":1,\"channels\":[{\"arn\":\"x\"}]}",
        "{\"format\":1,\"channels\":[{\"arn\":"
            + "\"arn:aws:kinesisvideo:a:000000000000:channel/a/1795161600123\",\"type\":\"?\"}]}"
      })
  void damagedRegistryIsSetAside(String text) throws IOException {
    Files.writeString(directory.resolve("registry.json"), text);

    RegistryState state = StateFile.ofRegistry(directory).load();

    assertThat(state).isEqualTo(RegistryState.EMPTY);
    assertSetAside("registry.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"format\":-1}",
        "{\"format\":1,\"streams\":[{\"arn\":\"x\"}]}",
        "{\"format\":1,\"streams\":[{\"arn\":\"" + ARN + "\",\"NOTIFICATION\":\"WARM\"}]}",
        "{\"format\":1,\"edges\":[{\"stream\":\"" + ARN + "\"}]}"
      })
  void damagedConfigurationsAreSetAside(String text) throws IOException {
    Files.writeString(directory.resolve("configurations.json"), text);

    ConfigurationState state = StateFile.ofConfigurations(directory).load();

    assertThat(state).isEqualTo(ConfigurationState.EMPTY);
    assertSetAside("configurations.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"retentionHours\":1|\"retentionHours\":-5",
        "\"retentionHours\":1|\"retentionHours\":\"abc\"",
        "\"retentionHours\":1|\"retentionHours\":87601",
        "\"version\":\"V1\"|\"version\":\"\"",
        "\"version\":\"V1\"|\"later\":1",
        "\"version\":\"V1\"|\"version\":\"V1\",\"tags\":{\"a\":7}"
      })
  void valueThatNoRequestCouldSetIsDamage(String good, String bad) throws IOException {
    String text = "{\"format\":2,\"streams\":[" + STREAM + "]}";
    Files.writeString(directory.resolve("registry.json"), text);
    assertThat(StateFile.ofRegistry(directory).load().streams()).hasSize(1);
    Files.writeString(directory.resolve("registry.json"), text.replace(good, bad));

    RegistryState state = StateFile.ofRegistry(directory).load();

    assertThat(state).isEqualTo(RegistryState.EMPTY);
    assertSetAside("registry.json");
  }

  @Test
  void fileOfALaterVersionIsLeftAloneAndNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("registry.json"), "{\"format\":3}");

    assertThatThrownBy(() -> StateFile.ofRegistry(directory).load())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("later version of kvslocal (format 3");
    assertThat(file).hasContent("{\"format\":3}");
  }

  private void assertSetAside(String name) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .singleElement()
          .asString()
          .startsWith(name + ".damaged-");
    }
  }

  private static RegistryState someRegistry() throws RefusedException {
    Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
    registry.ready(OWNER, "door", NOW);
    registry.createChannel(OWNER, "gone", ChannelType.SINGLE_MASTER, 60, Tags.NONE, NOW);
    registry.deleteChannel(registry.channel(OWNER, "gone").arn(), "");
    registry.createChannel(
        OWNER, "mesh", ChannelType.FULL_MESH, 5, Tags.NONE.with(Map.of("Où ça ?", "")), NOW);
    registry.createStream(
        OWNER,
        "attic",
        new MediaStream.Settings(7, "video/h264", "camera", "key", StorageTier.WARM),
        Tags.NONE.with(Map.of("a", "1", "b", "2")),
        NOW);
    return registry.state();
  }

  private static ConfigurationState someConfigurations(int number) throws RefusedException {
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
