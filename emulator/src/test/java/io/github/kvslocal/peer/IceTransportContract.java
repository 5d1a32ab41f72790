package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.peer.IceTransport.IceRole;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link IceTransport} has to do. */
public abstract class IceTransportContract {
  private final List<IceTransport> opened = new ArrayList<>();

  /** Opens agents that offer. */
  protected abstract IceTransport.Factory offerers();

  /** Opens agents that answer and can be reached by {@link #offerers}. */
  protected abstract IceTransport.Factory answerers();

  /** Lets what is under way happen, if that does not happen by itself. */
  protected void settle() {}

  @AfterEach
  void closeTransports() {
    opened.forEach(IceTransport::close);
  }

  @Test
  void credentialsAndCandidatesAreThoseOfTheGrammar() {
    IceSide side = offerer();

    IceCredentials credentials = side.transport().localCredentials();
    List<IceCandidate> candidates = side.transport().localCandidates();

    assertThat(credentials.ufrag()).matches("[A-Za-z0-9+/]{4,256}");
    assertThat(credentials.pwd()).matches("[A-Za-z0-9+/]{22,256}");
    assertThat(candidates).isNotEmpty().allMatch(c -> c.transport().equals("udp"));
    assertThat(candidates).extracting(IceCandidate::priority).doesNotHaveDuplicates();
    assertThat(candidates).allMatch(c -> c.foundation().matches("[A-Za-z0-9+/]{1,32}"));
  }

  @Test
  void everyAgentHasCredentialsOfItsOwn() {
    Set<IceCredentials> seen =
        List.of(offerer(), offerer(), answerer()).stream()
            .map(side -> side.transport().localCredentials())
            .collect(Collectors.toSet());

    assertThat(seen).hasSize(3);
  }

  @Test
  void bothSidesConnectAndDatagramsGoBothWays() {
    IceSide offerer = offerer();
    IceSide answerer = answerer();
    connect(offerer, answerer);
    offerer.awaitConnected();
    answerer.awaitConnected();

    offerer.send("to the answerer");
    answerer.send("to the offerer");

    assertThat(answerer.awaitDatagram()).isEqualTo("to the answerer");
    assertThat(offerer.awaitDatagram()).isEqualTo("to the offerer");
  }

  @Test
  void theOffererNeedsNoCandidates() {
    IceSide offerer = offerer();
    IceSide answerer = answerer();

    offerer.transport().connect(answerer.transport().localCredentials(), List.of());
    answerer
        .transport()
        .connect(offerer.transport().localCredentials(), offerer.transport().localCandidates());

    offerer.awaitConnected();
    answerer.awaitConnected();
  }

  @Test
  void theAnswererNeedsNoCandidatesEither() {
    IceSide offerer = offerer();
    IceSide answerer = answerer();

    answerer.transport().connect(offerer.transport().localCredentials(), List.of());
    offerer
        .transport()
        .connect(answerer.transport().localCredentials(), answerer.transport().localCandidates());

    offerer.awaitConnected();
    answerer.awaitConnected();
  }

  @Test
  void aSuccessorIsFoundByTheCredentialsOfItsPredecessor() {
    IceSide predecessor = offerer();
    IceSide first = answerer();
    connect(predecessor, first);
    predecessor.awaitConnected();
    IceCredentials credentials = predecessor.transport().localCredentials();
    first.transport().close();
    predecessor.transport().close();

    IceSide successor = successor(credentials);
    IceSide second = answerer();
    connect(successor, second);
    second.awaitConnected();
    successor.awaitConnected();
    second.send("to the successor");

    assertThat(successor.transport().localCredentials()).isEqualTo(credentials);
    assertThat(successor.awaitDatagram()).isEqualTo("to the successor");
    assertThat(predecessor.datagrams()).isEmpty();
  }

  @Test
  void aPredecessorNeedNotHaveConnected() {
    IceSide predecessor = offerer();
    IceSide first = answerer();
    predecessor.transport().connect(first.transport().localCredentials(), List.of());
    IceSide second = answerer();
    IceCredentials credentials = predecessor.transport().localCredentials();
    second.transport().connect(credentials, predecessor.transport().localCandidates());

    predecessor.transport().close();
    IceSide successor = successor(credentials);
    successor
        .transport()
        .connect(second.transport().localCredentials(), second.transport().localCandidates());

    successor.awaitConnected();
    second.awaitConnected();
  }

