package io.github.kvslocal.ice;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.harvest.SinglePortUdpHarvester;
import org.ice4j.util.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One bound address, shared by all agents: datagrams go to the agent whose name fragment their
 * sender's first check carried (RFC 8445 section 7.3).
 *
 * <p>The library's own only ever answers. This one can speak first, too, as a full agent has to.
 */
final class SharedPort extends SinglePortUdpHarvester {
  private static final long CLOSE_MILLIS = 500;

  /**
   * Addresses of one agent at most. Each costs a thread of the library, and a check claims its
   * address before anybody has looked at its password.
   */
  static final int MOST_ADDRESSES = 32;

  private static final Buffer NOTHING = new Buffer(new byte[0], 0, 0);

  /**
   * Whose a remote address is, by name fragment. The library replaces an address that is entered
   * twice, and by that loses both entries; so it is entered once.
   */
  private final Map<InetSocketAddress, String> owners = new HashMap<>();

  private SharedPort(TransportAddress address) throws IOException {
    super(address);
  }

  /**
   * Binds an address.
   *
   * @param port 0 for any
   * @throws PortInUseException if somebody else has the port
   */
  static SharedPort bind(InetAddress address, int port) throws IOException {
    try {
      return new SharedPort(new TransportAddress(address, port, Transport.UDP));
    } catch (BindException e) {
      String why = String.valueOf(e.getMessage());
      if (why.contains("in use")) {
        throw new PortInUseException(port, address.getHostAddress(), e);
      }
      throw e;
    }
  }

  /**
   * Gives the port back and waits until it is free: the system takes it only when the receiving
   * thread, which the library keeps to itself, has let go.
   */
  @Override
  public void close() {
    super.close();
    try {
      for (Thread receiver : receivers()) {
        receiver.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The library's thread for this address, by the name that it gives. */
  private List<Thread> receivers() {
    String suffix = " thread for " + localAddress;
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith(suffix))
        .toList();
  }

  InetAddress address() {
    return localAddress.getAddress();
  }

  int port() {
    return localAddress.getPort();
  }

  /** Whether a packet from here could arrive there: same family, and loopback only to loopback. */
  boolean canReach(InetAddress remote) {
    InetAddress local = address();
    return local.getClass() == remote.getClass()
        && local.isLoopbackAddress() == remote.isLoopbackAddress();
  }

  /** Lets an agent send checks to an address that has not spoken yet, unless it is another's. */
  synchronized void reach(InetSocketAddress remote, String ufrag) {
    if (owners.putIfAbsent(remote, ufrag) == null
        && super.maybeAcceptNewSession(NOTHING, remote, ufrag) == null) {
      owners.remove(remote);
    }
  }

  /** Called by the library for a check from an address that it does not know. */
  @Override
  protected synchronized @Nullable MySocket maybeAcceptNewSession(
      Buffer buffer, InetSocketAddress remote, String ufrag) {
    if (owners.containsKey(remote)) {
      // Entered just now by reach, or about to be released: an agent that is freed closes its
      // socket
      // more than once, and the last time would take the entry of its successor. Checks are
      // repeated.
      return null;
    }
    if (Collections.frequency(owners.values(), ufrag) >= MOST_ADDRESSES) {
      return null;
    }
    MySocket socket = super.maybeAcceptNewSession(buffer, remote, ufrag);
    if (socket != null) {
      owners.put(remote, ufrag);
    }
    return socket;
  }

  /** Forgets the addresses of an agent that has gone. */
  synchronized void release(String ufrag) {
    owners.values().removeIf(ufrag::equals);
  }
}
