package io.github.kvslocal.ice;

import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP port on every address of this machine, loopback included, and the ICE agents that share
 * it. Settings of ice4j are global to the JVM ({@code IceSettings}); several of these may live in
 * one.
 */
public final class Ice4jTransports implements IceTransport.Factory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ice4jTransports.class);

  /** How often the watch looks for peers that have gone. */
  private static final long WATCH_MILLIS = 1000;

  /** Tries to find one number that is free on all addresses. */
  private static final int ANY_PORT_TRIES = 20;

  private final List<SharedPort> ports;
  private final List<IceCandidate> candidates;
  private final Set<Ice4jTransport> open = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor worker;

  /** Made ahead by the worker, so that a join does not wait for it; none while it is being made. */
  private final AtomicReference<@Nullable GatheredAgent> spare = new AtomicReference<>();

  private Ice4jTransports(List<SharedPort> ports, List<IceCandidate> candidates) {
    this.ports = ports;
    this.candidates = candidates;
    worker =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "kvslocal-ice-" + ports.get(0).port());
              thread.setDaemon(true);
              return thread;
            });
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(true);
    worker.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    worker.execute(this::gatherAhead);
    var unused =
        worker.scheduleWithFixedDelay(
            () -> watch(System.nanoTime()), WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Binds the port on all addresses. An address family that the machine lacks is left out.
   *
   * @param udpPort 0 for any that is free on all addresses
   * @param advertise announced instead of the machine's addresses; empty for these
   * @throws PortInUseException if the port is in use on any of the addresses
   * @throws IOException if no address can be bound at all
   */
  public static Ice4jTransports bind(int udpPort, List<AdvertisedAddress> advertise)
      throws IOException {
    return bind(HostAddresses.find(), udpPort, advertise);
  }

  /** On loopback only, for peers within this machine. */
  public static Ice4jTransports bindLoopback(int udpPort) throws IOException {
    return bind(HostAddresses.loopback(), udpPort, List.of());
  }

  private static Ice4jTransports bind(
      List<InetAddress> addresses, int udpPort, List<AdvertisedAddress> advertise)
      throws IOException {
    IceSettings.apply();
    int tries = udpPort == 0 ? ANY_PORT_TRIES : 1;
    for (int attempt = 1; ; attempt++) {
      try {
        List<SharedPort> ports = bindAll(addresses, udpPort);
        return new Ice4jTransports(ports, Candidates.announced(ports, advertise));
      } catch (PortInUseException e) {
        if (attempt >= tries) {
          throw e;
        }
      }
    }
  }

  private static List<SharedPort> bindAll(List<InetAddress> addresses, int udpPort)
      throws IOException {
    List<SharedPort> bound = new ArrayList<>();
    for (InetAddress address : addresses) {
      try {
        bound.add(SharedPort.bind(address, bound.isEmpty() ? udpPort : bound.get(0).port()));
      } catch (PortInUseException e) {
        bound.forEach(SharedPort::close);
        throw e;
      } catch (SocketException e) {
        LOG.atDebug()
            .addKeyValue("address", address.getHostAddress())
            .setCause(e)
            .log("address left out");
      }
    }
    if (bound.isEmpty()) {
      throw new BindException("UDP port " + udpPort + " cannot be bound on any address");
    }
    return List.copyOf(bound);
  }

  /** The UDP port, the same on all addresses. */
  public int port() {
    return ports.get(0).port();
  }

  @Override
  public IceTransport open(IceTransport.IceRole role, IceTransport.Listener listener) {
    GatheredAgent ahead = spare.getAndSet(null);
    GatheredAgent gathered = ahead == null ? GatheredAgent.from(ports) : ahead;
    Ice4jTransport transport = Ice4jTransport.of(this, gathered, role, listener);
    open.add(transport);
    try {
      worker.execute(this::gatherAhead);
    } catch (RejectedExecutionException e) {
      LOG.debug("the port is closed");
    }
    return transport;
  }

  @Override
  public IceTransport reopen(
      IceTransport.IceRole role, IceCredentials credentials, IceTransport.Listener listener) {
    Ice4jTransport transport = Ice4jTransport.succeeding(this, credentials, role, listener);
    open.add(transport);
    return transport;
  }

  /** On the worker. */
  private void gatherAhead() {
    if (!worker.isShutdown() && spare.get() == null) {
      spare.set(GatheredAgent.from(ports));
    }
  }

  private void freeSpare() {
    GatheredAgent unused = spare.getAndSet(null);
    if (unused != null) {
      unused.agent().free();
    }
  }

  /**
   * Connects two agents over loopback, on ports of their own, so that the first peer does not wait
   * for the loading of the library; blocks for about half a second on a cold JVM.
   */
  public static void warmUp() throws IOException {
    new Rehearsal().run();
  }

  /** Closes all agents and sockets. */
  @Override
  public void close() {
    open.forEach(Ice4jTransport::close);
    worker.shutdown();
    try {
      if (!worker.awaitTermination(1, TimeUnit.SECONDS)) {
        LOG.debug("agents are still being freed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    freeSpare();
    ports.forEach(SharedPort::close);
  }

  /** Looks at every agent; one that fails does not keep the others from being looked at. */
  void watch(long now) {
    open.forEach(transport -> transport.guarded(() -> transport.watch(now)));
  }

  /** Whether the next agent has been made ahead, for tests. */
  boolean agentAhead() {
    return spare.get() != null;
  }

  List<SharedPort> ports() {
    return ports;
  }

  /** What every agent announces: an advertised or a host candidate for each address. */
  public List<IceCandidate> candidates() {
    return candidates;
  }

  /** Where agents are told what to do, in order, and watched. */
  ScheduledThreadPoolExecutor worker() {
    return worker;
  }

  void forget(Ice4jTransport transport) {
    open.remove(transport);
  }
}
