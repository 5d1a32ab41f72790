package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.InMemoryIce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyIceTest {
  private static final LinkModel LATE = LinkModel.PERFECT.withDelay(Duration.ofMillis(25));

  private final ManualLoop loop = new ManualLoop(Instant.EPOCH);
  private final InMemoryIce wires = new InMemoryIce(loop::execute);

  @Test
  void eachDirectionHasALinkOfItsOwn() {
    Side near = new Side(faulty(new NetworkModel(LATE, LATE.withDelay(Duration.ofMillis(40)), 1)));
    Side far = connected(near);

    near.send(rtp(1));
    far.send(rtp(2));
    pass(24);
    assertThat(near.heard).isEmpty();
    pass(1);
    assertThat(near.heard).containsExactly("80 00 02");
    pass(14);
    assertThat(far.heard).isEmpty();
    pass(1);

    assertThat(far.heard).containsExactly("80 00 01");
  }

  @Test
  void bytesAreThoseOfTheTimeOfSending() {
    Side near = new Side(faulty(NetworkModel.symmetric(LATE, 1)));
    Side far = connected(near);
    byte[] reused = rtp(1);

    near.send(reused);
    reused[2] = 9;
    pass(25);

    assertThat(far.heard).containsExactly("80 00 01");
  }

  @Test
  void whatOvertakesArrivesFirst() {
    Side near = new Side(faulty(NetworkModel.symmetric(LATE.withReordering(0.1), 1)));
    Side far = connected(near);

    for (int i = 0; i < 100; i++) {
      near.send(rtp(i));
      pass(1);
    }
    pass(25);

    assertThat(far.heard).hasSize(100).doesNotHaveDuplicates();
    assertThat(far.heard).isNotEqualTo(far.heard.stream().sorted().toList());
  }

  @Test
  void whatIsSentTwiceIsHeardTwice() {
    Side near = new Side(faulty(NetworkModel.symmetric(LATE.withDuplication(1), 1)));
    Side far = connected(near);

    near.send(rtp(1));
    pass(25);

    assertThat(far.heard).containsExactly("80 00 01", "80 00 01");
  }

  @Test
  void handshakesAreDelayedAndNeverLost() {
    Side near = new Side(faulty(NetworkModel.symmetric(LATE.withLoss(1), 1)));
    Side far = connected(near);

    near.send(new byte[] {22, 1});
    near.send(rtp(1));
    pass(24);
    assertThat(far.heard).isEmpty();
    pass(1_000);

    assertThat(far.heard).containsExactly("16 01");
  }

  @Test
  void agentsConnectHoweverBadTheNetworkIs() {
    Side near = new Side(faulty(NetworkModel.symmetric(LATE.withLoss(1), 1)));

    Side far = connected(near);

    assertThat(near.connected).isTrue();
    assertThat(far.connected).isTrue();
  }

  @Test
  void goodbyeArrivesAlthoughItsAgentIsClosed() {
    Side near = new Side(faulty(NetworkModel.symmetric(LATE, 1)));
    Side far = connected(near);

    near.send(rtp(1));
    near.send(new byte[] {21, 0});
    near.agent.close();
    pass(0);

    assertThat(far.heard).containsExactly("80 00 01", "15 00");
    assertThat(loop.alarms()).isZero();
  }

  @Test
  void closedAgentHearsNothingOfWhatWasUnderWay() {
    Side near = new Side(faulty(NetworkModel.symmetric(LATE, 1)));
    Side far = connected(near);

    far.send(rtp(1));
    pass(10);
    near.agent.close();
    pass(1_000);

    assertThat(near.heard).isEmpty();
    assertThat(loop.alarms()).isZero();
  }

  @Test
  void whatIsUnderWayIsBounded() {
    Side near = new Side(faulty(NetworkModel.symmetric(LATE, 1)));
    Side far = connected(near);

    for (int i = 0; i < FaultyWay.MOST_UNDER_WAY + 100; i++) {
      near.send(rtp(i));
    }
    pass(25);

    assertThat(far.heard).hasSize(FaultyWay.MOST_UNDER_WAY);
  }

  @Test
  void oneAlarmRingsForAllThatIsUnderWay() {
    Side near = new Side(faulty(NetworkModel.symmetric(LATE, 1)));
    connected(near);

    for (int i = 0; i < 100; i++) {
      near.send(rtp(i));
      pass(0);
    }

    assertThat(loop.alarms()).isEqualTo(1);
  }

  private FaultyIce faulty(NetworkModel model) {
    return new FaultyIce(wires, model, loop);
  }

  /** Somebody whose own network is perfect, connected to this one. */
  private Side connected(Side near) {
    Side far = new Side(wires);
    near.agent.connect(far.agent.localCredentials(), List.of());
    far.agent.connect(near.agent.localCredentials(), List.of());
    pass(0);
    return far;
  }

  private void pass(int millis) {
    loop.advance(Duration.ofMillis(millis));
  }

  private static byte[] rtp(int number) {
    return new byte[] {(byte) 0x80, 0, (byte) number};
  }

  /** An agent, and what it hears. */
  private static final class Side implements IceTransport.Listener {
    final IceTransport agent;
    final List<String> heard = new ArrayList<>();
    boolean connected;

    Side(IceTransport.Factory network) {
      agent = network.open(IceTransport.IceRole.CONTROLLING, this);
    }

    void send(byte[] datagram) {
      agent.send(datagram, 0, datagram.length);
    }

    @Override
    public void connected(String localAddress, String remoteAddress) {
      connected = true;
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length) {
      StringBuilder text = new StringBuilder();
      for (int i = offset; i < offset + length; i++) {
        text.append(i > offset ? " " : "").append("%02x".formatted(buffer[i]));
      }
      heard.add(text.toString());
    }

    @Override
    public void failed(String why) {
      throw new AssertionError(why);
    }
  }
}
