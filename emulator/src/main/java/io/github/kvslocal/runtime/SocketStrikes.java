package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.Lasting;
import io.github.kvslocal.fault.StruckSocket;
import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.signaling.ConnectionId;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What befalls open sockets: when they open and when rules come, each is struck, at once or after a
 * while of policy time. On the channel's loop.
 */
final class SocketStrikes {
  private final ChannelFaults faults;
  private final SessionLoop loop;
  private final Map<ConnectionId, Open> sockets = new HashMap<>();

  SocketStrikes(ChannelFaults faults, SessionLoop loop) {
    this.faults = faults;
    this.loop = loop;
  }

  /** One socket. */
  private final class Open implements StruckSocket {
    final Participant whose;
    final SignalingConnection connection;
    final Lasting lasting = new Lasting();
    final List<SessionLoop.Alarm> alarms = new ArrayList<>();

    Open(Participant whose, SignalingConnection connection) {
      this.whose = whose;
      this.connection = connection;
    }

    void strike() {
      for (Fault.OfSocket fault : faults.strike(Fault.OfSocket.class, whose, "", lasting)) {
        if (fault.after().isZero()) {
          fault.strike(this);
        } else {
          after(fault.after(), "a fault strikes a signaling socket", () -> fault.strike(this));
        }
      }
    }

    private void after(Duration wait, String what, Runnable task) {
      alarms.add(loop.schedule(loop.now().plus(wait), what, task));
    }

    @Override
    public void drop(int code) {
      connection.drop(code, "a fault drops it");
    }

    @Override
    public void goAway(Duration grace) {
      // Before the client hears of it and has somebody move the clock.
      after(
          grace,
          "a signaling socket that a fault has sent away is closed",
          () -> connection.close(CloseCode.GOING_AWAY, "a fault has announced it"));
      connection.send(new Outbound.GoAway());
    }

    @Override
    public void reconnectIceServer() {
      connection.send(new Outbound.ReconnectIceServer());
    }
  }

  /** A socket has opened, and what it has to hear first is said. */
  void opened(ConnectionId id, Participant whose, SignalingConnection connection) {
    Open socket = new Open(whose, connection);
    sockets.put(id, socket);
    socket.strike();
  }

  void closed(ConnectionId id) {
    Open socket = sockets.remove(id);
    if (socket != null) {
      socket.alarms.forEach(SessionLoop.Alarm::cancel);
    }
  }

  /** Rules have come or gone. */
  void rulesChanged() {
    List.copyOf(sockets.values()).forEach(Open::strike);
  }

  void stop() {
    List.copyOf(sockets.keySet()).forEach(this::closed);
  }
}
