package io.github.kvslocal.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.runtime.PolicyClock;
import io.github.kvslocal.runtime.SessionLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxSessionLoopIT {
  private final PolicyClock clock = new PolicyClock(InstantSource.system());
  private final Listener listener = Listener.start(name -> Optional.empty());
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final SessionLoop loop = listener.sessionLoop("door", clock, events::add);

  @AfterEach
  void close() {
    listener.close();
  }

  @Test
  void taskRunsAfterTheTaskThatGaveIt() throws InterruptedException {
    loop.execute(
        () -> {
          loop.execute(() -> events.add("second"));
          events.add("first");
        });

    assertThat(next()).isEqualTo("first");
    assertThat(next()).isEqualTo("second");
  }

  @Test
  void failureIsReportedAndTheLoopGoesOn() throws InterruptedException {
    IllegalStateException bug = new IllegalStateException("bug");
    loop.execute(
        () -> {
          throw bug;
        });
    loop.execute(() -> events.add("alive"));

    assertThat(next()).isSameAs(bug);
    assertThat(next()).isEqualTo("alive");
  }

  @Test
  void alarmRingsAtItsTimeOnTheLoop() throws InterruptedException {
    loop.execute(() -> events.add(Thread.currentThread()));
    Instant when = Instant.now().plusMillis(30);

    loop.schedule(when, "it rings", () -> events.add(Thread.currentThread()));

    assertThat(next()).isSameAs(next());
    assertThat(Instant.now()).isAfterOrEqualTo(when);
  }

  @Test
  void cancelledAlarmsStaySilent() throws InterruptedException {
    SessionLoop.Alarm policy =
        loop.schedule(Instant.now().plusMillis(20), "it rings", () -> events.add("policy"));
    SessionLoop.Alarm media = loop.scheduleAfter(Duration.ofMillis(20), () -> events.add("media"));
    policy.cancel();
    media.cancel();

    loop.scheduleAfter(Duration.ofMillis(60), () -> events.add("last"));

    assertThat(next()).isEqualTo("last");
  }

  @Test
  void alarmsOfAllLoopsRingInOrderWhenTheClockIsMoved() throws Exception {
    SessionLoop other = listener.sessionLoop("gate", clock, events::add);
    Instant start = clock.instant();
    for (int hour = 1; hour < 100; hour++) {
      String name = "hour " + hour;
      (hour % 2 == 0 ? loop : other)
          .schedule(start.plus(Duration.ofHours(hour)), "it rings", () -> events.add(name));
    }

    Instant now = clock.advance(Duration.ofHours(50)).get(10, TimeUnit.SECONDS);

    assertThat(events)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 50).mapToObj(hour -> "hour " + hour).toList());
    assertThat(now).isAfterOrEqualTo(start.plus(Duration.ofHours(50)));
    assertThat(clock.waitingCount()).isEqualTo(49);
  }

  private Object next() throws InterruptedException {
    Object event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }
}
