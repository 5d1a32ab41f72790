package io.github.kvslocal.ice;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses of this machine that clients may be sent to: IPv4 before IPv6, loopback last.
 * Link-local addresses are left out, since they mean nothing without the name of an interface.
 */
final class HostAddresses {
  private static final Comparator<InetAddress> BEST_FIRST =
      Comparator.comparing(InetAddress::isLoopbackAddress)
          .thenComparing(address -> !(address instanceof Inet4Address));

  private HostAddresses() {}

  /** As of now; an interface that comes up later is not heard of. */
  static List<InetAddress> find() throws SocketException {
    Set<InetAddress> found = new LinkedHashSet<>();
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (network.isUp()) {
        Collections.list(network.getInetAddresses()).stream()
            .filter(address -> !address.isLoopbackAddress())
            .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
            .map(HostAddresses::unscoped)
            .forEach(found::add);
      }
    }
    found.addAll(loopback());
    List<InetAddress> sorted = new ArrayList<>(found);
    sorted.sort(BEST_FIRST);
    return List.copyOf(sorted);
  }

  /** 127.0.0.1 and ::1, whether this machine has them or not. */
  static List<InetAddress> loopback() {
    byte[] ipv6 = new byte[16];
    ipv6[15] = 1;
    return List.of(unscoped(new byte[] {127, 0, 0, 1}), unscoped(ipv6));
  }

  private static InetAddress unscoped(InetAddress address) {
    return unscoped(address.getAddress());
  }

  private static InetAddress unscoped(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }
}
