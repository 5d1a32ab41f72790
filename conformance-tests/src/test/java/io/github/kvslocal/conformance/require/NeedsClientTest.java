package io.github.kvslocal.conformance.require;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class NeedsClientTest {
  @Test
  void testIsSkippedWithItsReasonWhereAClientIsMissing() {
    Events events = run("node", "").allEvents();

    events
        .assertThatEvents()
        .haveExactly(1, event(skippedWithReason("needs node: hidden by KVSLOCAL_HIDE")));
    assertThat(events.failed().count()).isZero();
  }

  @Test
  void testFailsWhereARequiredClientIsMissing() {
    Events events = run("node", "ffmpeg,node").allEvents();

    assertThat(events.skipped().count()).isZero();
    events
        .assertThatEvents()
        .haveAtLeastOne(event(finishedWithFailure(message(text -> text.contains("evaluate")))));
    assertThat(events.failed().count()).isPositive();
  }

  @Test
  void requiredClientIsMissedEvenBehindAMissingOneThatIsNot() {
    Events events =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(NeedsClientCondition.HIDE, "node,curl")
            .configurationParameter(NeedsClientCondition.REQUIRE, "curl")
            .selectors(selectClass(NodeAndCurlSample.class))
            .execute()
            .allEvents();

    assertThat(events.failed().count()).isPositive();
  }

  @Test
  void nameOfNoClientFailsInsteadOfRequiringNothing() {
    Events events = run("", "chromiun").allEvents();

    assertThat(events.failed().count()).isPositive();
  }

  @Test
  void testWithAllItsClientsRuns() {
    Events events = run("", "").allEvents();

    assertThat(events.failed().count()).isZero();
  }

  private static EngineExecutionResults run(String hidden, String required) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(NeedsClientCondition.HIDE, hidden)
        .configurationParameter(NeedsClientCondition.REQUIRE, required)
        .selectors(selectClass(NodeSample.class))
        .execute();
  }

  /** Not a test of this suite: the kit above runs it. */
  @NeedsClient(Client.NODE)
  static class NodeSample {
    @Test
    void passes() {
      assertThat(true).isTrue();
    }
  }

  /** Not a test of this suite either. */
  @NeedsClient({Client.NODE, Client.CURL})
  static class NodeAndCurlSample {
    @Test
    void passes() {
      assertThat(true).isTrue();
    }
  }
}
