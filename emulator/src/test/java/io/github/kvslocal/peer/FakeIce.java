package io.github.kvslocal.peer;

import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An {@link IceTransport} whose network is the test: it records what it is told and reports what
 * the test says. Single-threaded; listeners are called at once.
 */
public final class FakeIce implements IceTransport.Factory {
  private final List<Transport> opened = new ArrayList<>();

  @Override
  public Transport open(IceTransport.IceRole role, IceTransport.Listener listener) {
    int number = opened.size() + 1;
    return register(
        new IceCredentials("ufrag" + number, "passwordOf22Characters" + number), role, listener);
  }

  @Override
  public Transport reopen(
      IceTransport.IceRole role, IceCredentials credentials, IceTransport.Listener listener) {
    return register(credentials, role, listener);
  }

  private Transport register(
      IceCredentials local, IceTransport.IceRole role, IceTransport.Listener listener) {
    Transport transport = new Transport(opened.size() + 1, local, role, listener);
    opened.add(transport);
    return transport;
  }

  /** All that were opened, oldest first, closed ones too. */
  public List<Transport> opened() {
    return List.copyOf(opened);
  }

  /** The newest. */
  public Transport last() {
    return opened.get(opened.size() - 1);
  }

  /** One agent. */
  public static final class Transport implements IceTransport {
    private final IceRole role;
    private final Listener listener;
    private final IceCredentials local;
    private final IceCandidate candidate;
    private final List<byte[]> sent = new ArrayList<>();
    private final List<IceCandidate> remoteCandidates = new ArrayList<>();
    private Optional<IceCredentials> remote = Optional.empty();
    private boolean closed;

    private Transport(int number, IceCredentials local, IceRole role, Listener listener) {
      this.local = local;
      this.role = role;
      this.listener = listener;
      candidate = new IceCandidate("1", 1, "udp", 2_130_706_431, "192.0.2." + number, 4580, "host");
    }

    public IceRole role() {
      return role;
    }

    @Override
    public IceCredentials localCredentials() {
      return local;
    }

    @Override
    public List<IceCandidate> localCandidates() {
      return List.of(candidate);
    }

    @Override
    public void connect(IceCredentials credentials, List<IceCandidate> candidates) {
      remote = Optional.of(credentials);
      remoteCandidates.addAll(candidates);
    }

    @Override
    public void addRemoteCandidate(IceCandidate added) {
      remoteCandidates.add(added);
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
      sent.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
      closed = true;
    }

    /** What {@link #connect} was called with; empty before. */
    public Optional<IceCredentials> remote() {
      return remote;
    }

    public List<IceCandidate> remoteCandidates() {
      return List.copyOf(remoteCandidates);
    }

    /** Copies of all datagrams that were sent. */
    public List<byte[]> sent() {
      return List.copyOf(sent);
    }

    /** Forgets what was sent. */
    public void forgetSent() {
      sent.clear();
    }

    public boolean closed() {
      return closed;
    }

    /** Lets a pair be selected. */
    public void select() {
      if (!closed) {
        listener.connected("192.0.2.1:4580", "198.51.100.7:50000");
      }
    }

    /** Lets a datagram arrive, in the middle of a larger buffer as in life. */
    public void deliver(byte[] datagram) {
      if (!closed) {
        byte[] buffer = new byte[datagram.length + 40];
        System.arraycopy(datagram, 0, buffer, 4, datagram.length);
        listener.datagram(buffer, 4, datagram.length);
      }
    }

    /** Lets consent be lost. */
    public void fail(String why) {
      if (!closed) {
        listener.failed(why);
      }
    }
  }
}
