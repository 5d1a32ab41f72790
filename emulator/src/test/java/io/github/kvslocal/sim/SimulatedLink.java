package io.github.kvslocal.sim;

import io.github.kvslocal.peer.InMemoryIce;
import io.github.kvslocal.runtime.ManualLoop;
import java.time.Duration;
import java.util.Random;

/**
 * What happens between two agents in memory.
 *
 * @param loss of media, either way, as a fraction
 * @param delay of everything, each way
 * @param jitter added to the delay at random, so that datagrams overtake each other
 * @param seed decides what is lost and what is late
 */
record SimulatedLink(double loss, Duration delay, Duration jitter, long seed) {
  static final SimulatedLink PERFECT = new SimulatedLink(0, Duration.ZERO, Duration.ZERO, 0);

  InMemoryIce over(ManualLoop loop) {
    Random dice = new Random(seed);
    InMemoryIce network =
        new InMemoryIce(
            event ->
                loop.scheduleAfter(
                    delay.plusNanos((long) (dice.nextDouble() * jitter.toNanos())), event));
    network.filter(datagram -> SimulatedDtls.isMessage(datagram) || dice.nextDouble() >= loss);
    return network;
  }
}
