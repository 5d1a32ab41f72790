package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveTimeTest {
  private static final long MILLI = 1_000_000;
  private static final int RATE = 90;

  private final LiveTime time = new LiveTime();
  private final StreamClock stream = new StreamClock(90_000);

  @Test
  void firstFrameIsAtItsArrivalAndFurtherOnesAsTheirTimestampsSay() {
    assertThat(place(5_000, -700)).isEqualTo(-700);

    assertThat(place(5_033, -500)).isEqualTo(-667);
    assertThat(place(5_067, -633)).isEqualTo(-633);
  }

  @Test
  void silenceIsAGapOfTheTimestamps() {
    assertThat(place(0, 100)).isEqualTo(100);

    assertThat(place(400, 560)).isEqualTo(500);
  }

  @Test
  void aClockThatRunsFastOrSlowIsFollowed() {
    place(0, 0);

    assertThat(place(1_005_000, 1_000_000)).isEqualTo(1_005_000);
  }

  @ParameterizedTest
  @CsvSource({"90000, 1040", "40, 1040", "-800000, 1040"})
  void timestampsThatRestartGoOnAtTheArrival(long ticks, long expected) {
    place(20_000, 1_000 - 10);
    place(20_010, 1_000);

    assertThat(place(ticks, 1_040)).isEqualTo(expected);
    assertThat(place(ticks + 33, 1_080)).isEqualTo(expected + 33);
  }

  @Test
  void anotherStreamGoesOnAtItsArrival() {
    place(20_000, 1_000);
    StreamClock other = new StreamClock(90_000);

    assertThat(time.place(other, 7 * RATE, 1_500 * MILLI) / MILLI).isEqualTo(1_500);
    assertThat(time.place(other, 40 * RATE, 1_500 * MILLI) / MILLI).isEqualTo(1_533);
  }

  @Test
  void whatIsPresentedBeforeItsPredecessorIsPutBehindIt() {
    place(0, 0);
    place(120, 0);

    assertThat(place(40, 40)).isEqualTo(121);
    assertThat(place(80, 80)).isEqualTo(122);
    assertThat(place(160, 160)).isEqualTo(160);
  }

  @Test
  void neverRunsBackwardsWhateverTheTimestampsAre() {
    Random random = new Random(5);
    long latest = Long.MIN_VALUE;
    long arrival = -3_000_000 * MILLI;
    StreamClock clock = stream;
    for (int i = 0; i < 100_000; i++) {
      arrival += random.nextInt(50) * MILLI;
      clock = random.nextInt(100) == 0 ? new StreamClock(48_000) : clock;
      long ticks = random.nextLong(-1L << 40, 1L << 40) >> random.nextInt(40);

      long placed = time.place(clock, ticks, arrival);

      assertThat(placed).isGreaterThan(latest);
      latest = placed;
    }
  }

  /** In milliseconds. */
  private long place(long millis, long arrival) {
    return time.place(stream, millis * RATE, arrival * MILLI) / MILLI;
  }
}
