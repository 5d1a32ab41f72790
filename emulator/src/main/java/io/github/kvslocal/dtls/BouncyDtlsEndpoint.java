package io.github.kvslocal.dtls;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.SrtpKeys;
import io.github.kvslocal.sdp.Fingerprint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One association. The library blocks, so a handshake runs on a worker that reads from a queue; a
 * server's worker is taken only once the client has spoken.
 */
final class BouncyDtlsEndpoint implements DtlsEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(BouncyDtlsEndpoint.class);

  private static final int RECEIVE_LIMIT = 2048;

  /** Never waited for: the queue says when it is empty. */
  private static final int READ_MILLIS = 1000;

  private final BouncyDtls house;
  private final Listener listener;
  private final DatagramQueue queue;
  private final AtomicBoolean reading = new AtomicBoolean();

  /** Changed with the gate held, but for the step from LISTENING to SHAKING_HANDS. */
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

  /**
   * Guards the fields below and every call of the listener, so that none comes after close. Not
   * taken to receive, since two endpoints that are wired to each other would wait for each other,
   * nor held to call the library, which sends under a lock of its own.
   */
  private final Object gate = new Object();

  private boolean leaving;
  private @Nullable DtlsRole role;
  private @Nullable Handshake handshake;
  private @Nullable DTLSTransport association;
  private @Nullable Future<?> deadline;

  private enum State {
    /** Keeps what arrives. */
    NEW,
    /** A server that has not heard from its client. */
    LISTENING,
    SHAKING_HANDS,
    ESTABLISHED,
    /** Failed, or the other side has said goodbye; nothing more is reported. */
    OVER,
    CLOSED
  }

  BouncyDtlsEndpoint(BouncyDtls house, Listener listener) {
    this.house = house;
    this.listener = listener;
    this.queue = new DatagramQueue(datagram -> report(to -> to.send(datagram)));
  }

  @Override
  public void start(DtlsRole as, Fingerprint remote) {
    synchronized (gate) {
      if (state.get() != State.NEW) {
        return;
      }
      role = as;
      handshake = house.handshake(remote);
      state.set(State.LISTENING);
      try {
        deadline =
            house
                .timer()
                .schedule(
                    () -> fail("no DTLS handshake within the time allowed; " + queue.traffic()),
                    BouncyDtls.HANDSHAKE_LIMIT.toMillis(),
                    TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        fail("the DTLS service is closed");
        return;
      }
      if (as == DtlsRole.CLIENT || !queue.isEmpty()) {
        shakeHands();
      }
    }
  }

  @Override
  public void receive(byte[] buffer, int offset, int length) {
    if (!queue.offer(buffer, offset, length)) {
      return;
    }
    State now = state.get();
    if (now == State.LISTENING) {
      shakeHands();
    } else if (now == State.ESTABLISHED) {
      readLater();
    }
  }

  @Override
  public void close() {
    DTLSTransport toLeave;
    synchronized (gate) {
      if (state.get() == State.CLOSED) {
        return;
      }
      leaving = true;
      toLeave = state.get() == State.ESTABLISHED ? association : null;
    }
    try {
      if (toLeave != null) {
        // Without the gate, since the library sends under a lock of its own; the goodbye goes
        // through the listener, which is why the state changes only afterwards.
        hangUp(toLeave);
      }
    } finally {
      synchronized (gate) {
        state.set(State.CLOSED);
        release();
      }
    }
  }

  private void shakeHands() {
    if (!state.compareAndSet(State.LISTENING, State.SHAKING_HANDS)) {
      return;
    }
    try {
      house.workers().execute(this::handshake);
    } catch (RejectedExecutionException e) {
      later(() -> fail("too many DTLS handshakes at once"));
    }
  }

  private void handshake() {
    Handshake mine;
    DtlsRole as;
    synchronized (gate) {
      if (state.get() != State.SHAKING_HANDS || handshake == null || role == null) {
        return;
      }
      mine = handshake;
      as = role;
    }
    if (as == DtlsRole.SERVER) {
      queue.readAsServer();
    }
    try {
      DTLSTransport transport =
          as == DtlsRole.SERVER
              ? new DTLSServerProtocol().accept(new SrtpTlsServer(mine), queue)
              : new DTLSClientProtocol().connect(new SrtpTlsClient(mine), queue);
      established(mine, transport);
    } catch (IOException | RuntimeException e) {
      // what the library throws for bytes of the other side is not always checked
      fail(mine.reason(e));
    }
  }

  private void established(Handshake mine, DTLSTransport transport) {
    SrtpKeys keys = mine.keys();
    synchronized (gate) {
      if (state.get() != State.SHAKING_HANDS) {
        return;
      }
      association = transport;
      queue.doNotWait();
      state.set(State.ESTABLISHED);
      cancelDeadline();
      listener.established(keys);
      if (!queue.isEmpty()) {
        readLater();
      }
    }
  }

  /** Lets the library see what arrives after the handshake: repeated flights and alerts. */
  private void readLater() {
    if (reading.compareAndSet(false, true)) {
      later(this::read);
    }
  }

  /** Does it on a thread of the house; if that is closed there is nothing left to do. */
  private void later(Runnable task) {
    try {
      house.afterwards().execute(task);
    } catch (RejectedExecutionException e) {
      queue.close();
    }
  }

  private void read() {
    DTLSTransport transport;
    Handshake mine;
    reading.set(false);
    synchronized (gate) {
      if (state.get() != State.ESTABLISHED || association == null || handshake == null) {
        return;
      }
      transport = association;
      mine = handshake;
    }
    byte[] nobodyReads = new byte[RECEIVE_LIMIT];
    try {
      while (!mine.goodbye() && !queue.isEmpty()) {
        transport.receive(nobodyReads, 0, nobodyReads.length, READ_MILLIS);
      }
    } catch (InterruptedIOException e) {
      // all that had arrived has been read
    } catch (IOException | RuntimeException e) {
      over(Listener::closed);
      return;
    }
    if (mine.goodbye()) {
      over(Listener::closed);
    }
  }

  private void fail(String why) {
    over(to -> to.failed(why));
  }

  /** Reports the end, once. */
  private void over(Consumer<Listener> end) {
    synchronized (gate) {
      if (leaving || state.get() == State.OVER || state.get() == State.CLOSED) {
        return;
      }
      state.set(State.OVER);
      release();
      end.accept(listener);
    }
  }

  private void report(Consumer<Listener> call) {
    synchronized (gate) {
      if (state.get() != State.CLOSED) {
        call.accept(listener);
      }
    }
  }

  private void release() {
    cancelDeadline();
    queue.close();
    house.forget(this);
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  /** Says goodbye; a goodbye that cannot be said must not keep anybody from closing. */
  private static void hangUp(DTLSTransport transport) {
    try {
      transport.close();
    } catch (IOException | RuntimeException e) {
      LOG.atDebug().setCause(e).log("no goodbye said");
    }
  }
}
