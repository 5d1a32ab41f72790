package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.ChannelType;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"format\":2}",
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
    registry.createChannel(OWNER, "mesh", ChannelType.FULL_MESH, 5, NOW);
    registry.createStream(
        OWNER, "attic", new MediaStream.Settings(7, "video/h264", "camera", "key"), NOW);
    return registry.state();
  }
}
