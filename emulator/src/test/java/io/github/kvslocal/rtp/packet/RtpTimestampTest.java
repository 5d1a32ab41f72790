package io.github.kvslocal.rtp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RtpTimestampTest {
  @Test
  void unwrappingCountsOnPastTheWrapAndBack() {
    long before = 0xFFFF_FFF0L;

    long after = RtpTimestamp.unwrap(before, 0x10);

    assertThat(after).isEqualTo(0x1_0000_0010L);
    assertThat(RtpTimestamp.unwrap(after, 0xFFFF_FFF0)).isEqualTo(before);
  }

  @Test
  void ticksBecomeNanosecondsAndBack() {
    assertThat(RtpTimestamp.toNanos(90_000, 90_000)).isEqualTo(1_000_000_000L);
    assertThat(RtpTimestamp.toNanos(-48, 48_000)).isEqualTo(-1_000_000L);
    assertThat(RtpTimestamp.ofNanos(33_333_333, 90_000)).isEqualTo(3_000);
    assertThat(RtpTimestamp.ofNanos(-20_000_000, 48_000)).isEqualTo(-960);
  }

  @Test
  void yearsOfTicksDoNotOverflow() {
    long years = 10L * 365 * 24 * 3600;

    assertThat(RtpTimestamp.toNanos(years * 90_000, 90_000)).isEqualTo(years * 1_000_000_000L);
  }
}
