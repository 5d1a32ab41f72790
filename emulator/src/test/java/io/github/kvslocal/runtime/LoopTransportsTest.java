package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.peer.FakeDtls;
import io.github.kvslocal.peer.IceTransport.IceRole;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.peer.SrtpKeys;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTransportsTest implements LoopTransports.Host {
  private final TestWorld world = new TestWorld();
  private final List<String> told = new ArrayList<>();
  private final LoopTransports transports =
      new LoopTransports(world.loop, world.ice, IceRole.CONTROLLING, world.dtls, this);

  @Test
  void whatTheTransportsReportIsToldOnTheLoopInItsOrder() {
    transports.dtls().start(DtlsRole.SERVER, FakeDtls.FINGERPRINT);
    world.dtls.last().send(new byte[] {22, 1});
    world.ice.last().deliver(new byte[] {22, 2, 2});
    world.ice.last().select();
    world.dtls.last().establish();
    world.dtls.last().goodbye();
    assertThat(told).isEmpty();

    world.loop.settle();

    assertThat(told)
        .containsExactly(
            "handshake message",
            "datagram of 3",
            "batch",
            "path",
            "keys",
            "REMOTE_CLOSED: the other side closed the connection");
  }

  @Test
  void whyNothingWillWorkIsTold() {
    world.ice.last().select();
    world.ice.last().fail("no consent");
    world.dtls.last().fail("no common profile");

    world.loop.settle();

    assertThat(told)
        .containsExactly("path", "ICE_FAILED: no consent", "DTLS_FAILED: no common profile");
  }

  @Test
  void handshakeThatHadNoPathIsToldToHaveHadNone() {
    world.dtls.last().fail("no handshake in time");

    world.loop.settle();

    assertThat(told)
        .containsExactly(
            "DTLS_FAILED: no handshake in time; ICE has selected no pair of addresses so far");
  }

  @Test
  void oncePathIsFoundHandshakeMessagesDoNotWaitForTheLoop() {
    world.ice.last().select();

    world.dtls.last().send(new byte[] {22, 1});

    assertThat(world.ice.last().sent()).containsExactly(new byte[] {22, 1});
  }

  @Override
  public void pathFound(String localAddress, String remoteAddress) {
    told.add("path");
  }

  @Override
  public void handshakeMessage(byte[] datagram) {
    told.add("handshake message");
  }

  @Override
  public void keysAgreed(SrtpKeys keys) {
    told.add("keys");
  }

  @Override
  public void broken(PeerEnd end, String why) {
    told.add(end + ": " + why);
  }

  @Override
  public void datagram(byte[] buffer, int offset, int length, long arrivalNanos) {
    told.add("datagram of " + length);
  }

  @Override
  public void batchRead() {
    told.add("batch");
  }
}
