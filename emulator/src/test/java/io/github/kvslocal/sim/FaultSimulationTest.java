package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.fault.FaultRule;
import io.github.kvslocal.fault.FaultText;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.peer.NullSrtp;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.runtime.EmulatorRuntime;
import io.github.kvslocal.runtime.Faults;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.runtime.VoiceMixing;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.testpeer.TestPeerRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What faults do to connections and media of whom they are for, and that others have none. */
class FaultSimulationTest {
  private static final List<EncodedFrame> FRAMES = Clip.frames(20);
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final ManualLoop loop = new ManualLoop(Instant.parse("2026-11-20T12:00:00Z"));
  private final Journal journal = new Journal();
  private final Faults faults = new Faults(journal);
  private final SimulatedDtls dtls = new SimulatedDtls();
  private final NullSrtp srtp = new NullSrtp();
  private final Random random = new Random(2);
  private final SimulatedNetwork network =
      new SimulatedNetwork(loop, LinkModel.PERFECT.withDelay(Duration.ofMillis(10)), 7);
  private final StorageSessions sessions =
      new StorageSessions(
          new EmulatorRuntime(
                  whose -> loop,
                  network,
                  dtls,
                  srtp,
                  new VoiceMixing(new ConcentusOpus(), true),
                  new InMemoryFragmentStore(),
                  FragmentLimits.DOCUMENTED,
                  SessionLimits.DOCUMENTED,
                  SignalingLimits.DOCUMENTED,
                  new Random(1),
                  journal)
              .withFaults(faults));

  @Test
  void agentThatIgnoresChecksNeverConnectsAndTheNextOneDoes() throws Exception {
    add("ignore-checks count=1 channel=door");
    Visit door = enter("door");
    Visit gate = enter("gate");
    pass(29);
    assertThat(door.connected()).isFalse();
    assertThat(gate.connected()).isTrue();

    pass(2);
    Visit again = enter("door");
    pass(1);

    assertThat(events()).contains("peer-ended");
    assertThat(again.connected()).isTrue();
    assertThat(struck()).containsExactly("rule 1 strikes: ignore-checks");
  }

  @Test
  void silentAgentSaysNothingAndItsPeerEndsAsIfConsentWereLost() throws Exception {
    add("silence after=2s channel=door");
    Visit door = enter("door");
    Visit gate = enter("gate");
    pass(2);
    long requestsBefore = door.peer().statistics().transportFeedbacks();
    assertThat(requestsBefore).isPositive();
    pass(10);

    assertThat(door.peer().statistics().transportFeedbacks())
        .isBetween(requestsBefore, requestsBefore + 2);
    assertThat(door.ended()).isFalse();
    assertThat(events()).doesNotContain("peer-ended");
    pass(21);

    assertThat(detail("peer-ended")).startsWith("ICE_FAILED").contains("consent was lost");
    assertThat(gate.ended()).isFalse();
    assertThat(gate.peer().statistics().transportFeedbacks()).isGreaterThan(requestsBefore * 3);
  }

  @Test
  void networkOfOneChannelTurnsBadAndGoodAgainWhileItIsInUse() throws Exception {
    Visit door = enter("door");
    Visit gate = enter("gate");
    pass(4);
    assertThat(door.peer().statistics().retransmissions()).isZero();

    String rule = add("network in.loss=0.05 seed=3 channel=door");
    pass(6);
    long repeated = door.peer().statistics().retransmissions();
    faults.remove(rule);
    pass(1);
    long settled = door.peer().statistics().retransmissions();
    pass(6);

    assertThat(repeated).isPositive();
    assertThat(door.peer().statistics().retransmissions()).isEqualTo(settled);
    assertThat(gate.peer().statistics().retransmissions()).isZero();
  }

  @Test
  void badNetworkIsGoodAgainWhenItsTimeIsOver() throws Exception {
    Visit door = enter("door");
    pass(1);
    add("network loss=1 ttl=2s");
    long before = door.peer().statistics().transportFeedbacks();
    pass(2);
    assertThat(door.peer().statistics().transportFeedbacks()).isEqualTo(before);

    pass(3);

    assertThat(door.peer().statistics().transportFeedbacks()).isGreaterThan(before);
  }

