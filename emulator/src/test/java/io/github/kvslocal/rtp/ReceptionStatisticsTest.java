package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.rtcp.ReportBlock;
import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
  private static final long MILLI = 1_000_000;

  private final ReceptionStatistics statistics = new ReceptionStatistics(9, 48_000);

  @Test
  void perfectStreamHasNoLossAndNoJitterAcrossTheWrap() {
    for (int i = 0; i < 100; i++) {
      receive(65_500 + i, 960 * i, 20L * i);
    }

    ReportBlock block = statistics.report(2_000 * MILLI);

    assertThat(block).isEqualTo(new ReportBlock(9, 0, 0, 65_599, 0, 0, 0));
  }

  @Test
  void fractionIsOfTheIntervalAndTheTotalOfTheStream() {
    for (int i = 0; i < 100; i++) {
      if (i % 4 != 1) {
        receive(i, 960 * i, 20L * i);
      }
    }

    ReportBlock first = statistics.report(0);
    receive(100, 96_000, 2_000);
    ReportBlock second = statistics.report(0);

    assertThat(first.fractionLost()).isEqualTo(64);
    assertThat(first.cumulativeLost()).isEqualTo(25);
    assertThat(second.fractionLost()).isZero();
    assertThat(second.cumulativeLost()).isEqualTo(25);
  }

  @Test
  void jitterSettlesNearTheMeanDeviation() {
    for (int i = 0; i < 1_000; i++) {
      receive(i, 960 * i, 20L * i + (i % 2 == 0 ? 5 : 0));
    }

    assertThat(statistics.report(0).jitter()).isBetween(220L, 241L);
  }

  @Test
  void senderReportIsAnsweredWithItsAge() {
    receive(1, 0, 0);
    statistics.senderReport(0x1122_3344_5566_7788L, 1_000 * MILLI);

    ReportBlock block = statistics.report(1_500 * MILLI);

    assertThat(block.lastReport()).isEqualTo(0x3344_5566L);
    assertThat(block.delaySinceLastReport()).isEqualTo(32_768);
  }

  private void receive(int number, int timestamp, long millis) {
    byte[] bytes = new byte[12];
    bytes[0] = (byte) 0x80;
    Bytes.put16(bytes, 2, number);
    Bytes.put32(bytes, 4, timestamp);
    RtpPacket packet = new RtpPacket();
    try {
      packet.parse(bytes, 0, bytes.length);
    } catch (MalformedPacketException impossible) {
      throw new AssertionError(impossible);
    }
    statistics.received(packet, millis * MILLI);
  }
}
