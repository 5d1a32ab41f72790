package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path directory;

  @Test
  void directoryHasOneOwner() throws IOException {
    try (DataDirectory first = DataDirectory.open(directory)) {
      assertThatThrownBy(() -> DataDirectory.open(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(first.path().toString())
          .hasMessageContaining("used by another emulator");
    }
  }

  @Test
  void directoryIsFreeOnceItsOwnerHasClosedIt() throws IOException {
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
}
