package io.github.kvslocal.junit;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.KvsLocalOptions;
import io.github.kvslocal.StartException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Emulators of the same options, as many as there are tests at a time. Whoever takes one has it
 * alone, as fresh as after a start. JUnit closes it: until 5.12 for the one interface, from 5.13 on
 * for either. Any thread may call it.
 */
@SuppressWarnings("deprecation")
final class EmulatorPool implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private final KvsLocalOptions options;
  private final List<KvsLocal> all = new ArrayList<>();
  private final Deque<KvsLocal> used = new ArrayDeque<>();
  private boolean closed;

  EmulatorPool(KvsLocalOptions options) {
    this.options = options;
  }

  /** One that nobody else has; started if there is none to be reset. */
  KvsLocal take() throws StartException {
    KvsLocal idle;
    synchronized (this) {
      idle = used.poll();
    }
    if (idle != null) {
      idle.reset();
      return idle;
    }
    KvsLocal started = KvsLocal.start(options);
    synchronized (this) {
      if (!closed) {
        all.add(started);
        return started;
      }
    }
    started.close();
    throw new IllegalStateException("the tests of this emulator's class have ended");
  }

  /** It is not needed any more. */
  synchronized void giveBack(KvsLocal emulator) {
    used.add(emulator);
  }

  @Override
  public void close() {
    List<KvsLocal> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(all);
      all.clear();
      used.clear();
    }
    open.forEach(KvsLocal::close);
  }
}
