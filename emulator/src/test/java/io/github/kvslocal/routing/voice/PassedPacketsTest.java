package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.Scene.ANN;
import static io.github.kvslocal.routing.voice.Scene.BEN;
import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which packets of a lone talker are passed on untouched. */
class PassedPacketsTest {
  private final Scene scene = new Scene(new LevelOpus());

  @Test
  void packetsThatCannotBeSentAreEncodedAnew() {
    scene.join(MASTER, ANN);
    scene.speaks(MASTER, number -> LevelOpus.packetOfBytes(1_275, 1_000));

    scene.run(SECOND);

    assertThat(scene.heardBy(ANN)).hasSizeGreaterThan(45);
    assertThat(scene.heardBy(ANN)).allMatch(frame -> frame.size() <= 1_200);
    assertThat(scene.levelHeardBy(ANN)).isEqualTo(1_000);
  }

  @Test
  void packetsThatJustFitArePassedOn() {
    scene.join(MASTER, ANN);
    scene.speaks(MASTER, number -> LevelOpus.packetOfBytes(1_200, 1_000));

    scene.run(SECOND);

    assertThat(scene.heardBy(ANN)).hasSizeGreaterThan(45);
    assertThat(scene.heardBy(ANN)).allMatch(frame -> frame.size() == 1_200);
  }

  @Test
  void oneLargePacketNowAndThenIsNoReasonToGoToAndFro() {
    scene.join(MASTER, ANN);
    scene.speaks(
        MASTER, number -> LevelOpus.packetOfBytes(number % 30 == 29 ? 1_250 : 1_100, 1_000));
    scene.run(2 * SECOND);
    scene.forget();

    scene.run(4 * SECOND);

    assertThat(scene.heardBy(ANN)).allMatch(frame -> frame.size() < 10);
  }

  @Test
  void loneTalkerIsPassedOnAgainOnceHeIsQuiet() {
    scene.join(MASTER, ANN, BEN);
    scene.speaks(MASTER, number -> LevelOpus.packetOfBytes(50, number < 250 ? 1_000 : 0));
    Scene.Speaker ann = scene.speaks(ANN, 200);
    scene.run(2 * SECOND);
    ann.stops();
    scene.run(2 * SECOND);
    assertThat(scene.heardBy(BEN)).last().satisfies(last -> assertThat(last.size()).isEqualTo(3));

    scene.run(2 * SECOND);

    assertThat(scene.heardBy(BEN)).last().satisfies(last -> assertThat(last.size()).isEqualTo(50));
  }

  @Test
  void loneTalkerWhoIsNeverQuietIsPassedOnInTheEnd() {
    scene.join(MASTER, ANN, BEN);
    scene.speaks(MASTER, number -> LevelOpus.packetOfBytes(50, 1_000));
    Scene.Speaker ann = scene.speaks(ANN, 200);
    scene.run(2 * SECOND);
    ann.stops();

    scene.run(12 * SECOND);

    assertThat(scene.heardBy(BEN)).last().satisfies(last -> assertThat(last.size()).isEqualTo(50));
  }
}
