package io.github.kvslocal;

import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.runtime.Faults;
import io.github.kvslocal.runtime.SessionLoop;
import io.github.kvslocal.runtime.StorageService;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** The half of an emulator that has to do with media. */
interface MediaStack extends AutoCloseable {
  /** Opens it. */
  interface Factory {
    MediaStack open(KvsLocalOptions options) throws IOException;
  }

  /** The UDP port, whose number the TCP port shares. */
  int port();

  /**
   * Takes any other UDP port: the TCP port of that number is in use.
   *
   * @throws IllegalStateException if there are sessions, whose agents have the port
   */
  int moveToAnotherPort() throws IOException;

  /**
   * The storage sessions, all that they need being warm; called anew after {@link #endSessions}.
   */
  StorageService sessions(
      Function<String, SessionLoop> loops, FragmentStore store, Journal journal, Faults faults)
      throws IOException;

  /**
   * Ends the sessions, if there are any, so that nothing of theirs goes on, and declines those who
   * would still begin one with the service of them; the store has got all that they received.
   */
  default void endSessions(String why) {}

  /** The addresses that clients are told, for a person to read. */
  List<String> candidates();

  /** Ends every session; what was received is with the store when this returns. */
  @Override
  void close();
}
