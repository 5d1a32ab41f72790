package io.github.kvslocal.ice;

import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.beans.PropertyChangeEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.RemoteCandidate;
import org.ice4j.util.Buffer;
import org.ice4j.util.BufferPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent. What may take the library a while is done on the worker of {@link Ice4jTransports}, in
 * order.
 *
 * <p>A remote address that still belongs to an agent that is not closed is not heard by a second
 * one. Checks of a pair fail now and then without meaning anything; only missing consent ends a
 * connection.
 */
final class Ice4jTransport implements IceTransport {
  private static final Logger LOG = LoggerFactory.getLogger(Ice4jTransport.class);

  /** From {@link #connect} to a selected pair. */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  /**
   * Without an answer to a consent check for this long, the peer has gone; at most 30 s (RFC 7675
   * section 5.1).
   */
  private static final Duration CONSENT_LIMIT = Duration.ofSeconds(20);

  /** Signalled addresses that are sent to; each costs a thread of the library. */
  private static final int MAX_REMOTE_CANDIDATES = 16;

  private final Ice4jTransports house;
  private final Listener listener;
  private final IceRole role;
  private final IceCredentials local;

  /** Set before anything is asked of it, on the worker at the latest. */
  private volatile @Nullable GatheredAgent gathered;

  /** Used on the worker only. */
  private final List<RemoteCandidate> early = new ArrayList<>();

  private int remoteCandidates;
  private long connectingSinceNanos;
  private boolean connecting;

  /** When consent was last seen to be given, and the library's stamp of it. */
  private long consentSeenNanos;

  private long consentStamp;

  /** Guards {@link #ended}, so that nothing is reported after close. */
  private final Object gate = new Object();

  private boolean ended;
  private volatile boolean closed;
  private volatile @Nullable CandidatePair selected;

  private Ice4jTransport(
      Ice4jTransports house, IceCredentials local, IceRole role, Listener listener) {
    this.house = house;
    this.local = local;
    this.role = role;
    this.listener = listener;
  }

  /** An agent that was gathered before. */
  static Ice4jTransport of(
      Ice4jTransports house, GatheredAgent gathered, IceRole role, Listener listener) {
    Agent agent = gathered.agent();
    IceCredentials local = new IceCredentials(agent.getLocalUfrag(), agent.getLocalPassword());
    Ice4jTransport transport = new Ice4jTransport(house, local, role, listener);
    transport.adopt(gathered);
    return transport;
  }

  /** An agent with the credentials of one that is closed; it gathers once that one is freed. */
  static Ice4jTransport succeeding(
      Ice4jTransports house, IceCredentials local, IceRole role, Listener listener) {
    Ice4jTransport transport = new Ice4jTransport(house, local, role, listener);
    transport.later(() -> transport.adopt(GatheredAgent.from(house.ports(), local)));
    return transport;
  }

  private void adopt(GatheredAgent found) {
    found.agent().setControlling(role == IceRole.CONTROLLING);
    found.component().setBufferCallback(this::datagram);
    found.agent().addStateChangeListener(this::stateChanged);
    gathered = found;
  }

  private GatheredAgent gathered() {
    GatheredAgent found = gathered;
    if (found == null) {
      throw new IllegalStateException("the agent could not be gathered");
    }
    return found;
  }

  @Override
  public IceCredentials localCredentials() {
    return local;
  }

  @Override
  public List<IceCandidate> localCandidates() {
    return house.candidates();
  }

  @Override
  public void connect(IceCredentials remote, List<IceCandidate> remoteCandidates) {
    List<IceCandidate> first = List.copyOf(remoteCandidates);
    later(() -> begin(remote, first));
  }

  @Override
  public void addRemoteCandidate(IceCandidate candidate) {
    later(() -> add(candidate));
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (selected == null || closed) {
      return;
    }
    try {
      gathered().component().send(buffer, offset, length);
    } catch (IOException e) {
      // a datagram may be lost; if its peer is, consent runs out
      LOG.atTrace().setCause(e).log("datagram not sent");
    }
  }

  @Override
  public void close() {
    synchronized (gate) {
      ended = true;
      closed = true;
    }
    house.forget(this);
    later(this::free);
  }

