package io.github.kvslocal.ice;

import io.github.kvslocal.sdp.IceCandidate;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.RemoteCandidate;

/** Our candidates in words of SDP, and theirs in words of the library. */
final class Candidates {
  /** RFC 8445 section 5.1.2.2. */
  private static final long HOST_PREFERENCE = 126;

  private static final int HIGHEST_LOCAL_PREFERENCE = 65_535;
  private static final int COMPONENT = 1;
  private static final int MAX_PORT = 65_535;

  private Candidates() {}

  /** What an offer lists: the advertised addresses, or else those that are bound, best first. */
  static List<IceCandidate> announced(List<SharedPort> ports, List<AdvertisedAddress> advertise) {
    List<IceCandidate> candidates = new ArrayList<>();
    if (advertise.isEmpty()) {
      ports.forEach(port -> candidates.add(host(candidates.size(), port.address(), port.port())));
    } else {
      int bound = ports.get(0).port();
      advertise.forEach(
          a -> candidates.add(host(candidates.size(), a.ip(), a.port().orElse(bound))));
    }
    return List.copyOf(candidates);
  }

  /** Formula and uniqueness as of RFC 8445 section 5.1.2.1. */
  private static IceCandidate host(int rank, InetAddress address, int port) {
    long priority =
        (HOST_PREFERENCE << 24)
            | ((long) (HIGHEST_LOCAL_PREFERENCE - rank) << 8)
            | (256 - COMPONENT);
    return new IceCandidate(
        Integer.toString(rank + 1),
        COMPONENT,
        "udp",
        priority,
        address.getHostAddress(),
        port,
        "host");
  }

  /** A signalled candidate, if it is one that we could send to: UDP and a literal address. */
  static Optional<RemoteCandidate> usable(IceCandidate candidate, Component component) {
    boolean sendable =
        candidate.transport().equalsIgnoreCase("udp")
            && candidate.component() == COMPONENT
            && candidate.port() > 0
            && candidate.port() <= MAX_PORT;
    if (!sendable) {
      return Optional.empty();
    }
    return IpLiteral.parse(candidate.address())
        .filter(ip -> !ip.isAnyLocalAddress() && !ip.isMulticastAddress())
        .map(
            ip ->
                new RemoteCandidate(
                    new TransportAddress(ip, candidate.port(), Transport.UDP),
                    component,
                    type(candidate.type()),
                    candidate.foundation(),
                    candidate.priority(),
                    null));
  }

  private static CandidateType type(String type) {
    return switch (type) {
      case "srflx" -> CandidateType.SERVER_REFLEXIVE_CANDIDATE;
      case "prflx" -> CandidateType.PEER_REFLEXIVE_CANDIDATE;
      case "relay" -> CandidateType.RELAYED_CANDIDATE;
      default -> CandidateType.HOST_CANDIDATE;
    };
  }
}
