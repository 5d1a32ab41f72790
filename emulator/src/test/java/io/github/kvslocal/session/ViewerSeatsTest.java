package io.github.kvslocal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ClientId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ViewerSeatsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void descriptionOfManySeatsNamesTheFirstAndCountsTheRest() {
    ViewerSeats seats = seated(100, Duration.ofMinutes(1));

    assertThat(seats.description())
        .startsWith("v0 is in the session; v1 is")
        .endsWith("v4 is in the session; and 95 more");
  }

  @Test
  void aSeatWithoutHoldIsFreeAtOnce() {
    ViewerSeats seats = seated(1, Duration.ZERO);

    var unused = seats.leave(new ClientId("v0"), NOW);

    assertThat(seats.release(NOW)).containsExactly(new ClientId("v0"));
    assertThat(seats.take(new ClientId("other"))).isTrue();
  }

  private static ViewerSeats seated(int count, Duration hold) {
    ViewerSeats seats = new ViewerSeats(count, hold);
    for (int i = 0; i < count; i++) {
      seats.take(new ClientId("v" + i));
    }
    return seats;
  }
}
