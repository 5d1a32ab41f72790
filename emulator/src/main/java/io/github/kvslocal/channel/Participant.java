package io.github.kvslocal.channel;

/** Who takes part in a channel: its one master, or a viewer with a client id. */
public sealed interface Participant {
  /** The participant of this role; all masters of a channel are the same participant. */
  Participant MASTER = new Master();

  /** The camera's side. */
  record Master() implements Participant {
    @Override
    public String toString() {
      return "master";
    }
  }

  /** A watching side. */
  record Viewer(ClientId id) implements Participant {
    @Override
    public String toString() {
      return "viewer " + id;
    }
  }
}
