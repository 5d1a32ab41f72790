package io.github.kvslocal.conformance.rest;

import io.github.kvslocal.conformance.process.EmulatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** An emulator per setting, each started when the first row asks for it. */
final class Emulators implements AutoCloseable {
  private final Path folder;
  private final Map<Setting, EmulatorProcess> running = new EnumMap<>(Setting.class);

  /** What does not start the first time is not tried again for each row. */
  private final Map<Setting, IllegalStateException> failures = new EnumMap<>(Setting.class);

  Emulators(Path folder) {
    this.folder = folder;
  }

  /**
   * Where the emulator of a setting is.
   *
   * @throws IllegalStateException if it does not start
   */
  URI endpoint(Setting setting) {
    if (failures.containsKey(setting)) {
      throw failures.get(setting);
    }
    return running.computeIfAbsent(setting, this::start).endpoint();
  }

  @Override
  public void close() {
    running.values().forEach(EmulatorProcess::close);
  }

  private EmulatorProcess start(Setting setting) {
    try {
      Path own = Files.createDirectories(folder.resolve(setting.name()));
      return EmulatorProcess.start(own, setting.options());
    } catch (IllegalStateException e) {
      failures.put(setting, e);
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for " + setting, e);
    }
  }
}
