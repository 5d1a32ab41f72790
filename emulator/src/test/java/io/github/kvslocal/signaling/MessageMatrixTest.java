package io.github.kvslocal.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who hears what: sender, message, the recipient that it names, the state of the recipient that it
 * is for, media storage; each row without and with a correlation id. Sources: SendSdpOffer,
 * SendSdpAnswer, SendIceCandidate, UpdateMediaStorageConfiguration and
 * troubleshoot-establish-storage pages.
 *
 * <p>Ann is the viewer who sends or is meant, Bob another viewer who is connected, Eve one who is
 * not.
 *
 * <p>Outcomes: {@code master} and {@code ann} hear the message; {@code storage} takes it; it {@code
 * waits} for its recipient; it is {@code declined} with a STATUS_RESPONSE to those who asked for
 * one; or it is {@code lost}, which is declined and warned of.
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
      ann    | SDP_OFFER     | bob   | connected | off     | declined | documented: not honored; that Bob has to be connected is assumed
      ann    | SDP_ANSWER    | bob   | connected | off     | declined | documented: not honored; that Bob has to be connected is assumed
      ann    | ICE_CANDIDATE | bob   | connected | off     | declined | documented: not honored; that Bob has to be connected is assumed
      ann    | SDP_OFFER     | bob   | absent    | off     | declined | documented: not honored; that Bob has to be connected is assumed
      ann    | SDP_ANSWER    | bob   | absent    | off     | declined | documented: not honored; that Bob has to be connected is assumed
      ann    | ICE_CANDIDATE | bob   | absent    | off     | declined | documented: not honored; that Bob has to be connected is assumed
      ann    | SDP_OFFER     | eve   | connected | off     | master   | documented: a viewer's recipient is ignored
      ann    | SDP_ANSWER    | eve   | connected | off     | master   | documented: a viewer's recipient is ignored
      ann    | ICE_CANDIDATE | eve   | connected | off     | master   | documented: a viewer's recipient is ignored
      ann    | SDP_OFFER     | eve   | absent    | off     | waits    | documented: a viewer's recipient is ignored
      ann    | SDP_ANSWER    | eve   | absent    | off     | waits    | documented: a viewer's recipient is ignored
      ann    | ICE_CANDIDATE | eve   | absent    | off     | waits    | documented: a viewer's recipient is ignored
      ann    | SDP_OFFER     |       | connected | on      | lost     | documented, observed; the STATUS_RESPONSE is assumed
      ann    | SDP_ANSWER    |       | connected | on      | storage  | documented
      ann    | ICE_CANDIDATE |       | connected | on      | storage  | documented
      ann    | SDP_OFFER     |       | absent    | on      | lost     | documented, observed; the STATUS_RESPONSE is assumed
      ann    | SDP_ANSWER    |       | absent    | on      | storage  | documented
      ann    | ICE_CANDIDATE |       | absent    | on      | storage  | documented
      ann    | SDP_OFFER     | bob   | connected | on      | lost     | documented, observed; the STATUS_RESPONSE is assumed
      ann    | SDP_ANSWER    | bob   | connected | on      | storage  | documented: a viewer's recipient is ignored
      ann    | ICE_CANDIDATE | bob   | connected | on      | storage  | documented: a viewer's recipient is ignored
      ann    | SDP_OFFER     | bob   | absent    | on      | lost     | documented, observed; the STATUS_RESPONSE is assumed
      ann    | SDP_ANSWER    | bob   | absent    | on      | storage  | documented: a viewer's recipient is ignored
      ann    | ICE_CANDIDATE | bob   | absent    | on      | storage  | documented: a viewer's recipient is ignored
      ann    | SDP_OFFER     | eve   | connected | on      | lost     | documented, observed; the STATUS_RESPONSE is assumed
      ann    | SDP_ANSWER    | eve   | connected | on      | storage  | documented: a viewer's recipient is ignored
      ann    | ICE_CANDIDATE | eve   | connected | on      | storage  | documented: a viewer's recipient is ignored
      ann    | SDP_OFFER     | eve   | absent    | on      | lost     | documented, observed; the STATUS_RESPONSE is assumed
      ann    | SDP_ANSWER    | eve   | absent    | on      | storage  | documented: a viewer's recipient is ignored
      ann    | ICE_CANDIDATE | eve   | absent    | on      | storage  | documented: a viewer's recipient is ignored
      master | SDP_OFFER     |       | -         | off     | declined | documented: a master has to name the recipient
      master | SDP_ANSWER    |       | -         | off     | declined | documented: 400 where the channel is not mapped to a stream
      master | ICE_CANDIDATE |       | -         | off     | declined | documented: a master has to name the recipient
      master | SDP_OFFER     | ann   | connected | off     | ann      | documented
      master | SDP_ANSWER    | ann   | connected | off     | ann      | documented
      master | ICE_CANDIDATE | ann   | connected | off     | ann      | documented
      master | SDP_OFFER     | eve   | absent    | off     | waits    | documented
      master | SDP_ANSWER    | eve   | absent    | off     | waits    | documented
      master | ICE_CANDIDATE | eve   | absent    | off     | waits    | documented
      master | SDP_OFFER     |       | -         | on      | declined | documented: the storage session offers; the STATUS_RESPONSE is assumed
      master | SDP_ANSWER    |       | -         | on      | storage  | documented
      master | ICE_CANDIDATE |       | -         | on      | storage  | documented
      master | SDP_OFFER     | ann   | connected | on      | ann      | assumed
      master | SDP_ANSWER    | ann   | connected | on      | ann      | assumed
      master | ICE_CANDIDATE | ann   | connected | on      | ann      | assumed
      master | SDP_OFFER     | eve   | absent    | on      | waits    | assumed
      master | SDP_ANSWER    | eve   | absent    | on      | waits    | assumed
      master | ICE_CANDIDATE | eve   | absent    | on      | waits    | assumed
      """;

  private final Channel channel = new Channel();

  @ParameterizedTest
  @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = MATRIX)
  void withoutACorrelationIdThereIsDeliveryOrSilence(ArgumentsAccessor row) {
    assertRow(row, "");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = MATRIX)
  void withACorrelationIdTheSenderHearsOfErrorsAndOfNothingElse(ArgumentsAccessor row) {
    assertRow(row, "c-7");
  }

  private void assertRow(ArgumentsAccessor row, String correlationId) {
    String sender = row.getString(0).equals("ann") ? "viewer ann" : "master";
    MessageType type = row.get(1, MessageType.class);
    String names = row.getString(2) == null ? "" : row.getString(2);
    ConnectionId from = stage(row.getString(0), row.getString(3), row.getString(4));

    channel.say(from, type, names, "text", correlationId);

    assertThat(channel.all().stream().map(event -> event.replaceFirst("^(note [^:]*):.*", "$1")))
        .containsExactlyElementsOf(happened(row.getString(5), sender, type, correlationId));
    if (row.getString(5).equals("waits")) {
      assertDeliveredAtLast(names.equals("eve") && sender.equals("master"), sender, type);
    }
    assertThat(row.getString(6)).containsAnyOf("documented", "observed", "assumed");
  }

  private static List<String> happened(
      String outcome, String sender, MessageType type, String correlationId) {
    return switch (outcome) {
      case "master", "ann" -> List.of(heard(outcome, sender, type));
      case "storage" -> List.of("storage hears " + type + " of " + sender);
      case "waits" ->
          type == MessageType.ICE_CANDIDATE
              ? List.of()
              : List.of("note " + sender + " message-waits");
      case "lost" -> told("note " + sender + " offer-not-delivered!", sender, correlationId);
      case "declined" -> told("note " + sender + " message-declined", sender, correlationId);
      default -> throw new AssertionError("no outcome: " + outcome);
    };
  }

  private static String heard(String who, String sender, MessageType type) {
    return (who.equals("master") ? "master" : "viewer " + who)
        + " hears "
        + type
        + " text"
        + (sender.equals("master") ? "" : " of ann");
  }

  private static List<String> told(String note, String sender, String correlationId) {
    return correlationId.isEmpty()
        ? List.of(note)
        : List.of(note, sender + " hears STATUS_RESPONSE c-7 INVALID_ARGUMENT");
  }

  private void assertDeliveredAtLast(boolean toEve, String sender, MessageType type) {
    channel.advance(Channel.TTL.minus(Duration.ofNanos(1)));

    channel.open(toEve ? Channel.viewer("eve") : Participant.MASTER);

    assertThat(channel.done()).containsExactly(heard(toEve ? "eve" : "master", sender, type));
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
}
