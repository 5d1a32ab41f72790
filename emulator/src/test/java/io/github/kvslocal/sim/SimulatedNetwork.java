package io.github.kvslocal.sim;

import io.github.kvslocal.fault.Link;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.InMemoryIce;
import io.github.kvslocal.runtime.FaultyIce;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.sdp.IceCredentials;
import java.time.Duration;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A network in memory and in virtual time, on which media fares as a model has it; handshakes and
 * connecting take the delay and are never lost.
 */
final class SimulatedNetwork implements IceTransport.Factory {
  private final ManualLoop loop;
  private final LinkModel eachWay;
  private final Random seeds;
  private final InMemoryIce wires;

  /**
   * @param eachWay what happens to what any agent sends
   * @param seed decides what is lost and what is late
   */
  SimulatedNetwork(ManualLoop loop, LinkModel eachWay, long seed) {
    this.loop = loop;
    this.eachWay = eachWay;
    this.seeds = new Random(seed);
    this.wires =
        new InMemoryIce(event -> loop.scheduleAfter(eachWay.delay(), event), this::carrier);
  }

  private InMemoryIce.Carrier carrier() {
    Link link = new Link(eachWay, new Random(seeds.nextLong()));
    return (datagram, arrival) -> {
      long now = loop.nanoTime();
      long[] arrivals =
          SimulatedDtls.isMessage(datagram)
              ? new long[] {link.sendSafely(now)}
              : link.send(datagram.length, now);
      for (long at : arrivals) {
        var unused = loop.scheduleAfter(Duration.ofNanos(at - now), arrival);
      }
    };
  }

  /** Agents of somebody whose way to everybody else is worse. */
  IceTransport.Factory behind(NetworkModel way) {
    return new FaultyIce(this, way, loop);
  }

  /** Loses the datagrams that do not pass. */
  void filter(Predicate<byte[]> passing) {
    wires.filter(passing);
  }

  /** Lets consent be lost everywhere. */
  void cut() {
    wires.cut();
  }

  @Override
  public IceTransport open(IceTransport.IceRole role, IceTransport.Listener listener) {
    return wires.open(role, listener);
  }

  @Override
  public IceTransport reopen(
      IceTransport.IceRole role, IceCredentials credentials, IceTransport.Listener listener) {
    return wires.reopen(role, credentials, listener);
  }
}
