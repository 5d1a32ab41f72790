package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.peer.NullSrtp;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.runtime.EmulatorRuntime;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.runtime.VoiceMixing;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.testpeer.TestPeerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Masters and viewers of one channel over a link with delay, from the join to the last trace. */
class ViewerSimulationTest {
  private static final ChannelArn CHANNEL =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);
  private static final List<EncodedFrame> FRAMES = Clip.frames(5);

  private final ManualLoop loop = new ManualLoop(Instant.parse("2026-11-20T12:00:00Z"));
  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final Journal journal = new Journal();
  private final SimulatedDtls dtls = new SimulatedDtls();
  private final NullSrtp srtp = new NullSrtp();
  private final SimulatedNetwork network =
      new SimulatedNetwork(
          loop,
          LinkModel.PERFECT.withDelay(Duration.ofMillis(25)).withJitter(Duration.ofMillis(5)),
          7);
  private final StorageSessions sessions =
      new StorageSessions(
          new EmulatorRuntime(
              whose -> loop,
              network,
              dtls,
              srtp,
              new VoiceMixing(new ConcentusOpus(), true),
              store,
              FragmentLimits.DOCUMENTED,
              SessionLimits.DOCUMENTED,
              SignalingLimits.DOCUMENTED,
              new Random(1),
              journal));
  private final Random random = new Random(2);

  @Test
  void viewersConnectBesideTheMasterWhoIsRecorded() {
    Visit master = enter(Participant.MASTER);
    Visit ann = enter(viewer("ann"));
    Visit bob = enter(viewer("bob"));
    pass(Duration.ofSeconds(7));

    assertThat(List.of(master, ann, bob)).allMatch(Visit::connected);
    assertThat(ann.peer().sent()).isNotEmpty();
    leave(master, ann, bob);
    assertThat(store.list(STREAM)).isNotEmpty();
    pass(Duration.ofMinutes(1));
    assertNothingIsLeft();
  }

  @Test
  void aViewerMayBeFirstAndStaysOnceTheMasterIsThere() {
    Visit ann = enter(viewer("ann"));
    pass(Duration.ofSeconds(170));
    Visit master = enter(Participant.MASTER);

    pass(Duration.ofMinutes(50));

    assertThat(ann.connected()).isTrue();
    assertThat(ann.ended()).isFalse();
    leave(master, ann);
    pass(Duration.ofMinutes(1));
    assertNothingIsLeft();
  }

  @Test
  void viewersThatTheMasterLeftAreEvictedAfterThreeMinutesAndTold() {
    Visit master = enter(Participant.MASTER);
    Visit ann = enter(viewer("ann"));
    pass(Duration.ofSeconds(10));
    leave(master);
    pass(Duration.ofSeconds(179));
    assertThat(ann.ended()).isFalse();

    pass(Duration.ofSeconds(2));

    assertThat(ann.peer().ended()).isCompletedWithValue(PeerEnd.REMOTE_CLOSED);
    assertThat(detail("evicted")).contains("no master");
    leave(ann);
    pass(Duration.ofMinutes(1));
    assertNothingIsLeft();
  }

  @Test
  void theFourthViewerGetsASeatWhenOneIsFree() {
    Visit master = enter(Participant.MASTER);
    Visit ann = enter(viewer("ann"));
    Visit bob = enter(viewer("bob"));
    Visit cyd = enter(viewer("cyd"));
    pass(Duration.ofSeconds(1));
    Visit dot = enter(viewer("dot"));
    pass(Duration.ofSeconds(1));
    assertThat(dot.refusal()).contains("maximum number of viewers connected to the session");
    leave(ann, dot);
    pass(Duration.ofSeconds(61));

    Visit again = enter(viewer("dot"));
    pass(Duration.ofSeconds(1));

    assertThat(again.connected()).isTrue();
    leave(master, bob, cyd, again);
    pass(Duration.ofMinutes(1));
    assertNothingIsLeft();
  }

  @Test
  void aViewerThatComesBackTakesItsSeatAndItsFormerPeerIsClosed() {
    Visit master = enter(Participant.MASTER);
    Visit ann = enter(viewer("ann"));
    pass(Duration.ofSeconds(1));
    ann.leave();
    pass(Duration.ofSeconds(59));

    Visit again = enter(viewer("ann"));
    pass(Duration.ofSeconds(30));

    assertThat(again.connected()).isTrue();
    assertThat(events()).doesNotContain("seat-freed");
    leave(master, again);
    pass(Duration.ofMinutes(1));
    assertNothingIsLeft();
  }

  @Test
  void theHourEndsForAllAndTheNextSessionMayBegin() {
    Visit master = enter(Participant.MASTER);
    Visit ann = enter(viewer("ann"));
    pass(Duration.ofMinutes(61));
    assertThat(List.of(master, ann)).allMatch(Visit::ended);
    leave(master, ann);
    assertNothingIsLeft();

    Visit next = enter(Participant.MASTER);
    pass(Duration.ofSeconds(1));

    assertThat(next.connected()).isTrue();
    leave(next);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @MethodSource
  void aSecondOfferIsNoHarmWhicheverTheClientKeeps(boolean last, int millis) {
    Visit master = enter(Participant.MASTER);
    Visit ann = enter(viewer("ann"));
    if (last) {
      master.keepingLast();
      ann.keepingLast();
    }
    pass(Duration.ofMillis(millis));
    master.joinAgain();
    ann.joinAgain();

    pass(Duration.ofSeconds(40));

    assertThat(List.of(master, ann)).allMatch(Visit::connected).noneMatch(Visit::ended);
    leave(master, ann);
    pass(Duration.ofMinutes(1));
    assertNothingIsLeft();
  }

  /** Offer and answer take 20 ms each: they cross where the second join comes in between. */
  static Stream<Arguments> aSecondOfferIsNoHarmWhicheverTheClientKeeps() {
    return IntStream.range(0, 40)
        .boxed()
        .flatMap(i -> Stream.of(arguments(true, 5 * i), arguments(false, 5 * i)));
  }

  @Test
  void aLostViewerHoldsItsSeatForAMinute() {
    Visit ann = enter(viewer("ann"));
    pass(Duration.ofSeconds(1));
    network.cut();
    pass(Duration.ofSeconds(1));
    leave(ann);
    assertThat(detail("peer-ended")).startsWith(PeerEnd.ICE_FAILED.name());
    assertThat(sessions.count()).isEqualTo(1);

    pass(Duration.ofMinutes(1));

    assertNothingIsLeft();
  }

  private Visit enter(Participant who) {
    return new Visit(
        who,
        new TestPeerRuntime(loop, network, dtls, srtp, random),
        sessions,
        CHANNEL,
        STREAM,
        FRAMES);
  }

  private void leave(Visit... visits) {
    for (Visit visit : visits) {
      visit.leave();
    }
    pass(Duration.ofSeconds(1));
  }

  private void pass(Duration time) {
    loop.advance(time);
  }

  private void assertNothingIsLeft() {
    assertThat(sessions.count()).isZero();
    assertThat(loop.alarms()).isZero();
  }

  private List<String> events() {
    return journal.entries().stream().map(entry -> entry.event().text()).toList();
  }

  /** What the newest entry of this event says; empty if there is none. */
  private String detail(String event) {
    return journal.entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .map(JournalEntry::detail)
        .reduce("", (before, after) -> after);
  }

  private static Participant viewer(String id) {
    return new Participant.Viewer(new ClientId(id));
  }
}
