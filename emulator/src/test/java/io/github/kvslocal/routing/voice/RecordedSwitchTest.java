package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.RecordedScene.MIX;
import static io.github.kvslocal.routing.voice.Scene.ANN;
import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.opus.OpusPacket;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the master's own packets and the mix meet. */
class RecordedSwitchTest {
  /** CELT, full band, 5 ms, one channel. */
  private static final int FIVE = 29 << 3;

  private final RecordedScene recorded = new RecordedScene();
  private final Scene scene = recorded.scene;

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 40, 60, 80, 100, 120})
  void nothingOfTheMasterIsLostWithPacketsOfAnyLength(int millis) throws Exception {
    scene.join(MASTER, ANN);
    Scene.Speaker master =
        recorded
            .masterSpeaks(number -> LevelOpus.packetOfTens(millis / 10, number % MIX))
            .packetMillis(millis);
    Random random = new Random(millis);
    for (int turn = 0; turn < 20; turn++) {
      scene.run(random.nextInt(3_000) * MS);
      Scene.Speaker ann = scene.speaks(ANN, MIX);
      scene.run(random.nextInt(2_000) * MS);
      ann.stops();
    }
    scene.run(2_500 * MS);
    scene.room.leave(MASTER, scene.now);
    recorded.sound.finish();

    long end = RecordedScene.onMedia(master.sent.get(0)).time().nanos();
    for (EncodedFrame frame : recorded.stored) {
      assertThat(frame.time().nanos()).isEqualTo(end);
      end += nanos(frame);
    }
    EncodedFrame last = master.sent.get(master.sent.size() - 1);
    assertThat(end).isEqualTo(RecordedScene.onMedia(last).time().nanos() + nanos(last));
    assertThat(recorded.stored).anyMatch(RecordedScene::isMix);
    // the first frames of each turn, while the viewer is not heard yet, and the rest of a packet
    assertThat(recorded.sound.discarded()).isLessThan(20L * (6 + 2 * millis / 20));
  }

  @Test
  void packetThatComesAfterTheMixOfItsBeginningIsPutBehindItAndNothingOverIt() {
    RecordedSound sound = recorded.sound;
    sound.mixBegins();
    sound.mixed(frame(0, LevelOpus.packet(MIX)));
    sound.mixEnds();

    sound.master(frame(5 * MS + RecordedScene.OFFSET, LevelOpus.packetOfTens(6, 1)));
    sound.mixBegins();
    sound.mixed(frame(76 * MS, LevelOpus.packet(MIX)));
    sound.finish();

    assertThat(recorded.stored)
        .extracting(stored -> stored.time().nanos() - RecordedScene.OFFSET)
        .containsExactly(0L, 20 * MS, 80 * MS);
  }

  @Test
  void mixFrameMovesToTheNearestOfShortPackets() {
    RecordedSound sound = recorded.sound;
    sound.mixBegins();
    for (int number = 0; number < 20; number++) {
      sound.master(
          frame(
              number * 5L * MS + RecordedScene.OFFSET, new byte[] {(byte) FIVE, 0, (byte) number}));
    }

    sound.mixed(frame(19 * MS, LevelOpus.packet(MIX)));

    List<EncodedFrame> mix = recorded.stored.stream().filter(RecordedScene::isMix).toList();
    assertThat(mix)
        .extracting(stored -> stored.time().nanos() - RecordedScene.OFFSET)
        .containsExactly(20 * MS);
  }

  private static EncodedFrame frame(long nanos, byte[] packet) {
    return new EncodedFrame(Track.AUDIO, new MediaTime(nanos), true, packet);
  }

  private static long nanos(EncodedFrame frame) throws Exception {
    byte[] packet = Scene.bytes(frame);
    return OpusPacket.duration(packet, 0, packet.length).toNanos();
  }
}
