package io.github.kvslocal.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.RegistryState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain data in one JSON file, replaced as a whole with each change, so that a crash leaves the old
 * or the new one. As long as there never was any, there is no file.
 *
 * @param <S> the data, which is equal to the same data
 */
public final class StateFile<S> {
  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);

  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final AtomicFile file;
  private final S empty;
  private final Format<S> format;

  /** Null as long as nobody knows: before the first load, and after a save that failed. */
  private @Nullable S onDisk;

  /** The data as JSON. */
  interface Format<S> {
    /** What {@link #write} says of itself in the member {@code format}. */
    int newest();

    /**
     * Reads what {@link #write} or an earlier version of it made, down to format 1.
     *
     * @throws IllegalArgumentException or {@link RefusedException} if this is something else
     */
    S read(JsonNode root) throws RefusedException;

    /** Never fails for data that was checked. */
    JsonNode write(S state) throws JsonProcessingException;
  }

  private StateFile(Path directory, String name, S empty, Format<S> format) {
    this.file = new AtomicFile(directory, name);
    this.empty = empty;
    this.format = format;
  }

  /** The registry's, {@code registry.json}, in this directory, which has to exist. */
  public static StateFile<RegistryState> ofRegistry(Path directory) {
    return new StateFile<>(directory, "registry.json", RegistryState.EMPTY, new RegistryJson());
  }

  /** That of streams' configurations, {@code configurations.json}, beside the registry's. */
  public static StateFile<ConfigurationState> ofConfigurations(Path directory) {
    return new StateFile<>(
        directory, "configurations.json", ConfigurationState.EMPTY, new ConfigurationsJson());
  }

  /**
   * Reads what was saved last. A file that cannot be understood is set aside under another name,
   * reported, and nothing is known.
   *
   * @throws IOException with words for the user if the file is of a later version, which this one
   *     would damage, or cannot be read at all
   */
  public synchronized S load() throws IOException {
    file.removeUnfinished();
    S loaded = Files.exists(file.path()) ? read(Files.readAllBytes(file.path())) : empty;
    onDisk = loaded;
    return loaded;
  }

  private S read(byte[] bytes) throws IOException {
    JsonNode root;
    try {
      root = mapper.readTree(bytes);
    } catch (IOException e) {
      return damaged("it is no JSON");
    }
    int number = root.path("format").asInt();
    if (number > format.newest()) {
      throw new IOException(
          "%s was written by a later version of kvslocal (format %d, this one knows %d); start that version, or choose another data directory"
              .formatted(file.path(), number, format.newest()));
    }
    if (number < 1) {
      return damaged("it has no format number");
    }
    try {
      return format.read(root);
    } catch (RefusedException | IllegalArgumentException e) {
      return damaged(String.valueOf(e.getMessage()));
    }
  }

  private S damaged(String complaint) throws IOException {
    LOG.atError()
        .addKeyValue("file", file.path())
        .addKeyValue("keptAs", file.setAside())
        .addKeyValue("complaint", complaint)
        .log("a file of the data directory is damaged and was set aside; starting without it");
    return empty;
  }

  /**
   * Replaces what was saved before, if it is not the same; returns when it is on the disk. Callers
   * take turns.
   */
  public synchronized void save(S state) throws IOException {
    if (state.equals(onDisk)) {
      return;
    }
    byte[] bytes = mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(format.write(state));
    onDisk = null;
    file.replace(bytes);
    onDisk = state;
  }
}
