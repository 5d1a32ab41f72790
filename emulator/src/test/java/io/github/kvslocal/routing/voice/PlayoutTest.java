package io.github.kvslocal.routing.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.routing.voice.Playout.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayoutTest {
  private static final long MS = 1_000_000L;
  private static final long FRAME = PcmFrame.NANOS;

  private final Playout playout = new Playout();
  private final List<Slot> slots = new ArrayList<>();
  private long at;

  @Test
  void packetsComeOutWholeAfterFortyMilliseconds() {
    push(0, 0);
    tick();
    push(FRAME, FRAME);
    tick();
    push(2 * FRAME, 2 * FRAME);
    tick();
    tick();

    assertThat(slots).containsExactly(Slot.SILENT, Slot.SILENT, Slot.PACKET, Slot.PACKET);
    assertThat(playout.slotStart()).isEqualTo(FRAME);
  }

  @Test
  void lostPacketIsConcealedAndTheNextIsInItsPlace() {
    for (int i = 0; i < 50; i++) {
      if (i != 20) {
        push(i * FRAME, i * FRAME);
      }
      tick();
    }

    assertThat(slots.subList(2, 50)).containsOnly(Slot.PACKET, Slot.GAP).containsOnlyOnce(Slot.GAP);
    assertThat(playout.slotStart()).isEqualTo(47 * FRAME);
  }

  @Test
  void packetAfterALostOneIsOfferedForItsRedundancy() {
    for (int i = 0; i < 23; i++) {
      if (i != 20) {
        push(i * FRAME, i * FRAME);
      }
      tick();
    }

    assertThat(playout.slot()).isEqualTo(Slot.GAP);
    assertThat(playout.afterGap()).isNotNull();
    assertThat(playout.afterGap().start()).isEqualTo(21 * FRAME);
  }

  @Test
  void gapIsConcealedForEightyMillisecondsAndThenSilent() {
    for (int i = 0; i < 10; i++) {
      push(i * FRAME, i * FRAME);
      tick();
    }
    slots.clear();
    for (int i = 0; i < 8; i++) {
      tick();
    }

    assertThat(slots)
        .containsExactly(
            Slot.PACKET,
            Slot.PACKET,
            Slot.GAP,
            Slot.GAP,
            Slot.GAP,
            Slot.GAP,
            Slot.SILENT,
            Slot.SILENT);
  }

  @Test
  void voiceThatReturnsFromDiscontinuousTransmissionBeginsAnew() {
    for (int i = 0; i < 10; i++) {
      push(i * FRAME, i * FRAME);
      tick();
    }
    for (int i = 0; i < 20; i++) {
      tick();
    }
    slots.clear();
    for (int i = 30; i < 40; i++) {
      push(i * FRAME, i * FRAME);
      tick();
    }

    assertThat(slots.subList(0, 2)).containsOnly(Slot.SILENT);
    assertThat(slots.subList(2, 10)).containsOnly(Slot.PACKET);
    assertThat(playout.slotStart()).isEqualTo(37 * FRAME);
  }

  @Test
  void packetThatIsLateWithinTheConcealmentIsStillPlayed() {
    List<Long> played = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      if (i < 20 || i >= 24) {
        push(i * FRAME, i * FRAME);
      } else if (i == 23) {
        for (int held = 20; held < 24; held++) {
          push(held * FRAME, i * FRAME);
        }
      }
      tick();
      if (playout.slot() == Slot.PACKET) {
        played.add(playout.slotStart() / FRAME);
      }
    }

    assertThat(played.subList(0, 60)).isEqualTo(firstNumbers(60));
    assertThat(playout.late()).isZero();
  }

  @Test
  void packetFromBeforeTheNewestIsLate() {
    push(FRAME, 0);
    push(0, 0);

    assertThat(playout.late()).isEqualTo(1);
  }

  @Test
  void delayGrowsWithJitterAndShrinksSlowly() {
    Random random = new Random(6);
    long arrival = 0;
    int number = 0;
    for (; number < 500; number++) {
      arrival = Math.max(arrival, number * FRAME + random.nextInt(120) * MS);
      push(number * FRAME, arrival);
    }
    long jittery = playout.target();
    for (; number < 700; number++) {
      push(number * FRAME, number * FRAME + 120 * MS);
    }
    long soon = playout.target();
    for (; number < 3_000; number++) {
      push(number * FRAME, number * FRAME + 120 * MS);
    }

    assertThat(jittery).isBetween(100 * MS, 140 * MS);
    assertThat(soon).isGreaterThan(jittery - 50 * MS);
    assertThat(playout.target()).isEqualTo(20 * MS);
  }

  @Test
  void delayNeverExceedsItsBound() {
    Random random = new Random(7);
    long arrival = 0;
    for (int number = 0; number < 500; number++) {
      arrival = Math.max(arrival, number * FRAME + random.nextInt(450) * MS);
      push(number * FRAME, arrival);
    }

    assertThat(playout.target()).isEqualTo(200 * MS);
  }

  @Test
  void floodIsBoundedAndCounted() {
    for (int i = 0; i < 100_000; i++) {
      push(i * FRAME, 0);
    }
    tick();

    assertThat(playout.dropped() + playout.late()).isGreaterThan(99_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.995, 0.99995, 1, 1.00005, 1.005})
  void hourOfAnotherClockKeepsTheDelay(double pace) {
    long number = 0;
    long most = 0;
    long least = Long.MAX_VALUE;
    for (int tick = 0; tick < 180_000; tick++) {
      while ((long) (number * FRAME / pace) <= at) {
        push(number * FRAME, (long) (number * FRAME / pace));
        number++;
      }
      tick();
      if (playout.slot() == Slot.PACKET) {
        long delay = at - FRAME - (long) (playout.slotStart() / pace);
        most = Math.max(most, delay);
        least = Math.min(least, delay);
      }
    }

    assertThat(most).isLessThan(100 * MS);
    assertThat(least).isNotNegative();
    long steps = Math.round(180_000 * Math.abs(pace - 1));
    assertThat(playout.dropped() + playout.concealed()).isBetween(steps - 3, steps + 3);
  }

  @Test
  void survivesAnyTimes() {
    Random random = new Random(8);
    long now = 0;
    long start = 0;
    for (int i = 0; i < 50_000; i++) {
      now += random.nextInt(40) * MS;
      int kind = random.nextInt(100);
      start = kind == 0 ? random.nextLong() >> 2 : start + random.nextInt(50) * MS;
      int samples = 120 << random.nextInt(6);
      playout.push(packet(start, samples), now);
      playout.tick(now, random.nextBoolean());

      assertThat(playout.slot() == Slot.PACKET).isEqualTo(playout.packet() != null);
    }

    assertThat(playout.ticks()).isGreaterThan(50_000);
  }

  private static List<Long> firstNumbers(long count) {
    List<Long> numbers = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private void push(long start, long now) {
    playout.push(packet(start, PcmFrame.SAMPLES), now);
  }

  private static VoicePacket packet(long start, int samples) {
    byte[] data = LevelOpus.packet(1);
    return new VoicePacket(
        new EncodedFrame(Track.AUDIO, new MediaTime(start), true, data), samples);
  }

  private void tick() {
    playout.tick(at, false);
    slots.add(playout.slot());
    at += FRAME;
  }
}
