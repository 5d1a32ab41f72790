package io.github.kvslocal.sim;

import static io.github.kvslocal.sim.Gathering.DEAF;
import static io.github.kvslocal.sim.Gathering.LISTENS;
import static io.github.kvslocal.sim.Gathering.TALKS;
import static io.github.kvslocal.sim.Gathering.data;
import static io.github.kvslocal.sim.Gathering.heardBy;
import static io.github.kvslocal.sim.Gathering.pictures;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.routing.voice.Speech;
import io.github.kvslocal.routing.voice.Tones;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who hears whom: everybody says a tone, and the codec is real. */
class VoiceSimulationTest {
  /** They do not repeat every 20 ms, where the errors of the codec gather. */
  private static final int MASTER = 437;

  private static final int ANN = 1_013;
  private static final int BOB = 1_787;
  private static final int CYD = 2_903;

  /** -40 dB. */
  private static final double NOTHING = 0.01;

  private static final Duration LONG = Duration.ofSeconds(12);
  private static final Map<Integer, List<EncodedFrame>> VOICES = voices();

  private final Gathering gathering = new Gathering(true);

  @Test
  void everybodyHearsExactlyTheOthers() {
    Visit master = gathering.master(TALKS, pictures(12, voice(MASTER)));
    Visit ann = gathering.viewer("ann", TALKS, voice(ANN));
    Visit bob = gathering.viewer("bob", TALKS, voice(BOB));
    Visit cyd = gathering.viewer("cyd", TALKS, voice(CYD));

    gathering.pass(3_000);

    assertHears(master, ANN, BOB, CYD);
    assertHears(ann, MASTER, BOB, CYD);
    assertHears(bob, MASTER, ANN, CYD);
    assertHears(cyd, MASTER, ANN, BOB);
    assertThat(gathering.details("is-heard"))
        .containsExactlyInAnyOrder(
            "the master is heard",
            "viewer ann is heard",
            "viewer bob is heard",
            "viewer cyd is heard");
    gathering.leave(cyd, bob, ann, master);
    assertThat(gathering.details("hearing-ended").get(0))
        .matches(
            "it heard (?=.*the master \\(1\\d\\d packets\\))(?=.*viewer ann \\(1\\d\\d packets\\))"
                + "(?=.*viewer bob).*and was sent 1\\d\\d packets of sound");
    assertThat(gathering.details("hearing-ended").get(3))
        .contains("0 were late")
        .doesNotContain(" 0 mixed");
    gathering.pass(61_000);
    assertThat(gathering.sessions.count()).isZero();
    assertThat(gathering.loop.alarms()).isZero();
  }

  @Test
  void aViewerWithoutAMicrophoneHearsTheMastersOwnPackets() {
    List<EncodedFrame> frames = pictures(12, voice(MASTER));
    Visit ann = gathering.viewer("ann", LISTENS, List.of());
    gathering.pass(500);
    Visit master = gathering.master(TALKS, frames);

    gathering.pass(4_000);

    List<ByteBuffer> heard = heardBy(ann);
    assertThat(heard).hasSizeGreaterThan(180).isEqualTo(data(frames).subList(0, heard.size()));
    assertThat(ann.peer().gaps()).isZero();
    assertThat(heardBy(master)).isEmpty();
    gathering.leave(ann, master);
    assertThat(gathering.details("hearing-ended").get(1)).contains("it heard nobody", " 0 mixed");
    assertThat(gathering.details("mix-begins")).isEmpty();
  }

  @Test
  void aMasterThatTakesNoSoundIsSentNone() {
    Visit ann = gathering.viewer("ann", TALKS, voice(ANN));
    Visit master = gathering.master(DEAF, pictures(12, voice(MASTER)));

    gathering.pass(3_000);

    assertHears(ann, MASTER);
    assertThat(heardBy(master)).isEmpty();
    gathering.leave(master);
    assertThat(gathering.details("hearing-ended").get(0)).startsWith("it takes no sound");
  }

