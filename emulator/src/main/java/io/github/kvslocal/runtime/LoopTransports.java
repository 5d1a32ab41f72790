package io.github.kvslocal.runtime;

import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.peer.SrtpKeys;
import java.util.function.Function;

/**
 * The ICE agent and the DTLS endpoint of one peer, with everything that they report on their own
 * threads brought to the peer's loop.
 */
public final class LoopTransports {
  /** Who is told, on the loop. */
  public interface Host extends DatagramReader {
    /** ICE has selected a pair; both addresses for a person to read. */
    void pathFound(String localAddress, String remoteAddress);

    /** DTLS wants this sent, and ICE has not found a path yet. */
    void handshakeMessage(byte[] datagram);

    void keysAgreed(SrtpKeys keys);

    /** Nothing will work any more. */
    void broken(PeerEnd end, String why);
  }

  /** A handshake without a path ends by its time limit, too, and the cause is ICE's. */
  private static final String NO_PATH = "; ICE has selected no pair of addresses so far";

  private final SessionLoop loop;
  private final Host host;
  private final DatagramInbox inbox;
  private final IceTransport ice;
  private final DtlsEndpoint dtls;

  /** Set by the agent's thread, read by the handshake's: a goodbye may not wait for the loop. */
  private volatile boolean pathFound;

  /** Opens both; the host is not told anything before this returns. */
  public LoopTransports(
      SessionLoop loop,
      IceTransport.Factory iceFactory,
      IceTransport.IceRole role,
      DtlsEndpoint.Factory dtlsFactory,
      Host host) {
    this(loop, listener -> iceFactory.open(role, listener), dtlsFactory, host);
  }

  /** The same with an agent that is opened in a way of its own. */
  LoopTransports(
      SessionLoop loop,
      Function<IceTransport.Listener, IceTransport> agent,
      DtlsEndpoint.Factory dtlsFactory,
      Host host) {
    this.loop = loop;
    this.host = host;
    this.inbox = new DatagramInbox(loop, host);
    this.ice = agent.apply(new IceEvents());
    this.dtls = dtlsFactory.create(new DtlsEvents());
  }

  public IceTransport ice() {
    return ice;
  }

  public DtlsEndpoint dtls() {
    return dtls;
  }

  /** Datagrams that were too long or too many to be looked at. */
  long dropped() {
    return inbox.dropped();
  }

  /** On the ICE agent's threads. */
  private final class IceEvents implements IceTransport.Listener {
    @Override
    public void connected(String localAddress, String remoteAddress) {
      pathFound = true;
      loop.execute(() -> host.pathFound(localAddress, remoteAddress));
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length) {
      inbox.put(buffer, offset, length);
    }

    @Override
    public void failed(String why) {
      loop.execute(() -> host.broken(PeerEnd.ICE_FAILED, why));
    }
  }

  /** On the handshake's threads. */
  private final class DtlsEvents implements DtlsEndpoint.Listener {
    @Override
    public void send(byte[] datagram) {
      if (pathFound) {
        ice.send(datagram, 0, datagram.length);
      } else {
        loop.execute(() -> host.handshakeMessage(datagram));
      }
    }

    @Override
    public void established(SrtpKeys keys) {
      loop.execute(() -> host.keysAgreed(keys));
    }

    @Override
    public void failed(String why) {
      String told = pathFound ? why : why + NO_PATH;
      loop.execute(() -> host.broken(PeerEnd.DTLS_FAILED, told));
    }

    @Override
    public void closed() {
      loop.execute(
          () -> host.broken(PeerEnd.REMOTE_CLOSED, "the other side closed the connection"));
    }
  }
}
