package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.RecordedScene.MIX;
import static io.github.kvslocal.routing.voice.Scene.ANN;
import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.MS;
import static io.github.kvslocal.routing.voice.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the frames of the mix were, by a room and the recording behind it. */
class RecordedTimesTest {
  private static final long IN_STEP = 40 * MS;

  /** Numbers of packets are levels, which have an end. */
  private static final int ROUND = 30_000;

  private static final long PICTURE = SECOND / 15;

  private final RecordedScene recorded = new RecordedScene();
  private final Scene scene = recorded.scene;

  @Test
  void viewersSpeechIsStoredWholeBesideAMasterOfFewPackets() {
    scene.join(MASTER, ANN);
    recorded.masterSpeaks().loses(number -> number % 150 >= 50 && number % 20 != 0);
    scene.run(1_234 * MS);
    scene.speaks(ANN, MIX);
    scene.run(20 * SECOND);
    recorded.sound.finish();

    List<EncodedFrame> mix = recorded.stored.stream().filter(RecordedScene::isMix).toList();
    assertThat(recorded.sound.discarded()).isLessThanOrEqualTo(5);
    assertThat(mix).hasSizeGreaterThan(990);
    for (int i = 1; i < mix.size(); i++) {
      assertThat(mix.get(i).time().nanos() - mix.get(i - 1).time().nanos())
          .as("frame %d", i)
          .isEqualTo(PcmFrame.NANOS);
    }
  }

  @Test
  void viewersSpeechIsStoredWholeBesideAMasterWhosePacketsComeUnevenly() {
    scene.join(MASTER, ANN);
    recorded.masterSpeaks().delays(number -> number * 7_919 % 600 == 0 ? 90 * MS : 0L);
    scene.run(SECOND);
    scene.speaks(ANN, MIX);
    scene.run(60 * SECOND);
    recorded.sound.finish();

    List<EncodedFrame> mix = recorded.stored.stream().filter(RecordedScene::isMix).toList();
    assertThat(mix).hasSizeGreaterThan(2_980);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-100e-6, 100e-6, -0.002, 0.002})
  void anHourWithoutTheMastersSoundIsInStepWithHisPictures(double pace) {
    scene.join(MASTER, ANN);
    scene.speaks(ANN, RecordedTimesTest::numbered);

    assertThatHourIsInStep(pace, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-100e-6, 100e-6, -0.002, 0.002})
  void anHourWithTheMastersSoundAndOneWithoutAreInStepWithHisPictures(double pace) {
    scene.join(MASTER, ANN);
    Scene.Speaker master = scene.speaks(MASTER, RecordedTimesTest::numbered).faster(pace);
    Scene.Speaker ann = scene.speaks(ANN, 0);
    assertThatHourIsInStep(pace, pace, 0);

    master.stops();
    ann.stops();
    scene.run(2 * SECOND);
    scene.forget();
    scene.speaks(ANN, number -> numbered(number + 3_602 * 50));
    assertThatHourIsInStep(pace, 0, 3_602 * SECOND);
  }

  /**
   * Whoever speaks in the mix numbers his packets: what was sent together with a picture is stored
   * with it, but for the time that voices are held.
   *
   * @param pace by how much the master's clock is faster than ours
   * @param speakersPace the same of who speaks
   * @param elapsed since the beginning
   */
  private void assertThatHourIsInStep(double pace, double speakersPace, long elapsed) {
    long begin = scene.now - elapsed;
    long end = begin + elapsed + 3_600 * SECOND;
    long picture = (long) Math.ceil(elapsed * (1 + pace) / PICTURE);
    while (scene.now < end) {
      scene.run(begin + (long) (picture * PICTURE / (1 + pace)) - scene.now);
      scene.room.picture(new MediaTime(begin - Scene.ORIGIN + picture * PICTURE), 0, scene.now);
      picture++;
      for (EncodedFrame frame : scene.recorded) {
        long sent = sentAt(Scene.level(frame), begin, speakersPace);
        double shown = begin - Scene.ORIGIN + (sent - begin) * (1 + pace);
        assertThat(frame.time().nanos() - shown).isBetween(-1.0 * IN_STEP, 1.0 * IN_STEP);
      }
      scene.forget();
    }
  }

  private static byte[] numbered(int number) {
    return LevelOpus.packet(number % ROUND);
  }

  private long sentAt(int number, long begin, double pace) {
    long newest = (long) ((scene.now - begin) * (1 + pace) / PcmFrame.NANOS);
    long whole = newest - Math.floorMod(newest - number, ROUND);
    return begin + (long) (whole * PcmFrame.NANOS / (1 + pace));
  }
}
