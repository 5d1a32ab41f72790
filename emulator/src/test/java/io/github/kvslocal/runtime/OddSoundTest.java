package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opus as RFC 7587 allows it, from packets to fragments. */
class OddSoundTest {
  private final TestWorld world = new TestWorld();
  private final OddMaster master = new OddMaster(world);

  /** One packet of each length that RFC 6716 table 2 and its frame counts allow. */
  @ParameterizedTest
  @CsvSource({
    "80AA, 3",
    "88AA, 5",
    "90AA, 10",
    "98AA, 20",
    "08AA, 20",
    "10AA, 40",
    "18AA, 60",
    "99AAAA, 40",
    "9B03AAAAAA, 60",
    "9B04AAAAAAAA, 80",
    "9B05AAAAAAAAAA, 100",
    "1B02AAAA, 120",
  })
  void packetOfAnyLengthIsStoredAsItCame(String packet, int millis) {
    master.connect();
    for (int i = 0; i < 5; i++) {
      master.sound((long) i * millis, packet);
    }

    master.leave();

    assertThat(master.blocks(2)).hasSize(5).allSatisfy(block -> assertThat(block).endsWith(packet));
    assertThat(master.blocks(2))
        .extracting(OddMaster::millis)
        .containsExactly(0L, (long) millis, 2L * millis, 3L * millis, 4L * millis);
  }

  @Test
  void pauseOfASenderStaysAPauseInTime() {
    master.connect().sound(0, "78AA").sound(20, "78").sound(420, "78").sound(820, "78BB");

    master.leave();

    assertThat(master.blocks(2)).containsExactly("0 78AA", "20 78", "420 78", "820 78BB");
  }

  @Test
  void oneChannelAndTwoMayTakeTurns() {
    master.connect().sound(0, "78AA").sound(20, "7CBB").sound(40, "78CC");

    master.leave();

    assertThat(master.blocks(2)).containsExactly("0 78AA", "20 7CBB", "40 78CC");
    assertThat(master.files().get(0).track(2).orElseThrow().channels()).isEqualTo(2);
  }

  @Test
  void whatIsNoOpusIsCountedAndNeverStored() {
    master.connect().sound(0, "78AA").sound(20, "79BB").sound(40, "7B00").sound(60, "78CC");

    master.leave();

    assertThat(master.blocks(2)).containsExactly("0 78AA", "60 78CC");
    assertThat(world.detail("recording-ended"))
        .contains("1 packets unreadable, sound: Opus frames of one length do not fill their packet")
        .contains("1 packets unreadable, sound: Opus packet holds no frame or more than 120 ms")
        .contains("1 in the sound of 40 ms");
  }

  @Test
  void paddingWithoutSoundIsNothing() {
    master.connect().sound(0, "78AA").sound(20, "").sound(40, "78CC");

    master.leave();

    assertThat(master.blocks(2)).containsExactly("0 78AA", "40 78CC");
    assertThat(world.detail("recording-ended")).contains("; no gaps; ");
  }
}
