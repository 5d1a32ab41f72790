package io.github.kvslocal.peer;

import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.sdp.Fingerprint;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * ICE, DTLS and SRTP of one peer as one thing: datagrams go in, plain RTP and RTCP come out.
 *
 * <p>Nothing that comes early is lost: media that arrives before the keys waits for them, and our
 * handshake messages wait for a path. One owner; the transports' own threads do not call it.
 */
public final class SecureTransport {
  /** A key frame of a 4 Mbit/s camera is some 60 packets; the keys follow within milliseconds. */
  private static final int MAX_EARLY_PACKETS = 100;

  private static final int MAX_EARLY_FLIGHTS = 32;

  /** What comes out. */
  public interface Receiver {
    /** Media can flow both ways. */
    void connected();

    /** A plain RTP packet; the bytes are valid during the call and may be changed in it. */
    void rtp(byte[] buffer, int offset, int length, long arrivalNanos);

    /** A plain compound or reduced-size RTCP packet, likewise. */
    void rtcp(byte[] buffer, int offset, int length, long arrivalNanos);

    /** Told once: nothing will come any more. */
    void ended(PeerEnd end, String why);
  }

  /** A packet that waits for the keys. */
  private static final class Early {
    final byte[] packet;
    final DatagramKind kind;
    final long arrivalNanos;

    Early(byte[] packet, DatagramKind kind, long arrivalNanos) {
      this.packet = packet;
      this.kind = kind;
      this.arrivalNanos = arrivalNanos;
    }
  }

  private final IceTransport ice;
  private final DtlsEndpoint dtls;
  private final SrtpContext.Factory srtpFactory;
  private final Receiver receiver;
  private final Queue<Early> earlyMedia = new ArrayDeque<>();
  private final Queue<byte[]> earlyFlights = new ArrayDeque<>();
  private final Queue<byte[]> earlyGreetings = new ArrayDeque<>();

  private @Nullable Runnable handshake;
  private @Nullable SrtpContext srtp;
  private boolean described;
  private boolean pathFound;
  private boolean ended;
  private long dropped;

  public SecureTransport(
      IceTransport ice, DtlsEndpoint dtls, SrtpContext.Factory srtpFactory, Receiver receiver) {
    this.ice = ice;
    this.dtls = dtls;
    this.srtpFactory = srtpFactory;
    this.receiver = receiver;
  }

  /** Begins to connect with what the other side's description says. */
  public void connect(
      IceCredentials remote,
      List<IceCandidate> candidates,
      DtlsRole role,
      Fingerprint fingerprint) {
    described = true;
    ice.connect(remote, candidates);
    if (role == DtlsRole.SERVER) {
      // A client may speak before ICE has settled on a path.
      dtls.start(role, fingerprint);
    } else if (pathFound) {
      dtls.start(role, fingerprint);
    } else {
      handshake = () -> dtls.start(role, fingerprint);
    }
    for (byte[] each = earlyGreetings.poll(); each != null; each = earlyGreetings.poll()) {
      dtls.receive(each, 0, each.length);
    }
  }

  /**
   * Whatever has come before {@link #connect} was of somebody who is not the other side any more:
   * its handshake must not be answered with another's.
   */
  public void forgetEarly() {
    if (!described) {
      earlyGreetings.clear();
      earlyMedia.clear();
    }
  }

  public void remoteCandidate(IceCandidate candidate) {
    ice.addRemoteCandidate(candidate);
  }

  /** ICE has selected a pair. */
  public void pathFound() {
    if (ended || pathFound) {
      return;
    }
    pathFound = true;
    for (byte[] flight = earlyFlights.poll(); flight != null; flight = earlyFlights.poll()) {
      ice.send(flight, 0, flight.length);
    }
    if (handshake != null) {
      handshake.run();
      handshake = null;
    }
    tellIfConnected();
  }

  /** DTLS wants this sent. */
  public void handshakeMessage(byte[] datagram) {
    if (ended) {
      return;
    }
    if (pathFound) {
      ice.send(datagram, 0, datagram.length);
    } else if (earlyFlights.size() < MAX_EARLY_FLIGHTS) {
      // The side that waits repeats its message, so a flight dropped here is not lost for good.
      earlyFlights.add(datagram);
    }
  }

