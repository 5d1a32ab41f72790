package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * More talkers than can be mixed. Each one's level is a bit of its own, so that a sum tells who;
 * the viewers' are above what counts as silence.
 */
class CrowdTest {
  private static final int SPEECH = 80;
  private static final int SILENCE = 3;

  private final LevelOpus codec = new LevelOpus();
  private final Scene scene = new Scene(codec);

  @Test
  void theMasterAndThreeOthersAreHeardAtOnce() {
    crowd(8);
    scene.speaks(MASTER, 1);
    for (int i = 1; i <= 8; i++) {
      says(i, SPEECH);
    }

    scene.run(3 * SECOND);

    int sum = scene.levelHeardBy(viewer(8));
    assertThat(sum & 1).isOne();
    assertThat(Integer.bitCount(sum)).isEqualTo(4);
  }

  @Test
  void whoHasThePlaceHearsTheOthersAndNotHimself() {
    crowd(8);
    scene.speaks(MASTER, 1);
    for (int i = 1; i <= 8; i++) {
      says(i, SPEECH);
    }

    scene.run(3 * SECOND);

    int everybody = scene.levelHeardBy(viewer(8));
    assertThat(scene.levelHeardBy(MASTER)).isEqualTo(everybody - 1);
    for (int i = 1; i <= 8; i++) {
      assertThat(scene.levelHeardBy(viewer(i))).isEqualTo(everybody & ~bit(i));
    }
  }

  @Test
  void crowdCostsFourDecodersAndFiveEncoders() {
    crowd(8);
    scene.speaks(MASTER, 1);
    for (int i = 1; i <= 8; i++) {
      says(i, SPEECH);
    }
    scene.run(SECOND);
    long encodedBefore = scene.room.statistics().encoded();
    int decodedBefore = codec.decoded;

    scene.run(2 * SECOND);

    assertThat(codec.decoded - decodedBefore).isEqualTo(4 * 100);
    assertThat(scene.room.statistics().encoded() - encodedBefore).isEqualTo(5 * 100);
  }

  @Test
  void whoBeginsToSpeakIsHeardAndWhoIsSilentMakesRoom() {
    crowd(8);
    for (int i = 1; i <= 8; i++) {
      int talker = i;
      scene.speaks(
          viewer(i),
          number ->
              LevelOpus.packetOfBytes(
                  (number < 150) == (talker <= 4) ? SPEECH : SILENCE, bit(talker)));
    }
    scene.run(3 * SECOND);
    assertThat(scene.levelHeardBy(MASTER)).isEqualTo(bit(1) + bit(2) + bit(3) + bit(4));

    scene.run(3 * SECOND);

    assertThat(scene.levelHeardBy(MASTER)).isEqualTo(bit(5) + bit(6) + bit(7) + bit(8));
  }

  @Test
  void talkersOfEqualEffortDoNotTakeTurns() {
    crowd(8);
    Random random = new Random(5);
    for (int i = 1; i <= 8; i++) {
      int talker = i;
      scene.speaks(
          viewer(i), number -> LevelOpus.packetOfBytes(60 + random.nextInt(40), bit(talker)));
    }
    scene.run(2 * SECOND);
    scene.forget();

    scene.run(20 * SECOND);

    TreeSet<Integer> sums = new TreeSet<>();
    scene.heardBy(MASTER).forEach(frame -> sums.add(Scene.level(frame)));
    assertThat(sums).hasSize(1);
  }

  @Test
  void largePacketsOfSilenceGetNoPlaceForLong() {
    crowd(8);
    for (int i = 1; i <= 4; i++) {
      scene.speaks(viewer(i), number -> LevelOpus.packetOfBytes(1_000, 0));
    }
    for (int i = 5; i <= 8; i++) {
      says(i, SPEECH);
    }

    scene.run(12 * SECOND);

    List<Integer> voices = new ArrayList<>();
    scene.heardBy(MASTER).forEach(frame -> voices.add(Integer.bitCount(Scene.level(frame))));
    List<Integer> later = voices.subList(100, voices.size());
    long speech = later.stream().filter(count -> count >= 3).count();
    assertThat(speech).isGreaterThan(later.size() / 2);
  }

  @Test
  void whoIsNotHeardIsNotDecodedWhateverHisPackets() {
    crowd(8);
    byte[] packet = LevelOpus.longer(LevelOpus.packetOfTens(1, 500), SPEECH);
    for (int i = 1; i <= 8; i++) {
      scene.speaks(viewer(i), number -> packet).packetMillis(10);
    }
    scene.run(SECOND);
    int decodedBefore = codec.decoded;

    scene.run(2 * SECOND);

    assertThat(codec.decoded - decodedBefore).isEqualTo(2 * 4 * 100);
  }

  @Test
  void whoIsLeftOutIsToldSo() {
    crowd(8);
    scene.speaks(MASTER, 1);
    for (int i = 1; i <= 8; i++) {
      says(i, SPEECH);
    }
    scene.run(3 * SECOND);
    int everybody = scene.levelHeardBy(viewer(8));

    for (int i = 1; i <= 8; i++) {
      EncodedFrame next =
          new EncodedFrame(
              Track.AUDIO, new MediaTime(scene.now), true, LevelOpus.packetOfBytes(SPEECH, bit(i)));
      boolean heard = scene.room.push(viewer(i), next, scene.now);

      assertThat(heard).isEqualTo((everybody & bit(i)) != 0);
    }
  }

  @Test
  void voicesFadeWhereTheyChange() {
    crowd(6);
    for (int i = 1; i <= 6; i++) {
      int talker = i;
      scene.speaks(
          viewer(i),
          number ->
              LevelOpus.packetOfBytes((number < 150) == (talker <= 4) ? SPEECH : SILENCE, 5_000));
    }
    scene.run(6 * SECOND);

    // LevelOpus tells a frame by its first sample: full when it fades out, nothing when it fades in
    TreeSet<Integer> sums = new TreeSet<>();
    List<EncodedFrame> heard = scene.heardBy(MASTER);
    heard.subList(20, heard.size()).forEach(frame -> sums.add(Scene.level(frame)));
    assertThat(sums).containsExactly(15_000, 20_000);
  }

  private void crowd(int viewers) {
    scene.join(MASTER);
    for (int i = 1; i <= viewers; i++) {
      scene.join(viewer(i));
    }
  }

  private void says(int viewer, int size) {
    scene.speaks(viewer(viewer), number -> LevelOpus.packetOfBytes(size, bit(viewer)));
  }

  private static int bit(int viewer) {
    return 1 << (viewer + 6);
  }

  private static Participant viewer(int number) {
    return new Participant.Viewer(new ClientId("viewer-" + number));
  }
}
