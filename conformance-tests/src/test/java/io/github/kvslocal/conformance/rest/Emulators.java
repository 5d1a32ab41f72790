package io.github.kvslocal.conformance.rest;

import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** An emulator per setting, each started when the first row asks for it. */
final class Emulators implements AutoCloseable {
  private final Path folder;
  private final Map<Setting, Running> running = new EnumMap<>(Setting.class);

  /** What does not start the first time is not tried again for each row. */
  private final Map<Setting, IllegalStateException> failures = new EnumMap<>(Setting.class);

  /**
   * An emulator.
   *
   * @param client calls it without an SDK
   * @param tls trusts it
   */
  record Running(EmulatorProcess process, JsonClient client, SSLContext tls) {}

  Emulators(Path folder) {
    this.folder = folder;
  }

  /**
   * The emulator of a setting.
   *
   * @throws IllegalStateException if it does not start
   */
  Running of(Setting setting) {
    if (failures.containsKey(setting)) {
      throw failures.get(setting);
    }
    return running.computeIfAbsent(setting, this::start);
  }

  @Override
  public void close() {
    running.values().forEach(one -> one.process().close());
  }

  private Running start(Setting setting) {
    try {
      Path own = Files.createDirectories(folder.resolve(setting.name()));
      EmulatorProcess process = EmulatorProcess.start(own, setting.options());
      return new Running(
          process, new JsonClient(process.endpoint()), TrustedAuthority.of(process.authority()));
    } catch (IllegalStateException e) {
      failures.put(setting, e);
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for " + setting, e);
    }
  }
}
