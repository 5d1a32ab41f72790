package io.github.kvslocal.recording;

/**
 * Whether fragments of a recording are being lost. Fragments have ordinals in the order in which
 * they came; the fate of one may be known before that of an earlier one.
 */
final class Interruption {
  private final Recorder.Observer observer;
  private boolean interrupted;
  private long newestLost;
  private long lost;

  Interruption(Recorder.Observer observer) {
    this.observer = observer;
  }

  synchronized void lost(long ordinal, String why) {
    newestLost = Math.max(newestLost, ordinal);
    lost++;
    if (!interrupted) {
      interrupted = true;
      observer.interrupted(why);
    }
  }

  /** What came before one that was lost, and is stored only now, says nothing of the store. */
  synchronized void stored(long ordinal) {
    if (interrupted && ordinal > newestLost) {
      interrupted = false;
      observer.resumed(lost);
      lost = 0;
    }
  }
}
