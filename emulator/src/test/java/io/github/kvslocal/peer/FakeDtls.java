package io.github.kvslocal.peer;

import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.sdp.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A {@link DtlsEndpoint} that hands out fixed keys, the same for every association, when the test
 * says so. Single-threaded; listeners are called at once.
 */
public final class FakeDtls implements DtlsEndpoint.Factory {
  /** What every endpoint shows. */
  public static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "AB" + ":CD".repeat(31));

  private final List<Endpoint> created = new ArrayList<>();

  @Override
  public Fingerprint localFingerprint() {
    return FINGERPRINT;
  }

  @Override
  public Endpoint create(DtlsEndpoint.Listener listener) {
    Endpoint endpoint = new Endpoint(listener);
    created.add(endpoint);
    return endpoint;
  }

  /** All that were created, oldest first, closed ones too. */
  public List<Endpoint> created() {
    return List.copyOf(created);
  }

  /** The newest. */
  public Endpoint last() {
    return created.get(created.size() - 1);
  }

  /** The keys of either side: a client's key is all ones, a server's all twos. */
  public static SrtpKeys keys(DtlsRole role) {
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    byte local = (byte) (role == DtlsRole.CLIENT ? 1 : 2);
    byte remote = (byte) (3 - local);
    return new SrtpKeys(
        profile,
        filled(profile.keyLength(), local),
        filled(profile.saltLength(), local),
        filled(profile.keyLength(), remote),
        filled(profile.saltLength(), remote));
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, value);
    return bytes;
  }

  /** One association. */
  public static final class Endpoint implements DtlsEndpoint {
    private final Listener listener;
    private final List<byte[]> received = new ArrayList<>();
    private Optional<DtlsRole> role = Optional.empty();
    private Optional<Fingerprint> remote = Optional.empty();
    private boolean closed;

    private Endpoint(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void start(DtlsRole as, Fingerprint expected) {
      role = Optional.of(as);
      remote = Optional.of(expected);
    }

    @Override
    public void receive(byte[] buffer, int offset, int length) {
      received.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {
      closed = true;
    }

    /** As started; empty before. */
    public Optional<DtlsRole> role() {
      return role;
    }

    /** The fingerprint that it was started with; empty before. */
    public Optional<Fingerprint> remote() {
      return remote;
    }

    /** Copies of all datagrams that arrived. */
    public List<byte[]> received() {
      return List.copyOf(received);
    }

    public boolean closed() {
      return closed;
    }

    /** Completes the handshake, with {@link FakeDtls#keys}. */
    public void establish() {
      if (!closed) {
        listener.established(keys(role.orElseThrow()));
      }
    }

    /** Lets the endpoint send something. */
    public void send(byte[] datagram) {
      if (!closed) {
        listener.send(datagram);
      }
    }

    public void fail(String why) {
      if (!closed) {
        listener.failed(why);
      }
    }

    /** Lets the other side say close_notify. */
    public void goodbye() {
      if (!closed) {
        listener.closed();
      }
    }
  }
}
