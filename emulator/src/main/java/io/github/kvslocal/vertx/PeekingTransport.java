package io.github.kvslocal.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.vertx.core.impl.transports.NioTransport;
import java.util.List;

/**
 * Java's own sockets, where each accepted connection starts with a look at its first byte.
 *
 * <p>The look happens before Vert.x sees the connection: behind it, a server without TLS finds
 * plain HTTP in every case, and asks the pipeline whether it came through TLS.
 */
final class PeekingTransport extends NioTransport {
  private final NamedContexts contexts;
  private volatile boolean plaintext = true;

  PeekingTransport(NamedContexts contexts) {
    this.contexts = contexts;
  }

  /** Whether ports that are opened from now on take HTTP without TLS; those open stay as is. */
  void takePlaintext(boolean taken) {
    plaintext = taken;
  }

  /** A file's bytes have to pass through TLS, so they are never handed to the kernel. */
  @Override
  public boolean supportFileRegion() {
    return false;
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return domainSocket
        ? super.serverChannelFactory(true)
        : () -> new PeekingServerChannel(plaintext);
  }

  private final class PeekingServerChannel extends NioServerSocketChannel {
    private final boolean plaintextHere;

    PeekingServerChannel(boolean plaintextHere) {
      this.plaintextHere = plaintextHere;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int before = accepted.size();
      int count = super.doReadMessages(accepted);
      for (Object connection : accepted.subList(before, accepted.size())) {
        ((Channel) connection)
            .pipeline()
            .addLast(FirstByte.NAME, new FirstByte(contexts, plaintextHere));
      }
      return count;
    }
  }
}
