package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramInboxTest {
  private static final byte BUG = 66;

  private final ManualLoop loop = new ManualLoop(Instant.EPOCH);
  private final List<String> received = new ArrayList<>();
  private final DatagramInbox inbox =
      new DatagramInbox(
          loop,
          new DatagramReader() {
            @Override
            public void datagram(byte[] buffer, int offset, int length, long arrivalNanos) {
              if (buffer[offset] == BUG) {
                throw new IllegalStateException("a bug on purpose");
              }
              received.add(buffer[offset] + " of " + length + " at " + arrivalNanos);
              buffer[offset] = 99;
            }

            @Override
            public void batchRead() {
              received.add("batch");
            }
          });

  @Test
  void datagramsComeInOrderWithTheirArrivalTimes() {
    inbox.put(new byte[] {1, 2}, 0, 2);
    loop.advance(Duration.ofNanos(0));
    inbox.put(new byte[] {0, 3}, 1, 1);

    loop.settle();

    assertThat(received).containsExactly("1 of 2 at 0", "batch", "3 of 1 at 0", "batch");
  }

  @Test
  void aBatchIsOneTaskForTheLoop() {
    inbox.put(new byte[] {1}, 0, 1);
    loop.settle();
    received.clear();
    inbox.put(new byte[] {4}, 0, 1);
    inbox.put(new byte[] {5}, 0, 1);

    assertThat(loop.settle()).isEqualTo(1);
    assertThat(received).containsExactly("4 of 1 at 0", "5 of 1 at 0", "batch");
  }

  @Test
  void aBatchThatMeetsABugIsNotReadAgain() {
    inbox.put(new byte[] {1}, 0, 1);
    inbox.put(new byte[] {BUG}, 0, 1);
    assertThatThrownBy(loop::settle).hasMessage("a bug on purpose");
    received.clear();

    for (byte i = 2; i <= 4; i++) {
      inbox.put(new byte[] {i}, 0, 1);
      loop.settle();
    }

    assertThat(received)
        .containsExactly("2 of 1 at 0", "batch", "3 of 1 at 0", "batch", "4 of 1 at 0", "batch");
  }

  @Test
  void whatComesBeyondItsCapacityIsDroppedAndCounted() {
    for (int i = 0; i < DatagramInbox.CAPACITY + 3; i++) {
      inbox.put(new byte[] {1}, 0, 1);
    }
    inbox.put(new byte[DatagramInbox.MAX_DATAGRAM + 1], 0, DatagramInbox.MAX_DATAGRAM + 1);

    loop.settle();

    assertThat(received).hasSize(DatagramInbox.CAPACITY + 1);
    assertThat(inbox.dropped()).isEqualTo(4);
  }
}
