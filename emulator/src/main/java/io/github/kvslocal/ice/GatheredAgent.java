package io.github.kvslocal.ice;

import io.github.kvslocal.sdp.IceCredentials;
import java.io.IOException;
import java.util.List;
import org.ice4j.ice.Agent;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.KeepAliveStrategy;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * The library's agent once it has gathered from the shared ports: it has credentials and listens,
 * but belongs to nobody yet and holds no thread. Making one takes a millisecond or two.
 */
record GatheredAgent(Agent agent, IceMediaStream stream, Component component) {
  private static final LoggerImpl LIBRARY_LOG = new LoggerImpl("org.ice4j.kvslocal");

  /** The library makes up credentials, but asks for them by these methods alone. */
  private static final class SucceedingAgent extends Agent {
    private final IceCredentials credentials;

    SucceedingAgent(IceCredentials credentials) {
      super(LIBRARY_LOG);
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
    return from(ports, new Agent(LIBRARY_LOG));
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