  private void begin(IceCredentials remote, List<IceCandidate> candidates) {
    if (connecting || closed) {
      return;
    }
    IceMediaStream stream = gathered().stream();
    Component component = gathered().component();
    connecting = true;
    connectingSinceNanos = System.nanoTime();
    stream.setRemoteUfrag(remote.ufrag());
    stream.setRemotePassword(remote.pwd());
    early.forEach(component::addRemoteCandidate);
    early.clear();
    for (IceCandidate candidate : candidates) {
      reachable(candidate, component::addRemoteCandidate);
    }
    gathered().agent().startConnectivityEstablishment();
  }

  private void add(IceCandidate candidate) {
    if (closed) {
      return;
    }
    if (connecting) {
      reachable(
          candidate,
          usable -> {
            gathered().component().addUpdateRemoteCandidates(usable);
            gathered().component().updateRemoteCandidates();
          });
    } else {
      reachable(candidate, early::add);
    }
  }

  /** Hands a candidate on if there is a port of ours that it can be checked from. */
  private void reachable(IceCandidate candidate, Consumer<RemoteCandidate> action) {
    if (remoteCandidates == MAX_REMOTE_CANDIDATES) {
      return;
    }
    Candidates.usable(candidate, gathered().component())
        .ifPresent(
            remote -> {
              TransportAddress address = remote.getTransportAddress();
              List<SharedPort> from =
                  house.ports().stream()
                      .filter(port -> port.canReach(address.getAddress()))
                      .toList();
              if (!from.isEmpty()) {
                remoteCandidates++;
                InetSocketAddress to =
                    new InetSocketAddress(address.getAddress(), address.getPort());
                from.forEach(port -> port.reach(to, local.ufrag()));
                action.accept(remote);
              }
            });
  }

  private void free() {
    GatheredAgent found = gathered;
    try {
      if (found != null) {
        found.agent().free();
      }
    } finally {
      house.ports().forEach(port -> port.release(local.ufrag()));
    }
  }

  /** Called every second on the worker, with the system's monotonic time. */
  void watch(long now) {
    if (!connecting || closed) {
      return;
    }
    CandidatePair pair = selected;
    if (pair == null) {
      if (now - connectingSinceNanos > CONNECT_LIMIT.toNanos()) {
        fail("no connectivity check succeeded within " + CONNECT_LIMIT.toSeconds() + " s");
      }
      return;
    }
    long stamp = pair.getConsentFreshness();
    if (consentSeenNanos == 0 || stamp != consentStamp) {
      consentStamp = stamp;
      consentSeenNanos = now;
    } else if (now - consentSeenNanos > CONSENT_LIMIT.toNanos()) {
      fail("the peer has not answered for " + CONSENT_LIMIT.toSeconds() + " s");
    }
  }

  private void stateChanged(PropertyChangeEvent event) {
    if (event.getNewValue() == IceProcessingState.COMPLETED) {
      CandidatePair pair = gathered().component().getSelectedPair();
      if (pair != null) {
        selected = pair;
        report(
            to ->
                to.connected(
                    readable(pair.getLocalCandidate().getTransportAddress()),
                    readable(pair.getRemoteCandidate().getTransportAddress())));
      }
    } else if (event.getNewValue() == IceProcessingState.FAILED) {
      fail("every connectivity check failed");
    }
  }

  /** On the port's receiving thread; the buffer goes back to the pool afterwards. */
  private void datagram(Buffer buffer) {
    try {
      if (!closed) {
        listener.datagram(buffer.getBuffer(), buffer.getOffset(), buffer.getLength());
      }
    } catch (RuntimeException e) {
      // let it pass and the library would give the buffer back a second time
      LOG.atError().setCause(e).log("a listener failed");
    }
    BufferPool.returnBuffer.invoke(buffer);
  }

  private void fail(String why) {
    report(
        to -> {
          ended = true;
          to.failed(why);
        });
  }

  private void report(Consumer<Listener> event) {
    synchronized (gate) {
      if (!ended) {
        event.accept(listener);
      }
    }
  }

  /** Does it on the worker, which would keep to itself what is thrown there. */
  private void later(Runnable task) {
    try {
      house.worker().execute(() -> guarded(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("the port is closed");
    }
  }

  /** Ends this agent, and no other, with a bug of ours or the library's. */
  void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("ufrag", local.ufrag()).setCause(e).log("an agent failed");
      fail("the ICE agent failed: " + e);
    }
  }

  private static String readable(TransportAddress address) {
    String host = address.getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
