package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.media.Camera;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.rtp.ReceiverStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What viewers see of the master, with everything in between but sockets and ciphers. */
class ForwardingSimulationTest {
  /** A key frame every second, fifteen pictures each. */
  private static final List<EncodedFrame> FRAMES = Clip.frames(20);

  private static final List<EncodedFrame> PICTURES = pictures(FRAMES);

  private final SimulatedEmulator emulator =
      new SimulatedEmulator(
          LinkModel.PERFECT.withDelay(Duration.ofMillis(25)).withJitter(Duration.ofMillis(10)), 7);

  @Test
  void threeViewersSeeTheMastersPicturesBitForBitFromAKeyFrameOn() {
    List<Visit> viewers = List.of(enter("ann"), enter("bob"), enter("cyd"));
    pass(2_500);
    Visit master = enter(FRAMES);

    pass(25_000);

    for (Visit viewer : viewers) {
      assertThat(seen(viewer)).isEqualTo(data(PICTURES));
      assertThat(viewer.peer().gaps()).isZero();
    }
    leave(master, viewers.get(0), viewers.get(1), viewers.get(2));
    assertThat(detail("viewing-ended")).startsWith("300 pictures were sent");
    pass(61_000);
    assertThat(emulator.sessions.count()).isZero();
    assertThat(emulator.loop.alarms()).isZero();
  }

  @Test
  void whoComesLateSeesFromTheNextKeyFrameOn() {
    enter(FRAMES);
    pass(5_500);
    Visit ann = enter("ann");

    pass(20_000);

    List<EncodedFrame> pictures = pictures(ann.peer().received());
    assertThat(pictures.get(0).keyFrame()).isTrue();
    assertThat(pictures).hasSize(14 * 15);
    assertThat(seen(ann)).isEqualTo(data(PICTURES.subList(6 * 15, 300)));
  }

  @Test
  void picturesKeepTheirDistancesInTime() {
    enter(PICTURES);
    Visit ann = enter("ann");
    pass(22_000);
    ann.leave();

    List<EncodedFrame> placed = pictures(ann.peer().placed());
    int skipped = PICTURES.size() - placed.size();
    long start = PICTURES.get(skipped).time().nanos();
    for (int i = 0; i < placed.size(); i++) {
      assertThat(placed.get(i).time().nanos())
          .isCloseTo(PICTURES.get(skipped + i).time().nanos() - start, within(1_000_000L));
    }
  }

