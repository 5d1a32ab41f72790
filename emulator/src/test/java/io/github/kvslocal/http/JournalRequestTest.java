package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalQuery;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalRequestTest {
  private static final List<String> NAMES =
      List.of("channel", "client", "session", "event", "after", "limit", "wait");

  @Test
  void everyParameterIsTaken() throws Exception {
    MultiMap parameters =
        MultiMap.caseInsensitiveMultiMap()
            .add("channel", "door")
            .add("client", "ann")
            .add("session", "session-1")
            .add("event", "connected,peer-ended")
            .add("after", "17")
            .add("limit", "3")
            .add("wait", "PT60S");

    JournalRequest request = JournalRequest.of(parameters);

    assertThat(request)
        .isEqualTo(
            new JournalRequest(
                JournalQuery.of(Event.CONNECTED, Event.PEER_ENDED)
                    .channel("door")
                    .client("ann")
                    .session("session-1")
                    .after(17),
                3,
                Duration.ofMinutes(1)));
  }

  @Test
  void withoutParametersItIsAllAtOnce() throws Exception {
    JournalRequest request = JournalRequest.of(MultiMap.caseInsensitiveMultiMap());

    assertThat(request)
        .isEqualTo(
            new JournalRequest(JournalQuery.ANY, JournalRequest.MOST_ENTRIES, Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({
    "event, conected, 'conected' is no event",
    "event, 'connected,', '' is no event",
    "after, -1, whole number from 0",
    "after, 9999999999999999999, whole number from 0",
    "after, ١, whole number from 0",
    "limit, 0, whole number from 1 to 1000",
    "limit, 1001, whole number from 1 to 1000",
    "wait, 5, ISO 8601",
    "wait, PT61S, ISO 8601",
    "wait, PT-1S, ISO 8601",
    "wait, PT999999999999999999999S, ISO 8601",
    "chanel, door, 'chanel' is no parameter"
  })
  void whatCannotBeMeantIsRefusedWithWhatCan(String name, String value, String complaint) {
    MultiMap parameters = MultiMap.caseInsensitiveMultiMap().add(name, value);

    assertThatThrownBy(() -> JournalRequest.of(parameters))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
              assertThat(refused.explanation()).contains(complaint.replace("\"", "'"));
            });
  }

  @Test
  void aParameterThatIsGivenTwiceIsRefused() {
    MultiMap parameters =
        MultiMap.caseInsensitiveMultiMap().add("channel", "door").add("channel", "gate");

    assertThatThrownBy(() -> JournalRequest.of(parameters)).hasMessageContaining("more than once");
  }

  @Test
  void itSurvivesAnyText() {
    Random random = new Random(8);
    int refused = 0;

    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      String text =
          new String(
              bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
      String name = NAMES.get(random.nextInt(NAMES.size()));
      try {
        assertThat(JournalRequest.of(MultiMap.caseInsensitiveMultiMap().add(name, text)).limit())
            .isPositive();
      } catch (RefusedException e) {
        refused++;
      }
    }

    assertThat(refused).isPositive();
  }
}
