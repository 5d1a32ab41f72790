package io.github.kvslocal.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.IceTransportContract;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ice4j.util.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class Ice4jTransportIT extends IceTransportContract {
  private static final long LIMIT_SECONDS = 5;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1");

  private static Ice4jTransports server;
  private static Ice4jTransports peers;

  @BeforeAll
  static void bind() throws IOException {
    server = Ice4jTransports.bindLoopback(0);
    peers = Ice4jTransports.bindLoopback(0);
  }

  @AfterAll
  static void closePorts() {
    server.close();
    peers.close();
  }

  @Override
  protected IceTransport.Factory offerers() {
    return server;
  }

  @Override
  protected IceTransport.Factory answerers() {
    return peers;
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatExceptionOfType(PortInUseException.class)
          .isThrownBy(() -> Ice4jTransports.bindLoopback(port))
          .withMessageContaining("UDP port " + port + " is in use")
          .satisfies(e -> assertThat(e.port()).isEqualTo(port));
    }
  }

  @Test
  void aClosedPortIsFreeAgain() throws IOException {
    Ice4jTransports first = Ice4jTransports.bindLoopback(0);
    int port = first.port();
    first.close();

    try (Ice4jTransports second = Ice4jTransports.bindLoopback(port)) {
      assertThat(second.port()).isEqualTo(port);
    }
  }

  @Test
  void loopbackIsAnnouncedLast() throws IOException {
    try (Ice4jTransports all = Ice4jTransports.bind(0, List.of())) {
      List<IceCandidate> candidates =
          all.open(IceTransport.IceRole.CONTROLLING, new Deaf()).localCandidates();

      assertThat(candidates).extracting(IceCandidate::address).contains("127.0.0.1");
      assertThat(candidates)
          .extracting(candidate -> LOOPBACK.contains(candidate.address()))
          .isSorted();
      assertThat(candidates).allMatch(candidate -> candidate.port() == all.port());
      assertThat(candidates)
          .isSortedAccordingTo((a, b) -> Long.compare(b.priority(), a.priority()));
      assertThat(candidates.get(0).priority()).isEqualTo(2_130_706_431L);
    }
  }

  @Test
  void advertisedAddressesReplaceOurs() throws IOException {
    List<AdvertisedAddress> advertise =
        List.of(AdvertisedAddress.parse("203.0.113.9"), AdvertisedAddress.parse("192.0.2.8:5000"));

    try (Ice4jTransports mapped = Ice4jTransports.bind(0, advertise)) {
      List<IceCandidate> candidates =
          mapped.open(IceTransport.IceRole.CONTROLLING, new Deaf()).localCandidates();

      assertThat(candidates)
          .extracting(IceCandidate::address)
          .containsExactly("203.0.113.9", "192.0.2.8");
      assertThat(candidates).extracting(IceCandidate::port).containsExactly(mapped.port(), 5000);
    }
  }

  @Test
  void anAddressChangesHandsOnlyOnceItsAgentHasBeenFreed() throws IOException {
    try (Ice4jTransports transports = Ice4jTransports.bindLoopback(0)) {
      SharedPort port = transports.ports().get(0);
      InetSocketAddress remote = new InetSocketAddress(port.address(), 9);
      Buffer check = new Buffer(new byte[0], 0, 0);
      String owner = ufrag(transports);
      String successor = ufrag(transports);
      port.reach(remote, owner);

      Object early = port.maybeAcceptNewSession(check, remote, successor);
      port.release(owner);
      Object inTime = port.maybeAcceptNewSession(check, remote, successor);

      assertThat(early).isNull();
      assertThat(inTime).isNotNull();
    }
  }

  private static String ufrag(Ice4jTransports transports) {
    return transports.open(IceTransport.IceRole.CONTROLLING, new Deaf()).localCredentials().ufrag();
  }

  @Test
  void oneAgentIsMadeAheadAndFreedOnClose() throws Exception {
    Ice4jTransports port = Ice4jTransports.bindLoopback(0);
    IceTransport opened = port.open(IceTransport.IceRole.CONTROLLING, new Deaf());

    port.worker().submit(() -> {}).get();

    assertThat(port.agentAhead()).isTrue();
    assertThat(port.open(IceTransport.IceRole.CONTROLLED, new Deaf()).localCredentials())
        .isNotEqualTo(opened.localCredentials());
    port.close();
    assertThat(port.agentAhead()).isFalse();
  }

  @Test
  void warmingUpConnectsTwoAgents() {
    assertThatCode(Ice4jTransports::warmUp).doesNotThrowAnyException();
  }

  @Test
  void warmingUpThatFailsIsToldWithTheReason() {
    Rehearsal rehearsal = new Rehearsal();
    rehearsal.failed("a reason");

    assertThatIOException().isThrownBy(rehearsal::run).withMessageContaining("a reason");
  }

  @Test
  @SuppressWarnings("NullAway") // a bug, such as the worker has to outlive
  void anAgentThatABugHitsIsToldToHaveFailedAtOnce() throws InterruptedException {
    Deaf listener = new Deaf();
    IceTransport hit = server.open(IceTransport.IceRole.CONTROLLING, listener);

    hit.connect(null, List.of());

    assertThat(listener.failed.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    hit.close();
  }

  @Test
  void aListenerThatThrowsDoesNotEndTheWatchOfOthers() throws Exception {
    try (Ice4jTransports port = Ice4jTransports.bindLoopback(0)) {
      List<Deaf> listeners = List.of(new Deaf(), new Throwing(), new Throwing(), new Deaf());
      IceCredentials nobody = new IceCredentials("nobody", "n".repeat(22));
      for (Deaf listener : listeners) {
        port.open(IceTransport.IceRole.CONTROLLING, listener).connect(nobody, List.of());
      }
      long later = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);

      port.worker().submit(() -> port.watch(later)).get();

      assertThat(listeners).allMatch(listener -> listener.failed.getCount() == 0);
    }
  }

  private static class Deaf implements IceTransport.Listener {
    final CountDownLatch failed = new CountDownLatch(1);

    @Override
    public void connected(String localAddress, String remoteAddress) {}

    @Override
    public void datagram(byte[] buffer, int offset, int length) {}

    @Override
    public void failed(String why) {
      failed.countDown();
    }
  }

  private static final class Throwing extends Deaf {
    @Override
    public void failed(String why) {
      super.failed(why);
      throw new IllegalStateException("a bug of the listener's");
    }
  }
}
