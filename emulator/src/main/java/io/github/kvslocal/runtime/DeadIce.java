package io.github.kvslocal.runtime;

import io.github.kvslocal.fault.PeerFate;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.time.Duration;
import java.util.List;

/**
 * Agents that are dead from the beginning, or die a while after they have found a path: they say
 * nothing, answer no check and hear nothing. Their owner is told of the latter as of consent that
 * is lost.
 */
final class DeadIce implements IceTransport.Factory {
  /** RFC 7675 section 5.1: consent expires after 30 seconds. */
  private static final Duration CONSENT = Duration.ofSeconds(30);

  private final IceTransport.Factory network;
  private final PeerFate fate;
  private final SessionLoop loop;

  DeadIce(IceTransport.Factory network, PeerFate fate, SessionLoop loop) {
    this.network = network;
    this.fate = fate;
    this.loop = loop;
  }

  @Override
  public IceTransport open(IceTransport.IceRole role, IceTransport.Listener listener) {
    Ears ears = new Ears(listener);
    return new Agent(network.open(role, ears), ears);
  }

  @Override
  public IceTransport reopen(
      IceTransport.IceRole role, IceCredentials credentials, IceTransport.Listener listener) {
    Ears ears = new Ears(listener);
    return new Agent(network.reopen(role, credentials, ears), ears);
  }

  /** Tells of a path, and that it is time to die. */
  private final class Ears implements IceTransport.Listener {
    private final IceTransport.Listener listener;
    private SessionLoop.Alarm alarm = () -> {};
    private Runnable onDeath = () -> {};
    private boolean connected;
    private boolean dead;

    private Ears(IceTransport.Listener listener) {
      this.listener = listener;
    }

    @Override
    public void connected(String localAddress, String remoteAddress) {
      listener.connected(localAddress, remoteAddress);
      synchronized (this) {
        if (!connected && !dead && !fate.silentAfter().equals(PeerFate.NEVER)) {
          connected = true;
          alarm = loop.scheduleAfter(fate.silentAfter(), this::die);
        }
      }
    }

    private void die() {
      Runnable last;
      synchronized (this) {
        if (dead) {
          return;
        }
        dead = true;
        last = onDeath;
        alarm =
            loop.scheduleAfter(
                CONSENT, () -> listener.failed("consent was lost: a fault keeps the agent silent"));
      }
      last.run();
    }

    private synchronized void onDeath(Runnable task) {
      onDeath = task;
    }

    /** The owner ends it. */
    private synchronized void end() {
      dead = true;
      alarm.cancel();
    }

    private synchronized boolean isDead() {
      return dead;
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length) {
      if (!isDead()) {
        listener.datagram(buffer, offset, length);
      }
    }

    @Override
    public void failed(String why) {
      if (!isDead()) {
        listener.failed(why);
      }
    }
  }

  private final class Agent implements IceTransport {
    private final IceTransport agent;
    private final Ears ears;

    private Agent(IceTransport agent, Ears ears) {
      this.agent = agent;
      this.ears = ears;
      ears.onDeath(agent::close);
    }

    @Override
    public IceCredentials localCredentials() {
      return agent.localCredentials();
    }

    @Override
    public List<IceCandidate> localCandidates() {
      return agent.localCandidates();
    }

    /** An agent that is never told to begin answers nobody. */
    @Override
    public void connect(IceCredentials remote, List<IceCandidate> remoteCandidates) {
      if (!fate.ignoresChecks()) {
        agent.connect(remote, remoteCandidates);
      }
    }

    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
      if (!fate.ignoresChecks()) {
        agent.addRemoteCandidate(candidate);
      }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      if (!ears.isDead()) {
        agent.send(buffer, offset, length);
      }
    }

    @Override
    public void close() {
      boolean alive = !ears.isDead();
      ears.end();
      if (alive) {
        agent.close();
      }
    }
  }
}
