package io.github.kvslocal.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.transports.NioTransport;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Java's own sockets, where each accepted connection starts with a look at its first byte.
 *
 * <p>The look happens before Vert.x sees the connection: behind it, a server without TLS finds
 * plain HTTP in every case, and asks the pipeline whether it came through TLS.
 */
final class PeekingTransport extends NioTransport {
  private final NamedContexts contexts;
  private final Set<Integer> portsForTlsAlone = ConcurrentHashMap.newKeySet();

  PeekingTransport(NamedContexts contexts) {
    this.contexts = contexts;
  }

  void refusePlaintextAt(int port) {
    portsForTlsAlone.add(port);
  }

  /** A file's bytes have to pass through TLS, so they are never handed to the kernel. */
  @Override
  public boolean supportFileRegion() {
    return false;
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return domainSocket ? super.serverChannelFactory(true) : PeekingServerChannel::new;
  }

  private final class PeekingServerChannel extends NioServerSocketChannel {
    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int before = accepted.size();
      int count = super.doReadMessages(accepted);
      InetSocketAddress address = localAddress();
      boolean plaintext = address == null || !portsForTlsAlone.contains(address.getPort());
      for (Object connection : accepted.subList(before, accepted.size())) {
        ((Channel) connection)
            .pipeline()
            .addLast(FirstByte.NAME, new FirstByte(contexts, plaintext));
      }
      return count;
    }
  }
}
