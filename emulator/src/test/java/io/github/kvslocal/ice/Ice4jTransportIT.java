package io.github.kvslocal.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.IceTransportContract;
import io.github.kvslocal.sdp.IceCandidate;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class Ice4jTransportIT extends IceTransportContract {
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
  void warmingUpConnectsTwoAgents() throws IOException {
    Ice4jTransports.warmUp();
  }

  private static final class Deaf implements IceTransport.Listener {
    @Override
    public void connected(String localAddress, String remoteAddress) {}

    @Override
    public void datagram(byte[] buffer, int offset, int length) {}

    @Override
    public void failed(String why) {}
  }
}
