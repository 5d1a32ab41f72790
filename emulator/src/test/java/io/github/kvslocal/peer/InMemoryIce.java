package io.github.kvslocal.peer;

import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A network in memory: two agents that were given each other's credentials are connected, and what
 * one sends the other receives. Every event is handed to an executor, such as a test's loop, and
 * runs when that runs it. Single-threaded.
 */
public final class InMemoryIce implements IceTransport.Factory {
  /** Where what one agent sends goes through on its way. */
  public interface Carrier {
    /**
     * Takes a datagram.
     *
     * @param arrival to be run when the datagram arrives, if it does
     */
    void carry(byte[] datagram, Runnable arrival);
  }

  private final Executor later;
  private final Supplier<Carrier> carriers;
  private final Map<String, Agent> byUfrag = new HashMap<>();
  private Predicate<byte[]> passes = datagram -> true;
  private int opened;

  /** A network on which everything arrives when the executor runs it. */
  public InMemoryIce(Executor later) {
    this(later, () -> (datagram, arrival) -> later.execute(arrival));
  }

  /** A network on which what an agent sends goes by a carrier of its own. */
  public InMemoryIce(Executor later, Supplier<Carrier> carriers) {
    this.later = later;
    this.carriers = carriers;
  }

  /** Loses the datagrams that do not pass. */
  public void filter(Predicate<byte[]> passing) {
    passes = passing;
  }

  /** Lets consent be lost everywhere. */
  public void cut() {
    passes = datagram -> false;
    List.copyOf(byUfrag.values()).forEach(agent -> agent.post(() -> agent.fail("cut")));
  }

  @Override
  public IceTransport open(IceTransport.IceRole role, IceTransport.Listener listener) {
    opened++;
    return register(
        new IceCredentials("memory" + opened, "passwordOf22Characters" + opened), listener);
  }

  @Override
  public IceTransport reopen(
      IceTransport.IceRole role, IceCredentials credentials, IceTransport.Listener listener) {
    opened++;
    return register(credentials, listener);
  }

  private IceTransport register(IceCredentials credentials, IceTransport.Listener listener) {
    Agent agent = new Agent(credentials, "192.0.2." + opened, listener);
    byUfrag.put(credentials.ufrag(), agent);
    return agent;
  }

  private final class Agent implements IceTransport {
    private final Listener listener;
    private final IceCredentials local;
    private final String address;
    private final Carrier carrier = carriers.get();
    private Optional<IceCredentials> remote = Optional.empty();
    private boolean connected;
    private boolean ended;

    private Agent(IceCredentials local, String address, Listener listener) {
      this.local = local;
      this.address = address;
      this.listener = listener;
    }

    @Override
    public IceCredentials localCredentials() {
      return local;
    }

    @Override
    public List<IceCandidate> localCandidates() {
      return List.of(new IceCandidate("1", 1, "udp", 2_130_706_431, address, 4580, "host"));
    }

    @Override
    public void connect(IceCredentials credentials, List<IceCandidate> candidates) {
      remote = Optional.of(credentials);
      peer().filter(other -> other.peer().filter(this::equals).isPresent()).ifPresent(this::meet);
    }

    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
      // everybody reaches everybody
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      if (connected && !ended) {
        byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
        peer()
            .filter(other -> passes.test(datagram))
            .ifPresent(other -> carrier.carry(datagram, () -> other.hear(datagram)));
      }
    }

    @Override
    public void close() {
      ended = true;
      byUfrag.remove(local.ufrag(), this);
    }

    /** The agent whose credentials we were given, if they are right and it is still there. */
    private Optional<Agent> peer() {
      return remote
          .map(credentials -> byUfrag.get(credentials.ufrag()))
          .filter(other -> other.local.equals(remote.orElseThrow()));
    }

    private void meet(Agent other) {
      for (Agent agent : List.of(this, other)) {
        String remoteAddress = agent == this ? other.address : address;
        agent.post(
            () -> {
              agent.connected = true;
              agent.listener.connected(agent.address + ":4580", remoteAddress + ":4580");
            });
      }
    }

    private void fail(String why) {
      ended = true;
      listener.failed(why);
    }

    private void hear(byte[] datagram) {
      if (!ended) {
        listener.datagram(datagram, 0, datagram.length);
      }
    }

    private void post(Runnable event) {
      later.execute(
          () -> {
            if (!ended) {
              event.run();
            }
          });
    }
  }
}
