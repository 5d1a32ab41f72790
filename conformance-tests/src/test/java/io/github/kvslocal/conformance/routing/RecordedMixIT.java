package io.github.kvslocal.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kvslocal.conformance.browser.BrowserParticipant;
import io.github.kvslocal.conformance.browser.BrowserParticipant.Joining;
import io.github.kvslocal.conformance.browser.BrowserRoom;
import io.github.kvslocal.conformance.browser.SentMedia.Pair;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.recording.RecordedSound;
import io.github.kvslocal.conformance.recording.RecordingAnalysis;
import io.github.kvslocal.conformance.recording.RecordingAnalysis.Flash;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording whose sound is first the master's own and then, from when a viewer talks, the mix.
 * How far apart the browser's camera and microphone are by themselves is measured in its page.
 */
@NeedsClient({
  Client.EMULATOR,
  Client.CHROMIUM,
  Client.NODE,
  Client.NPM,
  Client.FFMPEG,
  Client.CERTUTIL
})
class RecordedMixIT {
  private static final String CHANNEL = "studio";
  private static final int OF_VIEWER = 2_903;
  private static final int SECONDS_EACH = 11;

  /** Of sound and of flashes, of each part; connecting takes some of it. */
  private static final int AT_LEAST = 6;

  /** What is quieter than the loudest tone by this much is the codecs' noise. */
  private static final double DECIBELS = 40;

  /** In hertz: a viewer whose clock is caught up with wavers. */
  private static final int NEAR = 5;

  private static final int CLIP_SECONDS = 45;

  /** In seconds. */
  private static final double IN_SYNC = 0.080;

  @Test
  void masterSoundStaysWithThePictureBeforeAndInTheMix(@TempDir Path folder) throws Exception {
    Clip clip = Clip.make(Path.of("target/clip").toAbsolutePath(), CLIP_SECONDS);
    List<Pair> own;
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL)) {
      try (BrowserRoom camera =
              BrowserRoom.playing(folder.resolve("camera"), emulator.authority(), clip);
          BrowserRoom viewer = BrowserRoom.open(folder.resolve("viewer"), emulator.authority())) {
        BrowserParticipant master = camera.participant("master");
        master.join(
            Joining.asMaster(emulator.endpoint(), CHANNEL)
                .withCamera()
                .withMicrophone()
                .observed());
        TimeUnit.SECONDS.sleep(SECONDS_EACH);
        viewer
            .participant("ann")
            .join(Joining.asViewer(emulator.endpoint(), CHANNEL, "ann").withTone(OF_VIEWER));
        TimeUnit.SECONDS.sleep(SECONDS_EACH);
        own = master.pairs();
        master.leave();
      }
      emulator.stop();

      Path file = emulator.export(CHANNEL, folder.resolve("studio.mkv"));
      RecordingAnalysis recorded = RecordingAnalysis.of(file);
      List<Boolean> mixed = RecordedSound.bySecond(file).stream().map(this::holdsViewer).toList();
      int begin = mixed.indexOf(true);
      System.err.printf("%s%n%s%n%s%n", recorded.flashes(), own, mixed);

      assertThat(recorded.complaints()).isEmpty();
      assertThat(begin).isGreaterThanOrEqualTo(AT_LEAST);
      assertThat(mixed.subList(begin, mixed.size() - 2))
          .hasSizeGreaterThanOrEqualTo(AT_LEAST)
          .containsOnly(true);
      List<Flash> before = recorded.flashes().stream().filter(it -> it.at() < begin).toList();
      List<Flash> after = recorded.flashes().stream().filter(it -> it.at() > begin + 1).toList();
      assertThatSoundIsWithThePicture(before, own);
      assertThatSoundIsWithThePicture(after, own);
    }
  }

  private boolean holdsViewer(byte[] second) {
    return Spectrum.of(second).tones(DECIBELS).stream()
        .anyMatch(tone -> Math.abs(tone.frequency() - OF_VIEWER) <= NEAR);
  }

  private static void assertThatSoundIsWithThePicture(List<Flash> flashes, List<Pair> own) {
    List<Double> apart = flashes.stream().flatMap(flash -> apart(flash, own)).toList();
    System.err.println(apart);
    assertThat(apart)
        .hasSizeGreaterThanOrEqualTo(AT_LEAST / 3)
        .allSatisfy(each -> assertThat(each).isCloseTo(0, within(IN_SYNC)));
  }

  /**
   * How much further from its beep a flash is in the recording than in the page, in seconds; none
   * if one of them lost its first picture.
   */
  private static Stream<Double> apart(Flash flash, List<Pair> own) {
    return own.stream()
        .filter(pair -> pair.frame() == flash.frame())
        .map(pair -> flash.offset() - pair.offsetMs() / 1_000)
        .limit(1);
  }
}
