package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.rtp.JitterBuffer.Verdict;
import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.packet.SequenceNumber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JitterBufferTest {
  private static final long HOLD = 100;

  private final JitterBuffer buffer = new JitterBuffer(64, HOLD, 0);

  @Test
  void packetsInOrderDoNotWait() {
    push(5, 0);

    assertThat(poll(0)).containsExactly("5");
    assertThat(buffer.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_766, 32_768, 65_500, 65_534, 65_535})
  void disorderIsUndoneFromEveryStart(int start) {
    push(start, 0);
    List<Integer> steps = new ArrayList<>();
    for (int i = 1; i < 60; i++) {
      steps.add(i);
    }
    Collections.shuffle(steps, new Random(start));

    steps.forEach(step -> push(SequenceNumber.plus(start, step), 0));

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      expected.add(String.valueOf(SequenceNumber.plus(start, i)));
    }
    assertThat(poll(0)).isEqualTo(expected);
    assertThat(buffer.lost()).isZero();
  }

  @Test
  void missingPacketHoldsUpThoseBehindItAndThenIsAGap() {
    push(1, 0);
    push(4, 10);

    assertThat(poll(10)).containsExactly("1");
    assertThat(buffer.nextDeadline()).isEqualTo(110);
    assertThat(poll(109)).isEmpty();
    assertThat(poll(110)).containsExactly("gap 4");
    assertThat(buffer.lost()).isEqualTo(2);
  }

  @Test
  void eachMissingPacketHasItsOwnHold() {
    push(1, 0);
    push(3, 10);
    push(5, 50);

    assertThat(poll(110)).containsExactly("1", "gap 3");
    assertThat(poll(149)).isEmpty();
    assertThat(poll(150)).containsExactly("gap 5");
  }

  @Test
  void packetThatComesInTimeFillsItsPlace() {
    push(1, 0);
    push(3, 10);
    push(2, 90);

    assertThat(poll(200)).containsExactly("1", "2", "3");
  }

  @Test
  void duplicatesAndLatecomersAreToldApart() {
    push(1, 0);
    push(3, 0);
    assertThat(push(3, 0)).isEqualTo(Verdict.DUPLICATE);
    poll(HOLD);

    assertThat(push(1, HOLD)).isEqualTo(Verdict.DUPLICATE);
    assertThat(push(2, HOLD)).isEqualTo(Verdict.LATE);
  }

  @Test
  void strayPacketFarAwayIsDropped() {
    push(1, 0);

    assertThat(push(30_000, 0)).isEqualTo(Verdict.DISTANT);
    assertThat(push(2, 0)).isEqualTo(Verdict.QUEUED);
    assertThat(poll(0)).containsExactly("1", "2");
  }

  @Test
  void twoPacketsInARowFarAwayAreARestart() {
    push(30_000, 0);
    poll(0);

    push(10, 0);
    push(11, 0);
    push(12, 0);

    assertThat(poll(0)).containsExactly("gap 11", "12");
  }

  @Test
  void streamTooFastForItsSlotsGivesUpWhatIsMissing() {
    push(0, 0);
    poll(0);
    for (int i = 2; i < 65; i++) {
      push(i, 0);
    }

    assertThat(push(65, 0)).isEqualTo(Verdict.FULL);
    buffer.giveUp();

    assertThat(poll(0)).hasSize(63).startsWith("gap 2", "3").endsWith("64");
    assertThat(push(65, 0)).isEqualTo(Verdict.QUEUED);
  }

  @Test
  void flushWaitsForNothing() {
    push(1, 0);
    push(3, 0);

    List<String> flushed = new ArrayList<>();
    while (buffer.flush()) {
      flushed.add(name());
    }

    assertThat(flushed).containsExactly("1", "gap 3");
  }

  @Test
  void survivesAnySequenceOfNumbers() {
    Random random = new Random(5);
    int number = 0;
    long delivered = 0;
    for (int i = 0; i < 300_000; i++) {
      number =
          random.nextInt(500) == 0
              ? random.nextInt(65_536)
              : SequenceNumber.plus(number, random.nextInt(90) - 40);
      push(number, i);
      delivered += random.nextInt(3) == 0 ? poll(i).size() : 0;
    }

    assertThat(delivered).isPositive();
  }

  private Verdict push(int number, long now) {
    byte[] bytes = new byte[14];
    bytes[0] = (byte) 0x80;
    Bytes.put16(bytes, 2, number);
    RtpPacket packet = new RtpPacket();
    try {
      packet.parse(bytes, 0, bytes.length);
    } catch (MalformedPacketException impossible) {
      throw new AssertionError(impossible);
    }
    return buffer.push(packet, now);
  }

  private List<String> poll(long now) {
    List<String> delivered = new ArrayList<>();
    while (buffer.poll(now)) {
      delivered.add(name());
    }
    return delivered;
  }

  private String name() {
    return (buffer.gapBefore() ? "gap " : "") + buffer.packet().sequenceNumber();
  }
}
