package io.github.kvslocal.assertions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CauseTest {
  private static final Duration WAITED = Duration.ofSeconds(5);
  private static final List<Event> WAY_TO_DTLS =
      List.of(
          Event.SIGNALING_OPENED,
          Event.JOINED,
          Event.OFFER_SENT,
          Event.ANSWERED,
          Event.ICE_CHECKING,
          Event.ICE_CONNECTED,
          Event.DTLS_FINISHED,
          Event.CONNECTED);

  static Stream<Arguments> causes() {
    return Stream.of(
        arguments(master(), "nobody joined: no master's signaling socket and no join came"),
        arguments(
            List.of(entry(1, "ann", Event.SIGNALING_OPENED, "")),
            "no master joined, only viewers did; what is recorded comes from the master"),
        arguments(
            master(Event.SIGNALING_OPENED),
            "the master's signaling socket opened, but it did not join; it has to call"
                + " JoinStorageSession"),
        arguments(
            master(Event.SIGNALING_OPENED, Event.JOIN_REFUSED),
            "the master's join was refused: <join-refused>"),
        arguments(
            master(Event.JOINED, Event.OFFER_WITHOUT_SOCKET),
            "the master joined, but has no signaling socket for the offer; it has to connect as"
                + " master first"),
        arguments(
            master(Event.JOINED, Event.OFFER_DROPPED),
            "the master joined before its signaling socket, and its offer was dropped; join again"),
        arguments(
            master(Event.SIGNALING_OPENED, Event.JOINED),
            "the master joined, but no offer went out to it"),
        arguments(to(Event.OFFER_SENT), "the offer was sent, but no answer came"),
        arguments(
            to(Event.OFFER_SENT, Event.ANSWER_REFUSED),
            "the offer was sent, and the answer was refused: <answer-refused>"),
        arguments(
            to(Event.ICE_CHECKING),
            "the master answered, but ICE did not connect; are its candidates sent, and is the"
                + " emulator's address reachable?"),
        arguments(
            to(Event.ICE_CHECKING, Event.ICE_FAILED),
            "the master answered, but ICE did not connect: <ice-failed>"),
        arguments(
            to(Event.ICE_CONNECTED), "the master answered, ICE connected, but DTLS did not finish"),
        arguments(
            to(Event.ICE_CONNECTED, Event.DTLS_FAILED, Event.PEER_ENDED),
            "the master answered, ICE connected, but DTLS did not finish: <dtls-failed>; then its"
                + " connection ended: <peer-ended>"),
        arguments(to(Event.CONNECTED), "the master connected, DTLS finished, but no packet came"),
        arguments(
            with(to(Event.CONNECTED), first("audio")),
            "the master connected, DTLS finished, but only sound came, no picture"),
        arguments(
            with(to(Event.CONNECTED), first("video")),
            "the master connected, DTLS finished, but no key frame came in 5 s"),
        arguments(
            with(to(Event.CONNECTED), first("video"), Event.MEDIA_UNREADABLE),
            "the master connected, DTLS finished, but what came is no media: <media-unreadable>"),
        arguments(
            with(to(Event.CONNECTED), first("video"), Event.PARAMETER_SETS_MISSING),
            "the master connected, DTLS finished, but no parameter sets came:"
                + " <parameter-sets-missing>"),
        arguments(
            with(to(Event.CONNECTED), first("video"), Event.FIRST_KEY_FRAME),
            "the first key frame came, but no fragment is whole yet: one ends at a later key frame,"
                + " or when the master leaves"),
        arguments(
            with(
                to(Event.CONNECTED),
                first("video"),
                Event.FIRST_KEY_FRAME,
                Event.RECORDING_INTERRUPTED),
            "key frames came, but fragments are lost: <recording-interrupted>"),
        arguments(
            to(Event.CONNECTED, Event.FRAGMENT_STORED),
            "the recording goes on; give it more time, or more media"),
        arguments(
            to(Event.CONNECTED, Event.FRAGMENT_STORED, Event.KEY_FRAME_MISSING),
            "it stopped: <key-frame-missing>"),
        arguments(
            to(Event.CONNECTED, Event.FRAGMENT_STORED, Event.RECORDING_INTERRUPTED),
            "fragments are lost since: <recording-interrupted>"),
        arguments(
            to(Event.CONNECTED, Event.FRAGMENT_STORED, Event.RECORDING_ENDED),
            "the recording ended: <recording-ended>"));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void firstMissingStepIsNamed(List<JournalEntry> entries, String expected) {
    Cause cause = new Cause("door", mapped(), entries);

    assertThat(cause.text(WAITED)).isEqualTo(expected);
  }

  @Test
  void nameWithoutAChannelIsSaid() {
    Cause cause = new Cause("dor", new RecordingSource.Meant("", Optional.empty()), List.of());

    assertThat(cause.message(0, 1, WAITED))
        .isEqualTo(
            "no fragment of dor within 5 s: there is no channel and no stream of this name; create"
                + " it with createChannel(\"dor\")");
  }

  @Test
  void channelWithoutAStreamIsSaid() {
    Cause cause = new Cause("door", new RecordingSource.Meant("door", Optional.empty()), List.of());

    assertThat(cause.text(WAITED)).startsWith("the channel is mapped to no stream;");
  }

  @Test
  void streamWithoutAChannelIsSaid() {
    RecordingSource.Meant stream = new RecordingSource.Meant("", mapped().stream());
    Cause cause = new Cause("door", stream, List.of());

    assertThat(cause.text(WAITED)).startsWith("no channel is mapped to this stream;");
  }

  @Test
  void formerConnectionOfAMasterThatJoinsAgainIsNoCause() {
    List<JournalEntry> entries = new ArrayList<>(to(Event.CONNECTED));
    entries.add(entry(40, "master", Event.PEER_ENDED, ""));
    entries.add(entry(41, "master", Event.JOINED, ""));
    entries.add(entry(42, "master", Event.OFFER_SENT, ""));

    Cause cause = new Cause("door", mapped(), entries);

    assertThat(cause.text(WAITED)).isEqualTo("the offer was sent, but no answer came");
  }

  @Test
  void messageHasTheFaultsAndWhatCameLast() {
    List<JournalEntry> entries = to(Event.OFFER_SENT, Event.FAULT_STRUCK);

    String message = new Cause("door", mapped(), entries).message(1, 2, Duration.ofMillis(50));

    assertThat(message)
        .isEqualTo(
            """
            1 of 2 fragments of door within 50 ms: the offer was sent, but no answer came
            Faults befell it:
              <fault-struck>
            What happened there last:
              #1 signaling-opened door/master: <signaling-opened>
              #2 joined door/master: <joined>
              #3 offer-sent door/master: <offer-sent>
              #4 fault-struck door/master: <fault-struck>\
            """);
  }

  private static RecordingSource.Meant mapped() {
    return new RecordingSource.Meant(
        "door", Optional.of(new StreamArn("aws", "us-east-1", "000000000000", "door", 1)));
  }

  private static List<JournalEntry> to(Event last, Event... more) {
    List<Event> events = new ArrayList<>(WAY_TO_DTLS.subList(0, WAY_TO_DTLS.indexOf(last) + 1));
    events.addAll(List.of(more));
    return master(events.toArray(Event[]::new));
  }

  private static List<JournalEntry> master(Event... events) {
    List<JournalEntry> entries = new ArrayList<>();
    for (Event event : events) {
      entries.add(entry(entries.size() + 1, "master", event, ""));
    }
    return entries;
  }

  private static List<JournalEntry> with(
      List<JournalEntry> entries, JournalEntry next, Event... more) {
    List<JournalEntry> all = new ArrayList<>(entries);
    all.add(next);
    for (Event event : more) {
      all.add(entry(all.size() + 30, "master", event, ""));
    }
    return all;
  }

  private static JournalEntry first(String track) {
    return entry(20, "master", Event.FIRST_PACKET, track);
  }

  private static JournalEntry entry(long number, String client, Event event, String track) {
    return new JournalEntry(
        number,
        Instant.EPOCH,
        Duration.ZERO,
        new Origin("door", "", client, "session-1", ""),
        event,
        "<" + event.text() + ">",
        track.isEmpty() ? Map.of() : Map.of("track", track));
  }
}
