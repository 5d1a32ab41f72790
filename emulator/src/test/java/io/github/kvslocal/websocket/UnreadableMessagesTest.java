package io.github.kvslocal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.ChannelSignaling;
import io.github.kvslocal.signaling.ConnectionId;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingEffect;
import io.github.kvslocal.signaling.SignalingLimits;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is no message is told to those alone who gave a correlation id (async-message-reception-api
 * page), and says what was wrong.
 */
class UnreadableMessagesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final ConnectionId MASTER = new ConnectionId(1);
  private static final String TOO_LONG = "A".repeat(10_241);

  /**
   * Single quotes stand for double ones, LONG for 10,241 characters, ID for a member or nothing.
   */
  private static final String ROWS =
      """
      {'action':'DANCE','messagePayload':'AAAA'ID}                      | action has to be SDP_OFFER
      {'messagePayload':'AAAA'ID}                                       | action has to be SDP_OFFER
      {'action':'SDP_ANSWER','messagePayload':'a*b'ID}                  | not base64
      {'action':'SDP_ANSWER','messagePayload':'A'ID}                    | not base64
      {'action':'SDP_ANSWER','messagePayload':'LONG'ID}                 | but has 10241
      {'action':'SDP_ANSWER','messagePayload':''ID}                     | but has 0
      {'action':'SDP_ANSWER'ID}                                         | but has 0
      {'action':'SDP_ANSWER','messagePayload':7ID}                      | but has 0
      {'action':'SDP_ANSWER','messagePayload':'AAAA','recipientClientId':'a b'ID} | recipientClientId
      """;

  private final ChannelSignaling channel = new ChannelSignaling(SignalingLimits.DOCUMENTED);

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = ROWS)
  void aCorrelationIdGetsAResponseThatSaysWhatWasWrong(String message, String complaint) {
    List<SignalingEffect> effects = hear(message.replace("ID}", ",'correlationId':'c-7'}"));

    assertThat(effects)
        .filteredOn(SignalingEffect.Send.class::isInstance)
        .singleElement()
        .extracting(send -> ((SignalingEffect.Send) send).message())
        .isInstanceOfSatisfying(
            Outbound.StatusResponse.class,
            response -> {
              assertThat(response.correlationId()).isEqualTo("c-7");
              assertThat(response.description()).contains(complaint);
            });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = ROWS)
  void withoutOneThereIsANoteAndSilence(String message, String complaint) {
    List<SignalingEffect> effects = hear(message.replace("ID}", "}"));

    assertThat(effects)
        .singleElement()
        .isInstanceOfSatisfying(
            SignalingEffect.Note.class, note -> assertThat(note.detail()).contains(complaint));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'action':'SDP_ANSWER','correlationId':'c-7'                    | not JSON
          {'action':'SDP_ANSWER','correlationId':'c-7'} and more          | not JSON
          ['SDP_ANSWER']                                                  | JSON object
          {'action':'DANCE','correlationId':'no id'}                      | action has to be
          """)
  void whereNoCorrelationIdCanBeReadThereIsSilence(String message, String complaint) {
    List<SignalingEffect> effects = hear(message);

    assertThat(effects)
        .singleElement()
        .isInstanceOfSatisfying(
            SignalingEffect.Note.class, note -> assertThat(note.detail()).contains(complaint));
  }

  private List<SignalingEffect> hear(String message) {
    channel.opened(MASTER, Participant.MASTER, ChannelFacts.DEFAULT, NOW);
    String json = message.replace("LONG", TOO_LONG).replace('\'', '"');
    return channel.received(MASTER, SignalingJson.decode(json), ChannelFacts.DEFAULT, NOW);
  }
}
