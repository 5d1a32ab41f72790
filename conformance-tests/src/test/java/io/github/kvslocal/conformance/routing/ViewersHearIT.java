package io.github.kvslocal.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.browser.BrowserParticipant;
import io.github.kvslocal.conformance.browser.BrowserParticipant.Joining;
import io.github.kvslocal.conformance.browser.BrowserRoom;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.recording.RecordedSound;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.conformance.routing.Spectrum.Tone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who hears whom: the master and two viewers each send a tone of their own, a third viewer is
 * silent. A spectrum of what each one hears shows whose tones are in it. The tones do not repeat
 * with the 20 ms of a packet, so that what a codec does wrong lies elsewhere.
 */
@NeedsClient({
  Client.EMULATOR,
  Client.CHROMIUM,
  Client.NODE,
  Client.NPM,
  Client.FFMPEG,
  Client.CERTUTIL
})
class ViewersHearIT {
  private static final String CHANNEL = "hall";
  private static final int OF_MASTER = 437;
  private static final int OF_ANN = 1_013;
  private static final int OF_BOB = 1_787;
  private static final int SECONDS = 14;
  private static final int HEARD = 10;

  /** What is quieter than the loudest tone by this much is the codecs' noise. */
  private static final double DECIBELS = 40;

  /**
   * In hertz. A late packet makes those who play it stretch what they have, by a period of the tone
   * more or less: that is noise beside the tone, and nobody else's voice.
   */
  private static final int WAVERING = 60;

  private static final int CLIP_SECONDS = 45;

  private static final Map<String, List<Tone>> HEARD_BY = new LinkedHashMap<>();

  /** By how many decibels one's own tone is quieter than what one hears, at its loudest moment. */
  private static final Map<String, Double> OWN = new LinkedHashMap<>();

  @BeforeAll
  static void playOneSession(@TempDir Path folder) throws Exception {
    Clip clip = Clip.make(Path.of("target/clip").toAbsolutePath(), CLIP_SECONDS);
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL)) {
      try (BrowserRoom camera =
              BrowserRoom.playing(folder.resolve("camera"), emulator.authority(), clip);
          BrowserRoom viewers = BrowserRoom.open(folder.resolve("viewers"), emulator.authority())) {
        BrowserParticipant master = camera.participant("master");
        BrowserParticipant ann = viewers.participant("ann");
        BrowserParticipant bob = viewers.participant("bob");
        BrowserParticipant cyd = viewers.participant("cyd");
        master.join(
            Joining.asMaster(emulator.endpoint(), CHANNEL).withCamera().withTone(OF_MASTER));
        ann.join(Joining.asViewer(emulator.endpoint(), CHANNEL, "ann").withTone(OF_ANN));
        bob.join(Joining.asViewer(emulator.endpoint(), CHANNEL, "bob").withTone(OF_BOB));
        cyd.join(Joining.asViewer(emulator.endpoint(), CHANNEL, "cyd"));
        // What is heard lasts as long as it lasts.
        TimeUnit.SECONDS.sleep(SECONDS);
        HEARD_BY.put("master", tones(master));
        HEARD_BY.put("ann", tones(ann));
        HEARD_BY.put("bob", tones(bob));
        HEARD_BY.put("cyd", tones(cyd));
        OWN.put("master", own(master, OF_MASTER));
        OWN.put("ann", own(ann, OF_ANN));
        OWN.put("bob", own(bob, OF_BOB));
      }
      emulator.stop();
      byte[] stored =
          RecordedSound.beforeTheEnd(emulator.export(CHANNEL, folder.resolve("hall.mkv")), HEARD);
      HEARD_BY.put("recording", Spectrum.of(stored).tones(DECIBELS));
    }
    System.err.println("heard by " + HEARD_BY + ", distance of one's own " + OWN);
  }

  private static List<Tone> tones(BrowserParticipant listener) {
    return listener.heard(HEARD).map(Spectrum::of).map(it -> it.tones(DECIBELS)).orElse(List.of());
  }

  private static double own(BrowserParticipant listener, int tone) {
    return listener.heard(HEARD).map(Spectrum::of).orElseThrow().distanceAtWorst(tone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"master", "ann", "bob"})
  void nobodyHearsHimselfForAMoment(String who) {
    assertThat(OWN).hasEntrySatisfying(who, below -> assertThat(below).isGreaterThan(DECIBELS));
  }

  @ParameterizedTest
  @CsvSource({
    "master, 1013 1787",
    "ann, 437 1787",
    "bob, 437 1013",
    "cyd, 437 1013 1787",
    "recording, 437 1013 1787"
  })
  void everyOneHearsAllTheOthersAndNothingElse(String who, String expected) {
    assertThat(HEARD_BY).containsKey(who);
    List<Tone> heard = HEARD_BY.getOrDefault(who, List.of());
    List<Integer> tones = new ArrayList<>();
    for (String tone : expected.split(" ", -1)) {
      tones.add(Integer.valueOf(tone));
    }
    assertThat(tones)
        .allSatisfy(
            tone -> assertThat(heard).anyMatch(each -> Math.abs(each.frequency() - tone) <= 1));
    assertThat(heard)
        .allSatisfy(
            each ->
                assertThat(tones).anyMatch(tone -> Math.abs(each.frequency() - tone) <= WAVERING));
  }
}
