package io.github.kvslocal.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.runtime.SessionLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxSessionLoopIT {
  private final Listener listener = Listener.start(name -> Optional.empty());
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final SessionLoop loop = listener.sessionLoop(InstantSource.system(), events::add);

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

  private Object next() throws InterruptedException {
    Object event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }
}
