package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.Scene.ANN;
import static io.github.kvslocal.routing.voice.Scene.BEN;
import static io.github.kvslocal.routing.voice.Scene.EVE;
import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.MS;
import static io.github.kvslocal.routing.voice.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.util.List;
import org.junit.jupiter.api.Test;

class VoiceRoomTest {
  private final LevelOpus codec = new LevelOpus();
  private final Scene scene = new Scene(codec);

  @Test
  void everybodyHearsEverybodyElseAndNobodyHimself() {
    scene.join(MASTER, ANN, BEN, EVE);
    scene.speaks(MASTER, 1_000);
    scene.speaks(ANN, 200);
    scene.speaks(BEN, 30);

    scene.run(SECOND);

    assertThat(scene.levelHeardBy(MASTER)).isEqualTo(230);
    assertThat(scene.levelHeardBy(ANN)).isEqualTo(1_030);
    assertThat(scene.levelHeardBy(BEN)).isEqualTo(1_200);
    assertThat(scene.levelHeardBy(EVE)).isEqualTo(1_230);
    assertThat(scene.recorded).last().satisfies(f -> assertThat(Scene.level(f)).isEqualTo(1_230));
  }

  @Test
  void viewersHearNothingWhileThereIsNoMaster() {
    scene.join(ANN, BEN);
    scene.speaks(ANN, 200);
    scene.speaks(BEN, 30);

    scene.run(SECOND);

    assertThat(scene.heard).isEmpty();
    assertThat(scene.recorded).isEmpty();
    assertThat(scene.notes).isEmpty();
    assertThat(scene.room.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void viewersHearEachOtherAsLongAsTheMasterIsThereThoughHeIsSilent() {
    scene.join(MASTER, ANN, BEN);
    scene.speaks(ANN, 200);
    scene.run(SECOND);
    assertThat(scene.levelHeardBy(BEN)).isEqualTo(200);
    scene.room.leave(MASTER, scene.now);
    scene.forget();

    scene.run(SECOND);

    assertThat(scene.heard).isEmpty();
    assertThat(scene.notes).containsExactly("mix begins", "mix ends");
  }

  @Test
  void viewersGoOnWithTheNextMaster() {
    scene.join(MASTER, ANN, BEN);
    Scene.Speaker first = scene.speaks(MASTER, 1_000);
    scene.speaks(BEN, 30);
    scene.run(SECOND);
    first.stops();
    scene.join(MASTER);
    scene.speaks(MASTER, 4_000);

    scene.run(SECOND);

    assertThat(scene.levelHeardBy(ANN)).isEqualTo(4_030);
    assertThat(scene.notes).containsExactly("mix begins", "mix ends", "mix begins");
    assertThatTimesAreOnOneBeat(scene.heardBy(ANN));
  }

  @Test
  void loneTalkerIsPassedOnUntouched() {
    scene.join(MASTER, ANN, BEN);
    Scene.Speaker master = scene.speaks(MASTER, number -> LevelOpus.packet(number));

    scene.run(SECOND);

    List<byte[]> heard = scene.heardBy(ANN).stream().map(Scene::bytes).toList();
    assertThat(heard).hasSizeGreaterThan(45);
    assertThat(heard)
        .containsExactlyElementsOf(
            master.sent.stream().map(Scene::bytes).limit(heard.size()).toList());
    assertThat(scene.heardBy(BEN)).isEqualTo(scene.heardBy(ANN));
    assertThat(scene.heardBy(MASTER)).isEmpty();
    assertThat(codec.decoders).isZero();
    assertThat(codec.encoders).isZero();
  }

  @Test
  void decoderHearsTheLastPacketsBeforeAVoiceEntersTheMix() {
    scene.join(MASTER, ANN, BEN);
    scene.speaks(MASTER, 1_000);
    scene.run(SECOND);
    scene.speaks(ANN, 200);

    scene.run(300 * MS);

    long mixed = scene.room.statistics().encoded();
    assertThat(scene.levelHeardBy(BEN)).isEqualTo(1_200);
    assertThat(codec.decoded).isGreaterThan((int) mixed + 3);
  }

  @Test
  void silentListenersShareOneEncoding() {
    scene.join(MASTER, ANN, BEN, EVE);
    scene.speaks(MASTER, 1_000);
    scene.speaks(ANN, 200);

    scene.run(SECOND);

    assertThat(codec.encoders).isEqualTo(1);
    assertThat(scene.heardBy(BEN)).isEqualTo(scene.heardBy(EVE)).isNotEmpty();
  }

  @Test
  void whoDoesNotListenCostsNothing() {
    Scene masterOnly = new Scene(codec, false);
    masterOnly.room.join(MASTER, false, masterOnly.now);
    masterOnly.room.join(ANN, false, masterOnly.now);
    masterOnly.speaks(MASTER, 1_000);
    masterOnly.speaks(ANN, 200);

    masterOnly.run(SECOND);

    assertThat(masterOnly.heard).isEmpty();
    assertThat(masterOnly.room.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(codec.decoders + codec.encoders).isZero();
  }

  @Test
  void roomIsIdleASecondAfterTheLastPacket() {
    scene.join(MASTER, ANN);
    Scene.Speaker ann = scene.speaks(ANN, 200);
    scene.run(SECOND);
    ann.stops();

    scene.run(SECOND + 40 * MS);

    assertThat(scene.room.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(scene.notes).containsExactly("mix begins", "mix ends");
  }

  @Test
  void timesStayOnOneBeatWhoeverComesAndGoes() {
    scene.join(MASTER, ANN, BEN);
    scene.speaks(MASTER, 1_000);
    scene.run(990 * MS);
    Scene.Speaker ben = scene.speaks(BEN, 30);
    scene.run(777 * MS);
    ben.stops();
    scene.run(2_345 * MS);
    scene.join(EVE);
    scene.speaks(EVE, 5);
    scene.run(SECOND);

    List<EncodedFrame> heard = scene.heardBy(ANN);

    assertThatTimesAreOnOneBeat(heard);
    assertThat(heard).hasSizeGreaterThan(245);
  }

  @Test
  void lateOwnerCatchesUpButNotWithoutEnd() {
    scene.join(MASTER, ANN);
    scene.speaks(MASTER, 1_000);
    scene.run(SECOND);
    int before = scene.heardBy(ANN).size();

    scene.now += 600 * MS;
    scene.room.poll(scene.now);

    assertThat(scene.heardBy(ANN).size() - before).isBetween(1, 6);
    assertThat(scene.room.nextDeadline()).isGreaterThan(scene.now);
    assertThatTimesAreOnOneBeat(scene.heardBy(ANN));
  }

  @Test
  void packetsOfAnyLengthAreHeard() {
    scene.join(MASTER, ANN, BEN);
    scene.speaks(ANN, number -> LevelOpus.packetOfTens(1, 200)).packetMillis(10);
    scene.speaks(BEN, number -> LevelOpus.packetOfTens(3, 30)).packetMillis(30);

    scene.run(2 * SECOND);

    assertThat(scene.levelHeardBy(MASTER)).isEqualTo(230);
    assertThat(scene.levelHeardBy(ANN)).isEqualTo(30);
    assertThat(scene.levelHeardBy(BEN)).isEqualTo(200);
    assertThat(scene.heardBy(MASTER)).hasSizeGreaterThan(90);
    assertThat(scene.room.statistics().concealed()).isLessThan(4);
  }

  @Test
  void strangersAreIgnored() {
    scene.join(MASTER, ANN);
    scene.speaks(BEN, 30);

    scene.run(SECOND);

    assertThat(scene.heard).isEmpty();
  }

  @Test
  void packetsThatAreNoOpusAreCounted() {
    scene.join(MASTER, ANN);
    EncodedFrame none = new EncodedFrame(Track.AUDIO, MediaTime.ZERO, true, new byte[0]);

    scene.room.push(MASTER, none, scene.now);

    assertThat(scene.room.statistics().malformed()).isEqualTo(1);
  }

  @Test
  void fourAtFullScaleAreTurnedDownAndNotClipped() {
    scene.join(MASTER, ANN, BEN, EVE);
    scene.speaks(MASTER, 32_000);
    scene.speaks(ANN, 32_000);
    scene.speaks(BEN, 32_000);
    scene.speaks(EVE, 32_000);

    scene.run(SECOND);

    assertThat(scene.levelHeardBy(MASTER)).isBetween(31_000, Limiter.CEILING);
    assertThat(scene.recorded).allSatisfy(f -> assertThat(Scene.level(f)).isPositive());
  }

  @Test
  void mixIsTimedByTheMastersVoiceInIt() {
    scene.join(MASTER, ANN);
    Scene.Speaker master = scene.speaks(MASTER, number -> LevelOpus.packet(number));
    scene.run(SECOND);
    scene.speaks(ANN, 0).delays(number -> number % 7 * 10L * MS);

    scene.run(SECOND);

    assertThat(scene.recorded).hasSizeGreaterThan(45);
    for (EncodedFrame frame : scene.recorded) {
      assertThat(frame.time()).isEqualTo(master.sent.get(Scene.level(frame)).time());
    }
  }

  @Test
  void hourOfUnequalClocksDriftsNowhere() {
    scene.join(MASTER, ANN, BEN);
    scene.speaks(MASTER, 1_000).faster(-0.005);
    scene.speaks(ANN, 200).faster(0.005);

    for (int minute = 0; minute < 60; minute++) {
      scene.forget();
      scene.run(60 * SECOND);
    }

    VoiceStatistics statistics = scene.room.statistics();
    assertThat(scene.heardBy(BEN)).hasSizeBetween(2_999, 3_001);
    assertThat(scene.levelHeardBy(BEN)).isEqualTo(1_200);
    assertThat(statistics.late()).isZero();
    assertThat(statistics.dropped()).isBetween(895L, 905L);
    assertThat(statistics.concealed()).isBetween(895L, 905L);
    // after an hour the clocks are 18 s apart
    assertThat(scene.room.delay(MASTER)).isBetween(18 * SECOND, 18 * SECOND + 100 * MS);
    assertThat(scene.room.delay(ANN)).isBetween(-18 * SECOND, -18 * SECOND + 100 * MS);
  }

  private static void assertThatTimesAreOnOneBeat(List<EncodedFrame> frames) {
    long last = Long.MIN_VALUE;
    for (EncodedFrame frame : frames) {
      assertThat(frame.time().nanos()).isGreaterThan(last);
      assertThat(frame.time().nanos() % PcmFrame.NANOS).isZero();
      last = frame.time().nanos();
    }
  }
}
