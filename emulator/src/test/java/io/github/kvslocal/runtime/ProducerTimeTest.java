package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.recording.FragmentMetadata;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Where a recording begins in policy time (ListFragments API page, ProducerTimestamp). */
class ProducerTimeTest {
  private final TestWorld world = new TestWorld();
  private final OddMaster master = new OddMaster(world);

  @Test
  void mediaThatBeginsLongAfterTheConnectionIsTimedFromItsFirstFrame() {
    Instant connected = master.connect().start();

    master.pictures(10_000, 13_000, true).leave();

    assertThat(master.fragments())
        .extracting(FragmentMetadata::producerTime)
        .containsExactly(connected.plusSeconds(10));
  }

  @Test
  void soundBeforeTheFirstKeyFrameIsTimedFromItself() {
    Instant connected = master.connect().start();
    master.sound(3_000, "78010203").sound(3_020, "78010203").sound(3_040, "78010203");

    master.leave();

    assertThat(master.fragments())
        .extracting(FragmentMetadata::producerTime)
        .containsExactly(connected.plusSeconds(3));
  }

  @Test
  void serverNeverHasAFragmentBeforeItsMediaHasPassed() {
    master.connect();
    for (int millis = 5_000; millis < 20_000; millis += 1_000) {
      master.pictures(millis, millis + 1_000, true);
    }

    master.leave();

    assertThat(master.fragments())
        .hasSizeGreaterThan(3)
        .allSatisfy(
            fragment ->
                assertThat(fragment.serverTime())
                    .isBetween(
                        fragment.producerTime().plus(fragment.duration()).minusMillis(100),
                        fragment.producerTime().plus(fragment.duration()).plusSeconds(6)));
  }

  @Test
  void mediaElapsesByTheSendersTimestampsAndNotByItsArrival() {
    master.connect().pictures(0, 2_000, true);
    world.loop.advance(Duration.ofMillis(700));
    master.pictures(2_000, 4_000, true).leave();

    assertThat(master.fragments())
        .extracting(FragmentMetadata::producerTime)
        .containsExactly(master.start(), master.start().plusSeconds(2));
  }
}
