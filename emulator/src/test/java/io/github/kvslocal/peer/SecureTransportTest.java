package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.peer.IceTransport.IceRole;
import io.github.kvslocal.sdp.Fingerprint;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecureTransportTest {
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");
  private static final IceCandidate CANDIDATE =
      new IceCandidate("1", 1, "udp", 1, "198.51.100.7", 50_000, "host");

  private final FakeIce.Transport ice = new FakeIce().open(IceRole.CONTROLLING, new Unheard());
  private final FakeDtls.Endpoint dtls = new FakeDtls().create(new Unheard());
  private final NullSrtp srtp = new NullSrtp();
  private final Told told = new Told();
  private final SecureTransport transport = new SecureTransport(ice, dtls, srtp, told);

  @Test
  void mediaBeforeTheKeysIsReplayedInOrderWithItsArrivalTimes() {
    connectAs(DtlsRole.SERVER);
    transport.pathFound();
    deliver(rtp(1), 10);
    deliver(rtcp(2), 20);
    deliver(rtp(3), 30);
    assertThat(told.events).isEmpty();

    transport.keysAgreed(FakeDtls.keys(DtlsRole.SERVER));

    assertThat(told.events)
        .containsExactly("connected", "rtp 1 at 10", "rtcp 2 at 20", "rtp 3 at 30");
    assertThat(transport.dropped()).isZero();
  }

  @Test
  void mediaBeforeTheKeysIsBounded() {
    for (int i = 0; i < 103; i++) {
      deliver(rtp(i), i);
    }

    transport.keysAgreed(FakeDtls.keys(DtlsRole.SERVER));

    assertThat(told.events).hasSize(100).contains("rtp 0 at 0", "rtp 99 at 99");
    assertThat(transport.dropped()).isEqualTo(3);
  }

  @Test
  void earlyMediaIsCopiedSinceItsBufferIsUsedAgain() {
    byte[] buffer = rtp(1);
    transport.datagram(buffer, 0, buffer.length, 10);
    buffer[2] = 77;

    transport.keysAgreed(FakeDtls.keys(DtlsRole.SERVER));

    assertThat(told.events).containsExactly("rtp 1 at 10");
  }

  @Test
  void handshakeMessagesWaitForThePath() {
    connectAs(DtlsRole.SERVER);
    transport.handshakeMessage(new byte[] {22, 1});
    transport.handshakeMessage(new byte[] {22, 2});
    assertThat(ice.sent()).isEmpty();

    transport.pathFound();
    transport.handshakeMessage(new byte[] {22, 3});

    assertThat(ice.sent())
        .containsExactly(new byte[] {22, 1}, new byte[] {22, 2}, new byte[] {22, 3});
  }

  @Test
  void waitingHandshakeMessagesAreBounded() {
    for (int i = 0; i < 40; i++) {
      transport.handshakeMessage(new byte[] {22, (byte) i});
    }

    transport.pathFound();

    assertThat(ice.sent()).hasSize(32);
  }

  @Test
  void aServerListensBeforeThereIsAPath() {
    connectAs(DtlsRole.SERVER);

    assertThat(ice.remote()).contains(REMOTE);
    assertThat(ice.remoteCandidates()).containsExactly(CANDIDATE);
    assertThat(dtls.role()).contains(DtlsRole.SERVER);
    assertThat(dtls.remote()).contains(FakeDtls.FINGERPRINT);
  }

  @Test
  void aClientSpeaksOnlyWhenThereIsAPath() {
    connectAs(DtlsRole.CLIENT);
    assertThat(dtls.role()).isEmpty();

    transport.pathFound();

    assertThat(dtls.role()).contains(DtlsRole.CLIENT);
  }

  @Test
  void aClientWhosePathIsThereAlreadySpeaksAtOnce() {
    transport.pathFound();

    connectAs(DtlsRole.CLIENT);

    assertThat(dtls.role()).contains(DtlsRole.CLIENT);
  }

  @Test
  void itIsConnectedOnceThereAreBothAPathAndKeys() {
    transport.keysAgreed(FakeDtls.keys(DtlsRole.SERVER));
    assertThat(transport.connected()).isFalse();

    transport.pathFound();
    transport.pathFound();

    assertThat(transport.connected()).isTrue();
    assertThat(told.events).containsExactly("connected");
  }

  @Test
  void nothingIsSentBeforeItIsConnected() {
    transport.sendRtp(rtp(1), 0, 12);
    transport.sendRtcp(rtcp(1), 0, 12);
    transport.pathFound();
    transport.sendRtp(rtp(2), 0, 12);
    transport.keysAgreed(FakeDtls.keys(DtlsRole.SERVER));

    transport.sendRtp(rtp(3), 0, 12);
    transport.sendRtcp(rtcp(4), 0, 12);

    assertThat(ice.sent()).containsExactly(rtp(3), rtcp(4));
  }

  @Test
  void whatTheCiphersRefuseIsNotSentButCounted() {
    transport.pathFound();
    transport.keysAgreed(FakeDtls.keys(DtlsRole.SERVER));
    srtp.created().get(0).rejectAll(true);

    transport.sendRtp(rtp(1), 0, 12);
    transport.sendRtcp(rtcp(2), 0, 12);

    assertThat(ice.sent()).isEmpty();
    assertThat(transport.dropped()).isEqualTo(2);
  }

  @Test
  void handshakeGoesToDtlsAndMediaDoesNot() {
    connectAs(DtlsRole.SERVER);

    deliver(new byte[] {22, 1, 2}, 0);
    deliver(rtp(1), 0);

    assertThat(dtls.received()).containsExactly(new byte[] {22, 1, 2});
  }

  @Test
  void forgedAndUnknownDatagramsAreDroppedAndCounted() {
    transport.pathFound();
    transport.keysAgreed(FakeDtls.keys(DtlsRole.SERVER));
    srtp.created().get(0).rejectAll(true);

    deliver(rtp(1), 0);
    deliver(rtcp(2), 0);
    deliver(new byte[] {70, 70}, 0);
    deliver(new byte[] {0, 1, 0, 0}, 0);
    deliver(new byte[0], 0);

    assertThat(told.events).containsExactly("connected");
    assertThat(transport.dropped()).isEqualTo(5);
  }

  @Test
  void theEndIsToldOnceAndEverythingIsFreed() {
    transport.pathFound();
    transport.keysAgreed(FakeDtls.keys(DtlsRole.SERVER));

    transport.end(PeerEnd.REMOTE_CLOSED, "goodbye");
    transport.end(PeerEnd.SHUT_DOWN, "again");

    assertThat(told.events).containsExactly("connected", "REMOTE_CLOSED: goodbye");
    assertThat(dtls.closed()).isTrue();
    assertThat(ice.closed()).isTrue();
    assertThat(srtp.created().get(0).closed()).isTrue();
    assertThat(transport.connected()).isFalse();
  }

  @Test
  void theGoodbyeIsSaidWhileThereIsAPath() {
    List<Boolean> pathClosed = new ArrayList<>();
    DtlsEndpoint polite =
        new DtlsEndpoint() {
          @Override
          public void start(DtlsRole role, Fingerprint remote) {}

          @Override
          public void receive(byte[] buffer, int offset, int length) {}

          @Override
          public void close() {
            pathClosed.add(ice.closed());
          }
        };

    new SecureTransport(ice, polite, srtp, told).end(PeerEnd.SHUT_DOWN, "over");

    assertThat(pathClosed).containsExactly(false);
    assertThat(ice.closed()).isTrue();
  }

  @Test
  void aPartThatFailsAtItsEndKeepsNoOtherOpen() {
    DtlsEndpoint failing =
        new DtlsEndpoint() {
          @Override
          public void start(DtlsRole role, Fingerprint remote) {}

          @Override
          public void receive(byte[] buffer, int offset, int length) {}

          @Override
          public void close() {
            throw new IllegalStateException("a bug on purpose");
          }
        };
    SecureTransport half = new SecureTransport(ice, failing, srtp, told);
    half.keysAgreed(FakeDtls.keys(DtlsRole.SERVER));

    assertThatThrownBy(() -> half.end(PeerEnd.SHUT_DOWN, "over")).hasMessage("a bug on purpose");

    assertThat(ice.closed()).isTrue();
    assertThat(srtp.created().get(0).closed()).isTrue();
    assertThat(told.events).containsExactly("SHUT_DOWN: over");
  }

  @Test
  void whatComesAfterTheEndChangesNothing() {
    connectAs(DtlsRole.CLIENT);
    deliver(rtp(1), 0);
    transport.handshakeMessage(new byte[] {22, 1});
    transport.end(PeerEnd.HANDSHAKE_TIMEOUT, "late");

    transport.pathFound();
    transport.keysAgreed(FakeDtls.keys(DtlsRole.CLIENT));
    transport.handshakeMessage(new byte[] {22, 2});
    deliver(rtp(2), 0);
    transport.sendRtp(rtp(3), 0, 12);

    assertThat(told.events).containsExactly("HANDSHAKE_TIMEOUT: late");
    assertThat(dtls.role()).isEmpty();
    assertThat(ice.sent()).isEmpty();
    assertThat(srtp.created()).isEmpty();
  }

  private void connectAs(DtlsRole role) {
    transport.connect(REMOTE, List.of(CANDIDATE), role, FakeDtls.FINGERPRINT);
  }

  private void deliver(byte[] datagram, long arrival) {
    transport.datagram(datagram, 0, datagram.length, arrival);
  }

  private static byte[] rtp(int number) {
    return new byte[] {(byte) 128, 126, (byte) number, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  }

  private static byte[] rtcp(int number) {
    return new byte[] {(byte) 128, (byte) 200, (byte) number, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  }

  /** Writes down what comes out. */
  private static final class Told implements SecureTransport.Receiver {
    final List<String> events = new ArrayList<>();

    @Override
    public void connected() {
      events.add("connected");
    }

    @Override
    public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
      events.add("rtp " + buffer[offset + 2] + " at " + arrivalNanos);
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
      events.add("rtcp " + buffer[offset + 2] + " at " + arrivalNanos);
    }

    @Override
    public void ended(PeerEnd end, String why) {
      events.add(end + ": " + why);
    }
  }
}