  /** None of these loses the very first or last packet: nobody knows what to ask for there. */
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 5})
  void lossTowardsOneViewerIsRepairedAndNoOtherNoticesIt(long seed) {
    Visit ann = enter("ann");
    Visit bob = enter(SimulatedEmulator.viewer("bob"), losing(0.05, seed), List.of());
    pass(1_000);
    Visit master = enter(FRAMES);

    pass(25_000);

    assertThat(seen(ann)).isEqualTo(data(PICTURES));
    assertThat(seen(bob)).isEqualTo(data(PICTURES));
    ReceiverStatistics lossy = bob.peer().reception().orElseThrow();
    assertThat(lossy.video().recovered()).isPositive();
    assertThat(lossy.video().lost()).isZero();
    assertThat(ann.peer().reception().orElseThrow().nacks()).isZero();
    assertThat(ann.peer().reception().orElseThrow().video().recovered()).isZero();
    assertThat(master.peer().statistics().retransmissions()).isZero();
    leave(bob);
    assertThat(detail("viewing-ended")).doesNotContain(" 0 packets were asked for again");
  }

  @Test
  void lossTowardsTheMasterIsRepairedBeforeItReachesAnyViewer() {
    Visit ann = enter("ann");
    enter(Participant.MASTER, losing(0.05, 4), FRAMES);

    pass(25_000);

    assertThat(seen(ann)).isEqualTo(data(PICTURES));
    assertThat(ann.peer().gaps()).isZero();
  }

  @Test
  void viewersGoOnWithTheNextMastersPicturesOnTheSameStream() {
    enter(FRAMES);
    Visit ann = enter("ann");
    pass(4_200);
    int before = seen(ann).size();
    List<EncodedFrame> others = from(FRAMES, 30, 10);

    enter(others);
    pass(12_000);

    List<EncodedFrame> pictures = pictures(ann.peer().received());
    List<EncodedFrame> next = pictures(others);
    int rest = pictures.size() - next.size();
    assertThat(rest).isGreaterThanOrEqualTo(before);
    assertThat(data(pictures.subList(rest, pictures.size()))).isEqualTo(data(next));
    assertThat(ann.peer().gaps()).isZero();
    assertThat(pictures.stream().map(EncodedFrame::time)).isSorted().doesNotHaveDuplicates();
    long pause = pictures.get(rest).time().nanos() - pictures.get(rest - 1).time().nanos();
    assertThat(Duration.ofNanos(pause)).isBetween(Duration.ofMillis(60), Duration.ofMillis(500));
    assertThat(events("sees-master")).isEqualTo(2);
    assertThat(ann.ended()).isFalse();
  }

  @Test
  void whateverViewersAskForTheMasterHasHalfASecondBetweenTwoRequests() {
    Visit master = enter(FRAMES);
    List<Visit> viewers = List.of(enter("ann"), enter("bob"), enter("cyd"));
    pass(2_000);

    List<Integer> asked = requests(master, viewers);

    assertThat(asked).hasSizeGreaterThan(8);
    assertThat(distances(asked)).allSatisfy(millis -> assertThat(millis).isGreaterThan(480));
    assertThat(viewers).allSatisfy(viewer -> assertThat(viewer.peer().gaps()).isZero());
  }

  @Test
  void oneViewerThatSeesCostsTheMasterAKeyFrameASecondAtMost() {
    Camera camera = new Camera(15);
    Visit master = enter(camera);
    camera.looking(() -> camera.asked(master.peer().statistics().keyFrameRequests()));
    Visit ann = enter("ann");
    pass(2_000);

    List<Integer> asked = requests(master, List.of(ann));

    assertThat(asked).hasSizeGreaterThan(6);
    assertThat(distances(asked)).allSatisfy(millis -> assertThat(millis).isGreaterThan(980));
  }

  /**
   * When the master was asked for key frames within ten seconds in which these viewers ask for one
   * every 20 ms; requests take 25 to 35 ms on their way.
   */
  private List<Integer> requests(Visit master, List<Visit> viewers) {
    List<Integer> moments = new ArrayList<>();
    long before = master.peer().statistics().keyFrameRequests();
    for (int millis = 0; millis < 10_000; millis++) {
      if (millis % 20 == 0) {
        viewers.forEach(viewer -> viewer.peer().demandKeyFrame());
      }
      pass(1);
      long requests = master.peer().statistics().keyFrameRequests();
      for (; before < requests; before++) {
        moments.add(millis);
      }
    }
    return moments;
  }

  private static List<Integer> distances(List<Integer> moments) {
    List<Integer> distances = new ArrayList<>();
    for (int i = 1; i < moments.size(); i++) {
      distances.add(moments.get(i) - moments.get(i - 1));
    }
    return distances;
  }

  @Test
  void aViewerThatGoesIsNotMissed() {
    Visit master = enter(FRAMES);
    Visit ann = enter("ann");
    Visit bob = enter("bob");
    pass(5_000);
    int seen = pictures(ann.peer().received()).size();

    ann.leave();
    pass(20_000);

    assertThat(pictures(ann.peer().received())).hasSize(seen);
    List<Object> all = seen(bob);
    assertThat(all).isEqualTo(data(PICTURES.subList(300 - all.size(), 300)));
    leave(master, bob);
  }

  @Test
  void withoutAMasterNothingIsSent() {
    Visit ann = enter("ann");
    Visit master = enter(FRAMES);
    pass(3_000);
    leave(master);
    int seen = ann.peer().received().size();

    pass(60_000);

    assertThat(ann.peer().received()).hasSize(seen);
    assertThat(ann.connected()).isTrue();
  }

  private Visit enter(List<EncodedFrame> masters) {
    return enter(Participant.MASTER, emulator.network, masters);
  }

  /** A viewer that is silent. */
  private Visit enter(String viewer) {
    return enter(SimulatedEmulator.viewer(viewer), emulator.network, List.of());
  }

  private Visit enter(Participant who, IceTransport.Factory ice, List<EncodedFrame> frames) {
    return emulator.enter("door", who, emulator.loop, ice, frames);
  }

  /** Agents of somebody who loses media either way, while everybody else's lose nothing. */
  private IceTransport.Factory losing(double loss, long seed) {
    return emulator.network.behind(NetworkModel.symmetric(LinkModel.PERFECT.withLoss(loss), seed));
  }

  private void leave(Visit... visits) {
    for (Visit visit : visits) {
      visit.leave();
    }
    pass(1_000);
  }

  private void pass(int millis) {
    emulator.pass(millis);
  }

  private long events(String event) {
    return emulator.journal.entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .count();
  }

  /** What the newest entry of this event says; empty if there is none. */
  private String detail(String event) {
    return emulator.journal.entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .map(JournalEntry::detail)
        .reduce("", (before, after) -> after);
  }

  private static List<Object> seen(Visit viewer) {
    return data(pictures(viewer.peer().received()));
  }

  private static List<EncodedFrame> pictures(List<EncodedFrame> frames) {
    return frames.stream().filter(frame -> frame.track() == Track.VIDEO).toList();
  }

  private static List<Object> data(List<EncodedFrame> frames) {
    return frames.stream().<Object>map(EncodedFrame::data).toList();
  }

  /** So many seconds from this picture on, from time zero. */
  private static List<EncodedFrame> from(List<EncodedFrame> frames, int picture, int seconds) {
    MediaTime start = pictures(frames).get(picture).time();
    MediaTime end = start.plus(Duration.ofSeconds(seconds));
    return frames.stream()
        .filter(frame -> !frame.time().isBefore(start) && frame.time().isBefore(end))
        .map(frame -> frame.at(MediaTime.ZERO.plus(start.until(frame.time()))))
        .toList();
  }
}