  /** The handshake is done. */
  public void keysAgreed(SrtpKeys keys) {
    if (ended) {
      return;
    }
    srtp = srtpFactory.create(keys);
    tellIfConnected();
    for (Early early = earlyMedia.poll(); early != null; early = earlyMedia.poll()) {
      media(early.packet, 0, early.packet.length, early.kind, early.arrivalNanos);
    }
  }

  /** A datagram that is not STUN arrived from the network; it may be changed in place. */
  public void datagram(byte[] buffer, int offset, int length, long arrivalNanos) {
    if (ended) {
      return;
    }
    DatagramKind kind = DatagramKind.of(buffer, offset, length);
    switch (kind) {
      case DTLS -> handshake(buffer, offset, length);
      case RTP, RTCP -> media(buffer, offset, length, kind, arrivalNanos);
      case STUN, UNKNOWN -> dropped++;
    }
  }

  private void handshake(byte[] buffer, int offset, int length) {
    if (described) {
      dtls.receive(buffer, offset, length);
    } else if (earlyGreetings.size() < MAX_EARLY_FLIGHTS) {
      earlyGreetings.add(Arrays.copyOfRange(buffer, offset, offset + length));
    } else {
      dropped++;
    }
  }

  private void media(byte[] buffer, int offset, int length, DatagramKind kind, long arrivalNanos) {
    if (srtp == null) {
      keepForLater(buffer, offset, length, kind, arrivalNanos);
      return;
    }
    int plain =
        kind == DatagramKind.RTP
            ? srtp.unprotectRtp(buffer, offset, length)
            : srtp.unprotectRtcp(buffer, offset, length);
    if (plain == SrtpContext.REJECTED) {
      dropped++;
    } else if (kind == DatagramKind.RTP) {
      receiver.rtp(buffer, offset, plain, arrivalNanos);
    } else {
      receiver.rtcp(buffer, offset, plain, arrivalNanos);
    }
  }

  private void keepForLater(
      byte[] buffer, int offset, int length, DatagramKind kind, long arrivalNanos) {
    if (earlyMedia.size() == MAX_EARLY_PACKETS) {
      dropped++;
      return;
    }
    byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
    earlyMedia.add(new Early(copy, kind, arrivalNanos));
  }

  /**
   * Protects and sends an RTP packet; {@link SrtpContext#MAX_OVERHEAD} bytes behind it must be
   * free. Dropped before {@link Receiver#connected}.
   */
  public void sendRtp(byte[] buffer, int offset, int length) {
    if (connected()) {
      send(buffer, offset, context().protectRtp(buffer, offset, length));
    }
  }

  /** Protects and sends an RTCP packet, likewise. */
  public void sendRtcp(byte[] buffer, int offset, int length) {
    if (connected()) {
      send(buffer, offset, context().protectRtcp(buffer, offset, length));
    }
  }

  private void send(byte[] buffer, int offset, int length) {
    if (length == SrtpContext.REJECTED) {
      dropped++;
    } else {
      ice.send(buffer, offset, length);
    }
  }

  /** Whether media can flow. */
  public boolean connected() {
    return pathFound && srtp != null && !ended;
  }

  /** Datagrams of no kind, forged, replayed, early beyond the bound, or refused by the ciphers. */
  public long dropped() {
    return dropped;
  }

  /** Ends it from within or without: tells the receiver once and frees everything. */
  public void end(PeerEnd end, String why) {
    if (ended) {
      return;
    }
    ended = true;
    earlyMedia.clear();
    earlyFlights.clear();
    earlyGreetings.clear();
    handshake = null;
    // Whatever fails on the way, all of it is freed and the receiver is told.
    try {
      closeTransports();
    } finally {
      try {
        if (srtp != null) {
          srtp.close();
        }
      } finally {
        receiver.ended(end, why);
      }
    }
  }

  private void closeTransports() {
    try {
      // DTLS first: its goodbye still needs the path.
      dtls.close();
    } finally {
      ice.close();
    }
  }

  private void tellIfConnected() {
    if (connected()) {
      receiver.connected();
    }
  }

  private SrtpContext context() {
    if (srtp == null) {
      throw new IllegalStateException("not connected");
    }
    return srtp;
  }
}
