package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One recording as the journal tells it, from the socket to the last fragment. */
class JournalStoryTest {
  private final Simulation simulation =
      new Simulation(NetworkModel.PERFECT, new AnswerPlan(true, Setup.ACTIVE), Clip.frames(20));

  @Test
  void aRecordingIsToldFromItsSocketToItsLastFragment() {
    simulation.play(Duration.ofSeconds(25));

    assertThat(story(simulation.entries(JournalQuery.ANY)))
        .containsExactly(
            "signaling-opened",
            "joined",
            "message-sent SDP_OFFER",
            "message-sent ICE_CANDIDATE",
            "offer-sent",
            "message-received SDP_ANSWER",
            "answered",
            "ice-checking",
            "dtls-started server",
            "message-received ICE_CANDIDATE",
            "ice-connected",
            "dtls-finished",
            "connected",
            "first-packet video",
            "first-packet audio",
            "first-key-frame",
            "picture-size 160x90",
            "recording-started",
            "fragment-stored",
            "signaling-closed",
            "track-ended video",
            "track-ended audio",
            "peer-ended",
            "hearing-ended",
            "fragment-stored",
            "recording-ended");
  }

  @Test
  void allOfItHasOneSession() {
    simulation.play(Duration.ofSeconds(25));

    assertThat(simulation.entries(JournalQuery.ANY))
        .extracting(JournalEntry::session)
        .containsOnly("session-1");
    assertThat(simulation.entries(JournalQuery.ANY.session("session-1").client("master")))
        .hasSameSizeAs(simulation.entries(JournalQuery.ANY));
  }

  @Test
  void descriptionsAndFragmentsAreFacts() {
    simulation.play(Duration.ofSeconds(25));

    assertThat(simulation.entries(JournalQuery.ANY.fact("messageType", "SDP_ANSWER")))
        .singleElement()
        .satisfies(answer -> assertThat(answer.fact("sdp")).startsWith("v=0").contains("a=mid"));
    assertThat(simulation.entries(JournalQuery.of(Event.FRAGMENT_STORED)))
        .extracting(entry -> entry.fact("fragment"))
        .isEqualTo(
            simulation.fragments().stream().map(fragment -> fragment.number().digits()).toList());
    assertThat(simulation.entries(JournalQuery.of(Event.RECORDING_ENDED)))
        .singleElement()
        .extracting(JournalEntry::facts)
        .isEqualTo(Map.of("stored", "10", "failed", "0", "skipped", "0"));
  }

  /** Each event with the fact that says most; what comes several times in a row is there once. */
  private static List<String> story(List<JournalEntry> entries) {
    List<String> story = new ArrayList<>();
    for (JournalEntry entry : entries) {
      String size = entry.fact("width") + "x" + entry.fact("height");
      String line =
          "%s %s%s%s%s"
              .formatted(
                  entry.event(),
                  entry.fact("messageType"),
                  entry.fact("role"),
                  entry.fact("track"),
                  size.equals("x") ? "" : size)
              .strip();
      if (story.isEmpty() || !story.get(story.size() - 1).equals(line)) {
        story.add(line);
      }
    }
    return story;
  }
}
