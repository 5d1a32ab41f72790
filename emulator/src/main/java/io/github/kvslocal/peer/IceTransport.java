package io.github.kvslocal.peer;

import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.util.List;

/**
 * One ICE agent with one component over which everything is multiplexed (RFC 8445).
 *
 * <p>Any thread may call it; no method blocks. After {@link #close} nothing is reported any more.
 */
public interface IceTransport extends AutoCloseable {
  /** Opens agents. */
  interface Factory {
    /** A new agent that has gathered its host candidates and waits for {@link #connect}. */
    IceTransport open(IceRole role, Listener listener);

    /**
     * The same in place of an agent of this factory that has been closed, under its credentials, so
     * that whoever was told those finds this one.
     */
    IceTransport reopen(IceRole role, IceCredentials credentials, Listener listener);
  }

  /** Who decides which pair is used (RFC 8445 section 6.1.1). */
  enum IceRole {
    CONTROLLING,
    CONTROLLED
  }

  /** What an agent reports, on a thread of its own: a listener only hands it on. */
  interface Listener {
    /** A pair was selected; both addresses for a person to read. */
    void connected(String localAddress, String remoteAddress);

    /**
     * A datagram that is not STUN arrived; it may come before {@link #connected}. The bytes are
     * valid during the call only.
     */
    void datagram(byte[] buffer, int offset, int length);

    /** Consent was lost or every check failed (RFC 7675). */
    void failed(String why);
  }

  IceCredentials localCredentials();

  List<IceCandidate> localCandidates();

  /** Starts the connectivity checks; more candidates may follow, or none at all. */
  void connect(IceCredentials remote, List<IceCandidate> remoteCandidates);

  /** Adds a trickled candidate; one that cannot be used (mDNS name, TCP) is ignored. */
  void addRemoteCandidate(IceCandidate candidate);

  /** Sends over the selected pair; dropped while there is none. */
  void send(byte[] buffer, int offset, int length);

  @Override
  void close();
}
