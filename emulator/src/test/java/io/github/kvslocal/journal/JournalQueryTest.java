package io.github.kvslocal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalQueryTest {
  private static final ChannelArn DOOR =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private static final JournalEntry ENTRY =
      new JournalEntry(
          7,
          Instant.EPOCH,
          Duration.ZERO,
          Origin.of(DOOR, "session-1").of(Participant.MASTER).ofPeer("peer-1"),
          Event.MESSAGE_SENT,
          "SDP_OFFER to the master",
          Map.of("messageType", "SDP_OFFER"));

  static List<JournalQuery> matching() {
    return List.of(
        JournalQuery.ANY,
        JournalQuery.of(Event.MESSAGE_SENT),
        JournalQuery.of(Event.JOINED, Event.MESSAGE_SENT),
        JournalQuery.ANY.channel("door"),
        JournalQuery.ANY.channel(DOOR.toString()),
        JournalQuery.ANY.client("master"),
        JournalQuery.ANY.session("session-1"),
        JournalQuery.ANY.fact("messageType", "SDP_OFFER"),
        JournalQuery.ANY.after(6));
  }

  @ParameterizedTest
  @MethodSource
  void matching(JournalQuery query) {
    assertThat(query.matches(ENTRY)).isTrue();
    assertThat(query.misses(ENTRY)).isEmpty();
  }

  static List<JournalQuery> failing() {
    return List.of(
        JournalQuery.of(Event.JOINED),
        JournalQuery.ANY.channel("doo"),
        JournalQuery.ANY.client("ann"),
        JournalQuery.ANY.session("session-2"),
        JournalQuery.ANY.fact("messageType", "SDP_ANSWER"),
        JournalQuery.ANY.fact("status", "200"),
        JournalQuery.ANY.after(7));
  }

  @ParameterizedTest
  @MethodSource
  void failing(JournalQuery query) {
    assertThat(query.matches(ENTRY)).isFalse();
    assertThat(query.misses(ENTRY)).hasSize(1);
  }

  @Test
  void everyConditionThatFailsIsNamed() {
    JournalQuery query =
        JournalQuery.of(Event.JOINED)
            .channel("gate")
            .client("ann")
            .session("session-2")
            .fact("messageType", "SDP_ANSWER")
            .fact("status", "200")
            .after(9);

    assertThat(query.misses(ENTRY))
        .containsExactly(
            "event is message-sent",
            "channel is door",
            "client is master",
            "session is session-1",
            "messageType is SDP_OFFER",
            "no status",
            "not after #9");
    assertThat(query)
        .hasToString(
            "joined for gate/ann in session-2 with messageType SDP_ANSWER with status 200 after #9");
  }

  @Test
  void aViewerWhoCallsItselfMasterIsNotTheMaster() {
    Participant viewer = new Participant.Viewer(new ClientId("master"));

    assertThat(Origin.client(viewer)).isEqualTo("viewer master");
    assertThat(Origin.client(Participant.MASTER)).isEqualTo("master");
  }
}
