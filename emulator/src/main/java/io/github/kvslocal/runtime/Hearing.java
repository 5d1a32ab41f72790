package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.routing.voice.VoiceStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One peer's ear: takes what its participant hears, and counts whom. */
final class Hearing {
  /** Names that are told at most: with enough patience, participants come without end. */
  private static final int MOST_NAMES = 32;

  private final PeerDriver peer;
  private final Map<Participant, Long> heard = new LinkedHashMap<>();
  private long sent;
  private boolean told;

  Hearing(PeerDriver peer) {
    this.peer = peer;
  }

  PeerDriver peer() {
    return peer;
  }

  /** Whether nobody was told yet that its participant is heard; somebody is now. */
  boolean isFirstHeard() {
    boolean first = !told;
    told = true;
    return first;
  }

  /** A packet came from somebody whom everybody else hears. */
  void heard(Hearing talker) {
    Participant whose = talker.peer.whose();
    if (talker != this
        && peer.listens()
        && (heard.size() < MOST_NAMES || heard.containsKey(whose))) {
      heard.merge(whose, 1L, Long::sum);
    }
  }

  void send(EncodedFrame frame) {
    if (peer.send(frame)) {
      sent++;
    }
  }

  /** For a person to read. */
  String summary() {
    if (!peer.listens()) {
      return "it takes no sound";
    }
    if (heard.isEmpty()) {
      return "it heard nobody";
    }
    return "it heard %s, and was sent %d packets of sound"
        .formatted(
            heard.entrySet().stream()
                .map(each -> "%s (%d packets)".formatted(name(each.getKey()), each.getValue()))
                .collect(Collectors.joining(", ")),
            sent);
  }

  static String name(Participant participant) {
    return participant.equals(Participant.MASTER) ? "the master" : participant.toString();
  }

  /** For a person to read. */
  static String summary(VoiceStatistics voices) {
    return ("of all voices so far %d packets were passed on untouched and %d mixed; %d were late, %d"
            + " left out, %d no Opus, and %d gaps of 20 ms were concealed")
        .formatted(
            voices.passed(),
            voices.encoded(),
            voices.late(),
            voices.dropped(),
            voices.malformed(),
            voices.concealed());
  }
}
