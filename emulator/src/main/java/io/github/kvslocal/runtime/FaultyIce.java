package io.github.kvslocal.runtime;

import io.github.kvslocal.fault.Link;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Agents whose network does to media what a model says, on top of what the real one does.
 *
 * <p>Connectivity and consent checks pass as they are: the agents keep them to themselves, and a
 * peer that cannot be reached is another fault than one that is hard to reach. Handshakes take the
 * delay and nothing else, since they repeat what is lost after a second only.
 */
public final class FaultyIce implements IceTransport.Factory {
  private final IceTransport.Factory network;
  private final SessionLoop loop;
  private final List<Agent> agents = new CopyOnWriteArrayList<>();

  // Both by one caller at a time.
  private NetworkModel model;
  private Random seeds;

  /**
   * Agents of this network, made worse.
   *
   * @param loop where datagrams wait, in its media time
   */
  public FaultyIce(IceTransport.Factory network, NetworkModel model, SessionLoop loop) {
    this.network = network;
    this.model = model;
    this.loop = loop;
    this.seeds = new Random(model.seed());
  }

  /** From now on the network is another, also for the agents that are open. */
  void change(NetworkModel other) {
    if (!other.equals(model)) {
      model = other;
      seeds = new Random(other.seed());
      agents.forEach(Agent::change);
    }
  }

  /** No link at all where nothing happens to anything. */
  private @Nullable Link link(LinkModel way) {
    Random dice = new Random(seeds.nextLong());
    return way.equals(LinkModel.PERFECT) ? null : new Link(way, dice);
  }

  private IceTransport added(Agent agent) {
    agent.change();
    agents.add(agent);
    return agent;
  }

  @Override
  public IceTransport open(IceTransport.IceRole role, IceTransport.Listener listener) {
    Ears ears = new Ears(listener);
    return added(new Agent(network.open(role, ears), ears));
  }

  @Override
  public IceTransport reopen(
      IceTransport.IceRole role, IceCredentials credentials, IceTransport.Listener listener) {
    Ears ears = new Ears(listener);
    return added(new Agent(network.reopen(role, credentials, ears), ears));
  }

  private final class Ears implements IceTransport.Listener {
    private final IceTransport.Listener listener;
    private final FaultyWay incoming;
    private volatile boolean connected;

    private Ears(IceTransport.Listener listener) {
      this.listener = listener;
      this.incoming = new FaultyWay(loop, listener::datagram);
    }

    @Override
    public void connected(String localAddress, String remoteAddress) {
      connected = true;
      listener.connected(localAddress, remoteAddress);
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length) {
      incoming.carry(buffer, offset, length);
    }

    @Override
    public void failed(String why) {
      listener.failed(why);
    }
  }

  private final class Agent implements IceTransport {
    private final IceTransport agent;
    private final Ears ears;
    private final FaultyWay outgoing;

    private Agent(IceTransport agent, Ears ears) {
      this.agent = agent;
      this.ears = ears;
      this.outgoing = new FaultyWay(loop, agent::send);
    }

    void change() {
      ears.incoming.over(link(model.incoming()));
      outgoing.over(link(model.outgoing()));
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
      // What is sent too early is not to be in time by being late.
      if (ears.connected) {
        outgoing.carry(buffer, offset, length);
      }
    }

    /** What is under way to the other side, such as a goodbye, is there before its time. */
    @Override
    public void close() {
      agents.remove(this);
      ears.incoming.close();
      outgoing.deliverAll();
      outgoing.close();
      agent.close();
    }
  }
}
