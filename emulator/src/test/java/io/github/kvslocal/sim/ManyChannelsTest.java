package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.fault.LinkModel;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many channels whose masters and viewers connect, leave, come back and leave for good. */
class ManyChannelsTest {
  private static final int CHANNELS = 100;
  private static final Participant ANN = SimulatedEmulator.viewer("ann");

  private final SimulatedEmulator emulator =
      new SimulatedEmulator(LinkModel.PERFECT.withDelay(Duration.ofMillis(25)), 7);

  @Test
  void manyChannelsAreLeftAndReturnedToWithoutATrace() {
    visitAll();
    assertThat(emulator.sessions.count()).isEqualTo(CHANNELS);
    visitAll();
    assertThat(emulator.sessions.count()).isEqualTo(CHANNELS);

    emulator.loop.advance(Duration.ofMinutes(1));

    assertThat(emulator.sessions.count()).isZero();
    assertThat(emulator.loop.alarms()).isZero();
  }

  /** All channels at the same time; the seats of their viewers are held afterwards. */
  private void visitAll() {
    List<Visit> visits =
        IntStream.range(0, CHANNELS)
            .boxed()
            .flatMap(number -> Stream.of(enter(number, Participant.MASTER), enter(number, ANN)))
            .toList();
    emulator.loop.advance(Duration.ofMillis(500));
    assertThat(visits).allMatch(Visit::connected);
    visits.forEach(Visit::leave);
    emulator.loop.advance(Duration.ofMillis(500));
    assertThat(visits).allMatch(Visit::ended);
  }

  private Visit enter(int number, Participant who) {
    return emulator.enter("door" + number, who, List.of());
  }
}
