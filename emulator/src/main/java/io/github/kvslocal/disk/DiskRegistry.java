package io.github.kvslocal.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.RegistryState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's state in one JSON file, {@code registry.json}, replaced as a whole with each
 * change, so that a crash leaves the old or the new one.
 */
public final class DiskRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(DiskRegistry.class);

  private final ObjectMapper mapper = new ObjectMapper();
  private final Path file;

  /** The registry's file in this directory, which has to exist. */
  public DiskRegistry(Path directory) {
    this.file = directory.resolve("registry.json");
  }

  /**
   * Reads what was saved last. A file that cannot be understood is set aside under another name,
   * reported, and the registry starts empty.
   */
  public RegistryState load() throws IOException {
    if (!Files.exists(file)) {
      return RegistryState.EMPTY;
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      return RegistryJson.read(mapper.readTree(bytes));
    } catch (JsonProcessingException | RefusedException | IllegalArgumentException e) {
      Path aside = file.resolveSibling("registry.json.damaged-" + file.toFile().lastModified());
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.atError()
          .addKeyValue("file", file)
          .addKeyValue("keptAs", aside)
          .addKeyValue("complaint", e.getMessage())
          .log("registry is damaged and was set aside; starting without channels and streams");
      return RegistryState.EMPTY;
    }
  }

  /** Replaces what was saved before; returns when it is on the disk. Callers take turns. */
  public synchronized void save(RegistryState state) throws IOException {
    byte[] bytes =
        mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(RegistryJson.write(state));
    Path fresh = file.resolveSibling("registry.json.new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