  @Test
  void damagedPacketsAreLostAndAskedForAgain() throws Exception {
    add("network in.corrupt=0.02 in.loss=0.02 seed=5 client=master channel=door");
    Visit door = enter("door");
    Visit gate = enter("gate");

    pass(10);

    assertThat(door.connected()).isTrue();
    assertThat(door.peer().statistics().retransmissions()).isPositive();
    assertThat(gate.peer().statistics().retransmissions()).isZero();
  }

  @Test
  void stormAsksForKeyFramesAgainAndAgainUntilItsRuleIsRemoved() throws Exception {
    Visit door = enter("door");
    Visit gate = enter("gate");
    pass(4);
    long usual = door.peer().statistics().keyFrameRequests();

    String rule = add("pli=100ms channel=door");
    pass(3);
    long stormy = door.peer().statistics().keyFrameRequests();
    faults.remove(rule);
    pass(3);

    assertThat(stormy - usual).isBetween(25L, 35L);
    assertThat(door.peer().statistics().keyFrameRequests() - stormy).isLessThan(5);
    assertThat(gate.peer().statistics().keyFrameRequests()).isLessThan(10);
  }

  @Test
  void keyFramesAreNotAskedForWhereTheLaterRuleSaysSo() throws Exception {
    add("pli=100ms and pli=none channel=door");
    Visit door = enter("door");
    Visit gate = enter("gate");

    pass(10);

    assertThat(door.peer().statistics().keyFrameRequests()).isZero();
    assertThat(gate.peer().statistics().keyFrameRequests()).isPositive();
  }

  @Test
  void bandwidthIsToldByRembToWhomItIsLimited() throws Exception {
    int[] told = new int[1];
    network.filter(
        datagram -> {
          String text = new String(datagram, StandardCharsets.ISO_8859_1);
          told[0] += text.contains("REMB\u0001") ? 1 : 0;
          return true;
        });
    enter("gate");
    pass(5);
    assertThat(told[0]).isZero();

    add("bandwidth=300kbit channel=gate");
    pass(5);

    assertThat(told[0]).isBetween(4, 6);
  }

  @Test
  void delayedOfferIsSentWhenItsTimeHasCome() throws Exception {
    add("delay-offer=5s channel=door");
    Visit door = enter("door");
    Visit gate = enter("gate");
    pass(4);
    assertThat(door.connected()).isFalse();
    assertThat(gate.connected()).isTrue();

    pass(2);

    assertThat(door.connected()).isTrue();
  }

  @Test
  void withheldOfferNeverComesAndTheNextJoinsDoes() throws Exception {
    add("withhold-offer count=1 channel=door");
    Visit door = enter("door");
    Visit gate = enter("gate");
    pass(6);
    assertThat(door.connected()).isFalse();
    assertThat(gate.connected()).isTrue();

    door.joinAgain();
    pass(1);

    assertThat(door.connected()).isTrue();
    assertThat(struck()).containsExactly("rule 1 strikes: withhold-offer");
  }

  @Test
  void repeatedOfferAndEarlyCandidatesKeepNobodyFromConnecting() throws Exception {
    add("repeat-offer=2 and candidates-first");
    Visit first = enter("door");
    Visit last = enter("gate").keepingLast();

    pass(5);

    assertThat(List.of(first, last)).allMatch(Visit::connected).noneMatch(Visit::ended);
  }

  private String add(String text) throws Exception {
    String id = "";
    for (FaultRule rule : FaultText.parse(text)) {
      id = faults.add(rule, loop.now());
    }
    return id;
  }

  /** A master. */
  private Visit enter(String channel) {
    return new Visit(
        Participant.MASTER,
        new TestPeerRuntime(loop, network, dtls, srtp, random),
        sessions,
        new ChannelArn("aws", "us-east-1", "000000000000", channel, 1_700_000_000_000L),
        STREAM,
        FRAMES);
  }

  private void pass(int seconds) {
    loop.advance(Duration.ofSeconds(seconds));
  }

  private List<String> events() {
    return journal.entries().stream().map(entry -> entry.event().text()).toList();
  }

  private List<String> struck() {
    return journal.entries().stream()
        .filter(entry -> entry.event() == Event.FAULT_STRUCK)
        .map(JournalEntry::detail)
        .toList();
  }

  private String detail(String event) {
    return journal.entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .map(JournalEntry::detail)
        .reduce("", (before, after) -> after);
  }
}
