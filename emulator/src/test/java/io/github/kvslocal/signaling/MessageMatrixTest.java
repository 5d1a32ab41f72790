package io.github.kvslocal.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who hears what: sender, message, recipient and its state, media storage; each row without and
 * with a correlation id. Sources: SendSdpOffer, SendSdpAnswer, SendIceCandidate,
 * UpdateMediaStorageConfiguration and troubleshoot-establish-storage pages.
 *
 * <p>Ann is the viewer who sends or is meant, Bob another viewer who is connected, Eve one who is
 * not.
 *
 * <p>Outcomes: {@code master}, {@code ann} and {@code bob} hear the message; {@code storage} takes
 * it; it {@code waits} for its recipient; it is {@code declined} with a STATUS_RESPONSE to those
 * who asked for one; or it is {@code lost}, which is declined and warned of.
 */
class MessageMatrixTest {
  private static final String MATRIX =
      """
      SENDER | MESSAGE       | NAMES | RECIPIENT | STORAGE | OUTCOME  | LABEL
      ann    | SDP_OFFER     |       | connected | off     | master   | documented
      ann    | SDP_ANSWER    |       | connected | off     | master   | documented
      ann    | ICE_CANDIDATE |       | connected | off     | master   | documented
      ann    | SDP_OFFER     |       | absent    | off     | waits    | documented
      ann    | SDP_ANSWER    |       | absent    | off     | waits    | documented
      ann    | ICE_CANDIDATE |       | absent    | off     | waits    | documented
      ann    | SDP_OFFER     | ann   | connected | off     | master   | documented: a viewer's recipient is ignored
      ann    | SDP_ANSWER    | eve   | connected | off     | master   | documented: a viewer's recipient is ignored
      ann    | ICE_CANDIDATE | eve   | connected | off     | master   | documented: a viewer's recipient is ignored
      ann    | SDP_OFFER     | eve   | absent    | off     | waits    | documented: a viewer's recipient is ignored
      ann    | SDP_OFFER     | bob   | connected | off     | declined | documented: not honored; that Bob has to be connected is assumed
      ann    | SDP_ANSWER    | bob   | connected | off     | declined | documented: not honored; that Bob has to be connected is assumed
      ann    | ICE_CANDIDATE | bob   | connected | off     | declined | documented: not honored; that Bob has to be connected is assumed
      ann    | SDP_OFFER     |       | connected | on      | lost     | documented, observed; the STATUS_RESPONSE is assumed
      ann    | SDP_OFFER     |       | absent    | on      | lost     | documented, observed; the STATUS_RESPONSE is assumed
      ann    | SDP_OFFER     | bob   | connected | on      | lost     | documented, observed; the STATUS_RESPONSE is assumed
      ann    | SDP_ANSWER    |       | connected | on      | storage  | documented
      ann    | ICE_CANDIDATE |       | connected | on      | storage  | documented
      ann    | SDP_ANSWER    |       | absent    | on      | storage  | documented
      ann    | ICE_CANDIDATE | bob   | absent    | on      | storage  | documented: a viewer's recipient is ignored
      master | SDP_OFFER     | ann   | connected | off     | ann      | documented
      master | SDP_ANSWER    | ann   | connected | off     | ann      | documented
      master | ICE_CANDIDATE | ann   | connected | off     | ann      | documented
      master | SDP_OFFER     | eve   | absent    | off     | waits    | documented
      master | SDP_ANSWER    | eve   | absent    | off     | waits    | documented
      master | ICE_CANDIDATE | eve   | absent    | off     | waits    | documented
      master | SDP_OFFER     |       | connected | off     | declined | documented: a master has to name the recipient
      master | SDP_ANSWER    |       | connected | off     | declined | documented: 400 where the channel is not mapped to a stream
      master | ICE_CANDIDATE |       | connected | off     | declined | documented: a master has to name the recipient
      master | SDP_OFFER     |       | connected | on      | declined | documented: the storage session offers; the STATUS_RESPONSE is assumed
      master | SDP_ANSWER    |       | connected | on      | storage  | documented
      master | ICE_CANDIDATE |       | connected | on      | storage  | documented
      master | SDP_OFFER     | ann   | connected | on      | ann      | assumed
      master | SDP_ANSWER    | ann   | connected | on      | ann      | assumed
      master | ICE_CANDIDATE | ann   | connected | on      | ann      | assumed
      master | SDP_ANSWER    | eve   | absent    | on      | waits    | assumed
      """;

