package io.github.kvslocal.ice;

import io.github.kvslocal.sdp.IceCredentials;
import java.io.IOException;
import java.util.List;
import org.ice4j.ice.Agent;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.stack.StunStack;
import org.ice4j.stack.TransactionID;
import org.jitsi.utils.logging2.LoggerImpl;
import org.jspecify.annotations.Nullable;

/**
 * The library's agent once it has gathered from the shared ports: it has credentials and listens,
 * but belongs to nobody yet and holds no thread. Making one takes a millisecond or two.
 */
record GatheredAgent(Agent agent, IceMediaStream stream, Component component) {
  private static final LoggerImpl LIBRARY_LOG = new LoggerImpl("org.ice4j.kvslocal");

  /**
   * A check that comes in at the moment at which the answer to our own is taken: the library sees
   * that ours is under way, asks for its transaction, has none any more, and cancels that. Its own
   * stack throws then, the check is answered with 500 (server error), and the peer takes the pair
   * for failed; if that befalls all of its pairs, nobody ever sends a check again.
   */
  private static final class LenientStack extends StunStack {
    @Override
    public void cancelTransaction(@Nullable TransactionID transaction) {
      if (transaction != null) {
        super.cancelTransaction(transaction);
      }
    }
  }

  /** The library's with our stack, which it asks for while it is being made. */
  private static class LenientAgent extends Agent {
    private @Nullable StunStack stack;

    LenientAgent() {
      super(LIBRARY_LOG);
    }

    @Override
    public synchronized StunStack getStunStack() {
      StunStack made = stack;
      if (made == null) {
        made = new LenientStack();
        stack = made;
      }
      return made;
    }
  }

  /** The library makes up credentials, but asks for them by these methods alone. */
  private static final class SucceedingAgent extends LenientAgent {
    private final IceCredentials credentials;

    SucceedingAgent(IceCredentials credentials) {
      this.credentials = credentials;
    }

    @Override
    public String getLocalUfrag() {
      return credentials.ufrag();
    }

    @Override
    public String getLocalPassword() {
      return credentials.pwd();
    }
  }

  static GatheredAgent from(List<SharedPort> ports) {
    return from(ports, new LenientAgent());
  }

  /** One that is found by credentials that were another's, which must be freed by now. */
  static GatheredAgent from(List<SharedPort> ports, IceCredentials credentials) {
    return from(ports, new SucceedingAgent(credentials));
  }

  private static GatheredAgent from(List<SharedPort> ports, Agent agent) {
    agent.setUseDynamicPorts(false);
    agent.setTrickling(true);
    agent.setPerformConsentFreshness(true);
    ports.forEach(agent::addCandidateHarvester);
    IceMediaStream stream = agent.createMediaStream("media");
    try {
      return new GatheredAgent(
          agent, stream, agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false));
    } catch (IOException e) {
      throw new IllegalStateException("gathering from open sockets does no input or output", e);
    }
  }
}