  @Test
  void candidatesMayTrickleInBeforeAndAfter() {
    IceSide offerer = offerer();
    IceSide answerer = answerer();
    List<IceCandidate> candidates = answerer.transport().localCandidates();

    offerer.transport().addRemoteCandidate(candidates.get(0));
    offerer.transport().connect(answerer.transport().localCredentials(), List.of());
    answerer.transport().connect(offerer.transport().localCredentials(), List.of());
    candidates.forEach(offerer.transport()::addRemoteCandidate);

    offerer.awaitConnected();
    answerer.awaitConnected();
  }

  @Test
  void candidatesThatCannotBeUsedAreIgnored() {
    IceSide offerer = offerer();
    IceSide answerer = answerer();
    List<IceCandidate> odd =
        List.of(
            new IceCandidate("1", 1, "udp", 1, "8f6d0a3c-0a3c.local", 50_000, "host"),
            new IceCandidate("2", 1, "tcp", 1, "127.0.0.1", 9, "host"),
            new IceCandidate("3", 1, "udp", 1, "999.0.0.1", 50_000, "host"),
            new IceCandidate("4", 1, "udp", 1, "0.0.0.0", 50_000, "host"),
            new IceCandidate("5", 1, "udp", 1, "127.0.0.1", 0, "srflx"),
            new IceCandidate("6", 1, "udp", 1, "a name.example", 50_000, "nonsense"));

    offerer.transport().connect(answerer.transport().localCredentials(), odd);
    odd.forEach(answerer.transport()::addRemoteCandidate);
    answerer
        .transport()
        .connect(offerer.transport().localCredentials(), offerer.transport().localCandidates());

    offerer.awaitConnected();
    answerer.awaitConnected();
  }

  @Test
  void whatIsSentBeforeAPairIsSelectedIsDropped() {
    IceSide offerer = offerer();
    IceSide answerer = answerer();
    offerer.send("too early");

    connect(offerer, answerer);
    offerer.awaitConnected();
    answerer.awaitConnected();
    offerer.send("in time");

    assertThat(answerer.awaitDatagram()).isEqualTo("in time");
  }

  @Test
  void sessionsDoNotHearEachOther() {
    IceSide firstOfferer = offerer();
    IceSide firstAnswerer = answerer();
    connect(firstOfferer, firstAnswerer);
    firstOfferer.awaitConnected();
    firstAnswerer.awaitConnected();
    firstOfferer.transport().close();
    firstAnswerer.transport().close();
    IceSide offerer = offerer();
    IceSide answerer = answerer();
    connect(offerer, answerer);
    offerer.awaitConnected();
    answerer.awaitConnected();

    answerer.send("for the second");

    assertThat(offerer.awaitDatagram()).isEqualTo("for the second");
    assertThat(firstOfferer.datagrams()).isEmpty();
  }

  @Test
  void aClosedAgentReportsNothing() {
    IceSide closed = offerer();
    IceSide other = answerer();
    connect(closed, other);
    closed.awaitConnected();
    other.awaitConnected();

    closed.transport().close();
    closed.transport().close();
    other.send("to nobody");

    other.transport().close();
    letMoreArrive();
    assertThat(closed.datagrams()).isEmpty();
    assertThat(closed.failures()).isEmpty();
  }

  @Test
  void aClosedAgentSendsNothing() {
    IceSide closed = offerer();
    IceSide other = answerer();
    connect(closed, other);
    closed.awaitConnected();
    other.awaitConnected();
    closed.send("last words");

    closed.transport().close();
    closed.send("from nobody");

    assertThat(other.awaitDatagram()).isEqualTo("last words");
    settle();
    assertThat(other.datagrams()).containsExactly("last words");
  }

  /** Lets a datagram arrive that was sent after all others, from and to the same addresses. */
  private void letMoreArrive() {
    IceSide offerer = offerer();
    IceSide answerer = answerer();
    connect(offerer, answerer);
    offerer.awaitConnected();
    answerer.awaitConnected();
    answerer.send("more");
    offerer.awaitDatagram();
  }

  private IceSide offerer() {
    return track(new IceSide(offerers(), IceRole.CONTROLLING, this::settle));
  }

  private IceSide successor(IceCredentials credentials) {
    return track(new IceSide(offerers(), IceRole.CONTROLLING, credentials, this::settle));
  }

  private IceSide answerer() {
    return track(new IceSide(answerers(), IceRole.CONTROLLED, this::settle));
  }

  private IceSide track(IceSide side) {
    opened.add(side.transport());
    return side;
  }

  private static void connect(IceSide offerer, IceSide answerer) {
    answerer
        .transport()
        .connect(offerer.transport().localCredentials(), offerer.transport().localCandidates());
    offerer
        .transport()
        .connect(answerer.transport().localCredentials(), answerer.transport().localCandidates());
  }

  /** Text that no demultiplexer takes for STUN: its first byte is above 3 (RFC 7983). */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
