package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.Scene.ANN;
import static io.github.kvslocal.routing.voice.Scene.BEN;
import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What somebody hears who begins to talk and stops while others go on. */
class TalkingListenerTest {
  /** Of the master's packets, unlike what is encoded anew. */
  private static final int PASSED_SIZE = 50;

  private static final int ENCODED_SIZE = 3;

  @Test
  void goesOnHearingALoneTalkersPacketsWhenHeStops() {
    Scene scene = new Scene(new LevelOpus());
    scene.join(MASTER, ANN, BEN);
    scene.speaks(MASTER, number -> LevelOpus.packetOfBytes(PASSED_SIZE, 1_000));
    Scene.Speaker ann = scene.speaks(ANN, 200);
    scene.run(2 * SECOND);
    ann.stops();

    scene.run(13 * SECOND);

    assertThat(scene.heardBy(ANN)).hasSizeGreaterThan(700);
    assertThat(scene.heardBy(ANN)).allMatch(frame -> frame.size() == PASSED_SIZE);
  }

  @Test
  void goesOnHearingAnEncodingWhenHeBegins() {
    Scene scene = new Scene(new LevelOpus());
    scene.join(MASTER, ANN, BEN);
    scene.speaks(MASTER, number -> LevelOpus.packetOfBytes(PASSED_SIZE, 1_000));
    Scene.Speaker ann = scene.speaks(ANN, 200);
    scene.run(2 * SECOND);
    ann.stops();
    scene.run(3 * SECOND);
    scene.forget();
    scene.speaks(BEN, 30);

    scene.run(3 * SECOND);

    assertThat(scene.heardBy(BEN)).hasSizeGreaterThan(145);
    assertThat(scene.heardBy(BEN)).allMatch(frame -> frame.size() == ENCODED_SIZE);
  }

  @Test
  void sharesTheEncodingOfAllAgainSoonAfterHeStops() {
    LevelOpus codec = new LevelOpus();
    Scene scene = new Scene(codec);
    scene.join(MASTER, ANN, BEN);
    scene.speaks(MASTER, 1_000);
    scene.speaks(BEN, 30);
    Scene.Speaker ann = scene.speaks(ANN, 200);
    scene.run(2 * SECOND);
    ann.stops();
    scene.run(2 * SECOND);
    long before = scene.room.statistics().encoded();

    scene.run(SECOND);

    // for Ben, and for Ann and the recording; Ben is quiet, so that the master gets his packets
    assertThat(scene.room.statistics().encoded() - before).isEqualTo(2 * 50);
    assertThat(scene.levelHeardBy(ANN)).isEqualTo(1_030);
  }
}
