package io.github.kvslocal.peer;

import java.util.ArrayDeque;
import java.util.Deque;

class InMemoryIceTest extends IceTransportContract {
  private final Deque<Runnable> events = new ArrayDeque<>();
  private final InMemoryIce network = new InMemoryIce(events::add);

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
    while (!events.isEmpty()) {
      events.remove().run();
    }
  }
}
