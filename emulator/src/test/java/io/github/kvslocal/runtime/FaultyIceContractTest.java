package io.github.kvslocal.runtime;

import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.IceTransportContract;
import io.github.kvslocal.peer.InMemoryIce;
import java.time.Duration;
import java.time.Instant;

/** Agents with a delay are agents all the same. */
class FaultyIceContractTest extends IceTransportContract {
  private final ManualLoop loop = new ManualLoop(Instant.EPOCH);
  private final FaultyIce network =
      new FaultyIce(
          new InMemoryIce(loop::execute),
          NetworkModel.symmetric(LinkModel.PERFECT.withDelay(Duration.ofMillis(25)), 1),
          loop);

  @Override
  protected IceTransport.Factory offerers() {
    return network;
  }

  @Override
  protected IceTransport.Factory answerers() {
    return network;
  }

  @Override
  protected void settle() {
    loop.advance(Duration.ofMillis(50));
  }
}