  @Test
  void viewersHearNothingBeforeTheMasterAndAfter() {
    Visit ann = gathering.viewer("ann", TALKS, voice(ANN));
    Visit bob = gathering.viewer("bob", TALKS, voice(BOB));
    gathering.pass(2_000);
    assertThat(heardBy(ann)).isEmpty();
    assertThat(heardBy(bob)).isEmpty();
    Visit master = gathering.master(TALKS, pictures(12, voice(MASTER)));
    gathering.pass(2_000);
    assertHears(ann, MASTER, BOB);
    gathering.leave(master);
    int heard = heardBy(ann).size();

    gathering.pass(3_000);

    assertThat(heardBy(ann)).hasSize(heard);
    assertThat(gathering.details("mix-ended")).isEmpty();
  }

  @Test
  void viewersGoOnWithTheNextMasterOnTheSameStream() {
    Visit ann = gathering.viewer("ann", TALKS, voice(ANN));
    gathering.viewer("bob", TALKS, voice(BOB));
    gathering.master(TALKS, pictures(12, voice(MASTER)));
    gathering.pass(3_000);
    Visit next = gathering.master(TALKS, pictures(12, voice(CYD)));

    gathering.pass(2_500);

    assertHears(next, ANN, BOB);
    assertHears(ann, CYD, BOB);
    assertThat(ann.peer().gaps()).isZero();
    assertThat(ann.peer().received().stream().filter(f -> f.track() == Track.AUDIO))
        .extracting(EncodedFrame::time)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void whoComesBackIsHeardAgainOnceOnly() {
    gathering.master(TALKS, pictures(12, voice(MASTER)));
    Visit bob = gathering.viewer("bob", LISTENS, List.of());
    Visit ann = gathering.viewer("ann", TALKS, voice(ANN)).keepingLast();
    gathering.pass(2_000);

    ann.joinAgain();
    gathering.pass(2_500);

    assertHears(bob, MASTER, ANN);
    assertHears(ann, MASTER);
  }

  @Test
  void pictureAndSoundOfTheMasterStayTogether() {
    List<EncodedFrame> frames = pictures(6, voice(MASTER));
    Visit ann = gathering.viewer("ann", LISTENS, List.of());
    gathering.pass(500);
    gathering.master(DEAF, frames);
    gathering.pass(5_500);
    ann.leave();

    // how the tracks belong together its receiver learns a second later, and follows slowly
    for (Track track : Track.values()) {
      List<EncodedFrame> seen = of(track, ann.peer().placed());
      EncodedFrame sent = of(track, frames).get(seen.size() - 1);
      EncodedFrame last = seen.get(seen.size() - 1);
      assertThat(last.data()).isEqualTo(sent.data());
      assertThat(sent.time().until(last.time()).toMillis()).as("%s", track).isBetween(-5L, 5L);
      assertThat(last.time().millis()).isGreaterThan(5_000);
    }
  }

  private static List<EncodedFrame> of(Track track, List<EncodedFrame> frames) {
    return frames.stream().filter(frame -> frame.track() == track).toList();
  }

  /** What came in the last 0.8 seconds: these tones, and nothing else. */
  private static void assertHears(Visit listener, int... tones) {
    Tones heard = Speech.tones(heardBy(listener));
    double faintest = Double.MAX_VALUE;
    for (int tone : tones) {
      assertThat(heard.level(tone)).as("%d Hz", tone).isBetween(4_800.0, 6_600.0);
      faintest = Math.min(faintest, heard.level(tone));
    }
    assertThat(heard.loudestBeside(tones)).isLessThan(faintest * NOTHING);
  }

  private static List<EncodedFrame> voice(int tone) {
    return VOICES.getOrDefault(tone, List.of());
  }

  private static Map<Integer, List<EncodedFrame>> voices() {
    Map<Integer, List<EncodedFrame>> voices = new HashMap<>();
    for (int tone : new int[] {MASTER, ANN, BOB, CYD}) {
      voices.put(tone, Speech.tone(tone, LONG));
    }
    return voices;
  }
}