  private final Channel channel = new Channel();

  @ParameterizedTest
  @CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "-", textBlock = MATRIX)
  void withoutACorrelationIdThereIsDeliveryOrSilence(
      String sender,
      MessageType type,
      String names,
      String recipient,
      String storage,
      String outcome,
      String label) {
    ConnectionId from = stage(sender, recipient, storage);

    channel.say(from, type, names == null ? "" : names, "text");

    String sent = type + " text" + (sender.equals("ann") ? " of ann" : "");
    switch (outcome) {
      case "master" -> assertThat(channel.done()).containsExactly("master hears " + sent);
      case "ann" -> assertThat(channel.done()).containsExactly("viewer ann hears " + sent);
      case "storage" ->
          assertThat(channel.done())
              .containsExactly(
                  "storage hears "
                      + type
                      + " of "
                      + (sender.equals("ann") ? "viewer ann" : sender));
      case "waits" -> assertWaits(sender.equals("ann") ? "master" : "viewer eve", sent);
      case "lost" ->
          assertThat(channel.notes())
              .singleElement()
              .asString()
              .startsWith("note viewer ann offer-not-delivered!: ");
      default ->
          assertThat(channel.notes()).singleElement().asString().contains("message-declined: ");
    }
    assertThat(channel.done()).isEmpty();
    assertThat(label).containsAnyOf("documented", "observed", "assumed");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "-", textBlock = MATRIX)
  void withACorrelationIdTheSenderHearsOfErrorsAndOfNothingElse(
      String sender,
      MessageType type,
      String names,
      String recipient,
      String storage,
      String outcome,
      String label) {
    ConnectionId from = stage(sender, recipient, storage);

    channel.say(from, type, names == null ? "" : names, "text", "c-7");

    assertThat(channel.done().stream().filter(event -> event.contains("STATUS_RESPONSE")))
        .hasSize(outcome.equals("lost") || outcome.equals("declined") ? 1 : 0)
        .allMatch(event -> event.endsWith(" hears STATUS_RESPONSE c-7 INVALID_ARGUMENT"))
        .allMatch(event -> event.startsWith(sender.equals("ann") ? "viewer ann" : sender));
    assertThat(label).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({"ann, off", "ann, on", "master, off", "master, on"})
  void whatIsNoMessageIsToldToThoseAloneWhoAsked(String sender, String storage) {
    ConnectionId from = stage(sender, "connected", storage);

    channel.hear(from, new Inbound.Unreadable("nonsense", ""));
    assertThat(channel.done()).isEmpty();
    channel.hear(from, new Inbound.Unreadable("nonsense", "c-7"));

    assertThat(channel.done())
        .singleElement()
        .asString()
        .endsWith(" hears STATUS_RESPONSE c-7 INVALID_ARGUMENT");
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "c-7, 1"})
  void anAnswerThatTheStorageSessionDeclinesIsToldToThoseAloneWhoAsked(
      String correlationId, int responses) {
    ConnectionId from = stage("master", "connected", "on");
    Inbound message =
        new Inbound.Message(MessageType.SDP_ANSWER, "", new PlainPayload("v=0"), correlationId);

    channel.decline(from, message, new RefusedException(Reason.INVALID_ARGUMENT, "no H.264"));

    assertThat(channel.done()).hasSize(responses);
  }

  private ConnectionId stage(String sender, String recipient, String storage) {
    channel.recorded(storage.equals("on"));
    boolean fromAnn = sender.equals("ann");
    ConnectionId ann = channel.open(Channel.viewer("ann"));
    channel.open(Channel.viewer("bob"));
    ConnectionId from = ann;
    if (!fromAnn || recipient.equals("connected")) {
      ConnectionId master = channel.open(Participant.MASTER);
      from = fromAnn ? ann : master;
    }
    channel.done();
    return from;
  }

  private void assertWaits(String recipient, String sent) {
    assertThat(channel.done()).isEmpty();
    channel.advance(Channel.TTL.minus(Duration.ofNanos(1)));
    channel.open(recipient.equals("master") ? Participant.MASTER : Channel.viewer("eve"));
    assertThat(channel.done()).containsExactly(recipient + " hears " + sent);
  }
}
