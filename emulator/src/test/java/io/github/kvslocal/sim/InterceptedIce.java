package io.github.kvslocal.sim;

import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.Arrays;
import java.util.List;

/** Agents of one participant whose datagrams pass through the hands of a test. */
record InterceptedIce(IceTransport.Factory network, Hands sent, Hands heard)
    implements IceTransport.Factory {
  /** What happens to a datagram. */
  interface Hands {
    /** Lets everything pass. */
    Hands NONE = (datagram, pass) -> pass.run();

    /** Runs {@code pass}, now, later or never. */
    void take(byte[] datagram, Runnable pass);
  }

  @Override
  public IceTransport open(IceTransport.IceRole role, IceTransport.Listener listener) {
    return new Agent(network.open(role, new Ears(listener)));
  }

  @Override
  public IceTransport reopen(
      IceTransport.IceRole role, IceCredentials credentials, IceTransport.Listener listener) {
    return new Agent(network.reopen(role, credentials, new Ears(listener)));
  }

  private final class Ears implements IceTransport.Listener {
    private final IceTransport.Listener listener;

    private Ears(IceTransport.Listener listener) {
      this.listener = listener;
    }

    @Override
    public void connected(String localAddress, String remoteAddress) {
      listener.connected(localAddress, remoteAddress);
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length) {
      byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
      heard.take(datagram, () -> listener.datagram(datagram, 0, length));
    }

    @Override
    public void failed(String why) {
      listener.failed(why);
    }
  }

  private final class Agent implements IceTransport {
    private final IceTransport agent;

    private Agent(IceTransport agent) {
      this.agent = agent;
    }

    @Override
    public IceCredentials localCredentials() {
      return agent.localCredentials();
    }

    @Override
    public List<IceCandidate> localCandidates() {
      return agent.localCandidates();
    }

    @Override
    public void connect(IceCredentials remote, List<IceCandidate> remoteCandidates) {
      agent.connect(remote, remoteCandidates);
    }

    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
      agent.addRemoteCandidate(candidate);
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
      sent.take(datagram, () -> agent.send(datagram, 0, length));
    }

    @Override
    public void close() {
      agent.close();
    }
  }
}
