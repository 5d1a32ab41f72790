package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.peer.IceTransport.IceRole;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handshake messages that are there before the answer of whoever sends them. */
class EarlyHandshakeTest {
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");
  private static final byte[] GREETING = {22, 1};
  private static final byte[] ANOTHER = {22, 2};

  private final FakeDtls.Endpoint dtls = new FakeDtls().create(new Unheard());
  private final SecureTransport transport =
      new SecureTransport(
          new FakeIce().open(IceRole.CONTROLLING, new Unheard()),
          dtls,
          new NullSrtp(),
          new Silent());

  @Test
  void greetingBeforeTheAnswerWaitsForIt() {
    deliver(GREETING);

    connect();
    deliver(ANOTHER);

    assertThat(dtls.received()).containsExactly(GREETING, ANOTHER);
  }

  @Test
  void greetingOfWhoHasNotAnsweredIsNotTakenForThatOfWhoDoes() {
    deliver(GREETING);

    transport.forgetEarly();
    deliver(ANOTHER);
    connect();

    assertThat(dtls.received()).containsExactly(ANOTHER);
  }

  @Test
  void nothingOfWhoHasAnsweredIsForgotten() {
    deliver(GREETING);
    connect();

    transport.forgetEarly();

    assertThat(dtls.received()).containsExactly(GREETING);
  }

  @Test
  void greetingsBeforeTheAnswerAreBounded() {
    for (int i = 0; i < 40; i++) {
      deliver(new byte[] {22, (byte) i});
    }

    connect();

    assertThat(dtls.received()).hasSize(32);
    assertThat(transport.dropped()).isEqualTo(8);
  }

  private void connect() {
    transport.connect(REMOTE, List.of(), DtlsRole.SERVER, FakeDtls.FINGERPRINT);
  }

  private void deliver(byte[] datagram) {
    transport.datagram(datagram.clone(), 0, datagram.length, 0);
  }

  /** Nothing comes out of an unfinished handshake. */
  private static final class Silent implements SecureTransport.Receiver {
    @Override
    public void connected() {}

    @Override
    public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {}

    @Override
    public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {}

    @Override
    public void ended(PeerEnd end, String why) {}
  }
}
