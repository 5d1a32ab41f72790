package io.github.kvslocal.junit;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.KvsLocalOptions;
import io.github.kvslocal.StartException;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One emulator for the whole run, which JUnit closes at its end. */
@SuppressWarnings("deprecation")
final class SharedEmulator implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private final KvsLocal emulator;

  private SharedEmulator(KvsLocal emulator) {
    this.emulator = emulator;
  }

  static SharedEmulator start(KvsLocalOptions options) {
    try {
      return new SharedEmulator(KvsLocal.start(options));
    } catch (StartException e) {
      throw new ExtensionConfigurationException(
          "the shared emulator does not start: " + e.getMessage(), e);
    }
  }

  KvsLocal emulator() {
    return emulator;
  }

  @Override
  public void close() {
    emulator.close();
  }
}
