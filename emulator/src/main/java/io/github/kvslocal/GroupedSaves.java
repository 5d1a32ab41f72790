package io.github.kvslocal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Saves what changes, one save at a time: all changes that come while one is being made share the
 * next, so that a crowd of them costs two saves and no state is written once per change. One thread
 * calls it, and on that thread a save completes.
 */
final class GroupedSaves {
  private final Supplier<Future<?>> save;
  private boolean saving;
  private Promise<Void> next = Promise.promise();
  private boolean nextWanted;

  /**
   * @param save begins to keep the state of that moment, and tells when it is kept
   */
  GroupedSaves(Supplier<Future<?>> save) {
    this.save = save;
  }

  /** Completes as the first save does that begins from now on. */
  Future<Void> whenSaved() {
    nextWanted = true;
    Promise<Void> mine = next;
    beginIfFree();
    return mine.future();
  }

  private void beginIfFree() {
    if (saving || !nextWanted) {
      return;
    }
    Promise<Void> group = next;
    next = Promise.promise();
    nextWanted = false;
    saving = true;
    begun()
        .onComplete(
            saved -> {
              saving = false;
              if (saved.succeeded()) {
                group.complete();
              } else {
                group.fail(saved.cause());
              }
              beginIfFree();
            });
  }

  /**
   * A save that cannot even begin is one that has failed, or all later changes would wait for it.
   */
  private Future<?> begun() {
    try {
      return save.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
