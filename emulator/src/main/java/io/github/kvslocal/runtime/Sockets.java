package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The signaling sockets of one channel: the newest of each participant. On the channel's loop. */
final class Sockets {
  private final Map<Participant, SignalingConnection> open = new HashMap<>();
  private final ChannelNotes notes;

  Sockets(ChannelNotes notes) {
    this.notes = notes;
  }

  void opened(Participant participant, SignalingConnection connection) {
    SignalingConnection before = open.put(participant, connection);
    notes.write(participant, "signaling-opened", "the signaling socket is open");
    if (before != null) {
      // AWS does not say whether the older socket is closed; two that both believe to be the
      // master would answer each other's offers.
      before.close(1000, "a newer connection of the same participant has taken over");
    }
  }

  void closed(Participant participant, SignalingConnection connection) {
    if (open.remove(participant, connection)) {
      notes.write(participant, "signaling-closed", "the signaling socket is closed; media goes on");
    }
  }

  /** Whether this is the participant's socket, and not one that a newer one has replaced. */
  boolean isCurrent(Participant participant, SignalingConnection connection) {
    return connection.equals(open.get(participant));
  }

  boolean isOpen(Participant participant) {
    return open.containsKey(participant);
  }

  /** Sends messages in this order; a participant without a socket gets none. */
  void send(Participant to, List<Outbound> messages) {
    SignalingConnection socket = open.get(to);
    if (socket != null) {
      messages.forEach(socket::send);
    }
  }

  /** AWS does not say which code a socket is closed with when its channel is deleted. */
  void closeAll(String why) {
    List.copyOf(open.values()).forEach(socket -> socket.close(1000, why));
  }

  boolean isEmpty() {
    return open.isEmpty();
  }
}
