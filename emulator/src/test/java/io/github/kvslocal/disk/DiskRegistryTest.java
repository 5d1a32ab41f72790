package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.ChannelType;
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
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskRegistryTest {
  private static final Owner OWNER = new Owner("000000000000", "us-east-1");
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00.123Z");

  @TempDir private Path directory;

  @Test
  void absentFileIsAnEmptyRegistry() throws IOException {
    assertThat(new DiskRegistry(directory).load()).isEqualTo(RegistryState.EMPTY);
  }

  @Test
  void whatWasSavedLastIsLoaded() throws Exception {
    DiskRegistry file = new DiskRegistry(directory);
    file.save(RegistryState.EMPTY);
    RegistryState state = someState();

    file.save(state);

    assertThat(new DiskRegistry(directory).load()).isEqualTo(state);
  }

  @Test
  void fileOfFormatOneIsLoaded() throws Exception {
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

    Registry registry = new Registry(new DiskRegistry(directory).load(), new Random(1));

    MediaStream stream = registry.stream(OWNER, "door");
    assertThat(stream.settings()).isEqualTo(MediaStream.Settings.keeping(24));
    assertThat(registry.storage(registry.channel(OWNER, "door").arn())).contains(stream.arn());
    assertThat(stream.tags()).isEqualTo(Tags.NONE);
  }

  @Test
  void saveAfterAFailedOneSucceeds() throws Exception {
    DiskRegistry file = new DiskRegistry(directory);
    Path obstacle = Files.createDirectory(directory.resolve("registry.json.new"));
    RegistryState state = someState();

    assertThatThrownBy(() -> file.save(state)).isInstanceOf(IOException.class);
    Files.delete(obstacle);
    file.save(state);

    assertThat(new DiskRegistry(directory).load()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"format\":3}",
        "{\"format\":2,\"channels\":[{\"arn\":"
            + "\"arn:aws:kinesisvideo:a:000000000000:channel/a/1795161600123\","
            + "\"type\":\"SINGLE_MASTER\",\"recordedInto\":"
            + "\"arn:aws:kinesisvideo:a:000000000000:stream/a/1795161600123\"}]}",
        "{\"format\":1,\"channels\":[{\"arn\":\"x\"}]}",
        "{\"format\":1,\"channels\":[{\"arn\":"
            + "\"arn:aws:kinesisvideo:a:000000000000:channel/a/1795161600123\",\"type\":\"?\"}]}"
      })
  void damagedFileIsSetAside(String text) throws IOException {
    Files.writeString(directory.resolve("registry.json"), text);

    RegistryState state = new DiskRegistry(directory).load();

    assertThat(state).isEqualTo(RegistryState.EMPTY);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .singleElement()
          .asString()
          .startsWith("registry.json.damaged-");
    }
  }

  @Test
  void dataDirectoryHasOneOwner() throws IOException {
    try (DataDirectory first = DataDirectory.open(directory)) {
      assertThatThrownBy(() -> DataDirectory.open(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(first.path().toString())
          .hasMessageContaining("used by another emulator");
    }
  }

  @Test
  void dataDirectoryIsFreeOnceItsOwnerHasClosedIt() throws IOException {
    DataDirectory.open(directory).close();

    try (DataDirectory second = DataDirectory.open(directory)) {
      assertThat(second.path()).isAbsolute();
    }
  }

  @Test
  void fileInPlaceOfTheDirectoryIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  private static RegistryState someState() throws RefusedException {
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
}
