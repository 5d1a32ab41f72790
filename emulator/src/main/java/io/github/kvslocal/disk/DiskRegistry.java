package io.github.kvslocal.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.RegistryState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's state in one JSON file, {@code registry.json}, replaced as a whole with each
 * change, so that a crash leaves the old or the new one.
 */
public final class DiskRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(DiskRegistry.class);

  private final ObjectMapper mapper = new ObjectMapper();
  private final AtomicFile file;

  /** The registry's file in this directory, which has to exist. */
  public DiskRegistry(Path directory) {
    this.file = new AtomicFile(directory, "registry.json");
  }

  /**
   * Reads what was saved last. A file that cannot be understood is set aside under another name,
   * reported, and the registry starts empty.
   */
  public RegistryState load() throws IOException {
    if (!Files.exists(file.path())) {
      return RegistryState.EMPTY;
    }
    byte[] bytes = Files.readAllBytes(file.path());
    try {
      return RegistryJson.read(mapper.readTree(bytes));
    } catch (JsonProcessingException | RefusedException | IllegalArgumentException e) {
      LOG.atError()
          .addKeyValue("file", file.path())
          .addKeyValue("keptAs", file.setAside())
          .addKeyValue("complaint", e.getMessage())
          .log("registry is damaged and was set aside; starting without channels and streams");
      return RegistryState.EMPTY;
    }
  }

  /** Replaces what was saved before; returns when it is on the disk. Callers take turns. */
  public synchronized void save(RegistryState state) throws IOException {
    byte[] bytes =
        mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(RegistryJson.write(state));
    file.replace(bytes);
  }
}
