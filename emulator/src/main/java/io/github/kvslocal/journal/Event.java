package io.github.kvslocal.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that an entry of the journal can tell: its closed vocabulary, each word with its meaning. */
public enum Event {
  /** Not one of administration under {@code /_kvslocal/}. */
  REQUEST(
      "A request of a service was answered; facts: operation, account, region, stream, status,"
          + " error."),
  /** The answer is that of the HTTP request before a WebSocket. */
  UPGRADE_REFUSED("A signaling socket was refused; facts: operation, status, error."),
  SIGNALING_OPENED("A signaling socket opened."),
  CLOSE_SENT("The emulator closes a signaling socket; facts: closeCode, reason."),
  SIGNALING_CLOSED(
      "A participant's signaling socket is closed, by whomever; facts: closeCode, if known."),
  MESSAGE_RECEIVED(
      "A signaling message came; facts: messageType, sender, recipient, correlationId, sdp,"
          + " candidate."),
  MESSAGE_SENT(
      "A signaling message went out; facts: messageType, sender, recipient, correlationId, sdp,"
          + " candidate, reason."),
  MESSAGE_DECLINED("A signaling message was declined; its sender was told if it asked for it."),
  MESSAGE_IGNORED("A message came over a socket that a newer one has replaced or that closes."),
  MESSAGE_WAITS("A message waits for its recipient, who is not connected."),
  MESSAGE_EXPIRED("A message has waited too long and is dropped."),
  OFFER_NOT_DELIVERED("A viewer's own offer is lost, since the channel has media storage."),
  OFFER_WITHDRAWN("The client of SendAlexaOfferToMaster hung up before the master answered."),
  FAULT_STRUCK("A fault of a rule, a header or a tag befell somebody; facts: fault, cause."),
  JOINED("A join was accepted; an offer follows."),
  JOIN_REFUSED("A join was refused, such as of a viewer for whom no seat is free."),
  OFFER_WITHOUT_SOCKET("A join came before its signaling socket; its offer waits for that."),
  OFFER_DROPPED("A join came before its socket, and too much waits already; join again."),
  OFFER_WAITS("The storage session's offer waits for its participant's socket."),
  OFFER_SENT("The storage session's offer is on its way to its participant."),
  ANSWERED("The answer is accepted."),
  ANSWER_REFUSED("The answer cannot be read or accepted."),
  ANSWER_IGNORED("An answer came that no offer waits for."),
  CANDIDATE_IGNORED("A candidate cannot be read or used."),
  ICE_CHECKING("ICE begins to check pairs of addresses."),
  ICE_CONNECTED("ICE has selected a pair of addresses; facts: local, remote."),
  ICE_FAILED("ICE found no pair that works, or lost consent."),
  DTLS_STARTED("The DTLS handshake begins; facts: role, which is the emulator's."),
  DTLS_FINISHED("The DTLS handshake is done; facts: profile, of SRTP."),
  DTLS_FAILED("There are no keys: a wrong fingerprint, no common profile, an alert, a timeout."),
  CONNECTED("Media can flow to and from a participant."),
  FIRST_PACKET("The first packet of a track came; facts: track."),
  FIRST_KEY_FRAME("The first picture that decoding can start at came from the master."),
  PICTURE_SIZE("Pictures of a size are recorded, the first or a new one; facts: width, height."),
  UNANNOUNCED_MEDIA("Packets of a track come that the answer did not announce; told once."),
  MEDIA_UNREADABLE("What comes is no media of the negotiated codec."),
  PICTURES_REORDERED("Pictures come in another order than they are shown (B-frames); told once."),
  PARAMETER_SETS_MISSING("Key frames come without SPS and PPS, so nothing can be recorded."),
  KEY_FRAME_MISSING("Pictures come, but no key frame, so nothing can be recorded."),
  KEY_FRAME_CAME("Pictures are recorded again, from a key frame on."),
  TRACK_ENDED(
      "The peer of a track has ended; facts: track, packets, lost, retransmitted, frames, dropped."),
  RECORDING_STARTED("The first fragment of a master's stay is stored."),
  FRAGMENT_STORED("A fragment is stored; facts: fragment, milliseconds, bytes."),
  RECORDING_INTERRUPTED("Fragments are being lost: the disk is full, slow or gone."),
  RECORDING_RESUMED("Fragments are stored again."),
  RECORDING_ENDED("The fate of all that a master sent is known; facts: stored, failed, skipped."),
  SEES_MASTER("The first of the master's pictures went out to a viewer."),
  VIEWING_ENDED("A viewer is sent pictures no longer."),
  IS_HEARD("The first of a participant's sound went out to the others."),
  HEARING_ENDED("A participant is sent sound no longer."),
  MIX_BEGINS("The recorded sound is a mix of all from here."),
  MIX_ENDED("The recorded sound is the master's own again."),
  PEER_ENDED("A peer connection has ended; facts: end, by whom or why."),
  SEAT_HELD("A viewer has left, and its seat is held for it."),
  SEAT_FREED("A seat is held no longer."),
  EVICTED("A viewer whom no master serves has to go."),
  SESSION_ENDED("The storage session ended for all.");

  private static final Map<String, Event> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Event::text, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String meaning;

  Event(String meaning) {
    this.meaning = meaning;
  }

  /** As it is written everywhere: lower-case and hyphenated, such as {@code recording-ended}. */
  public String text() {
    return text;
  }

  /** What it says, and which facts come with it, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /**
   * Whether clients cause it as often as they like, so that it is kept apart: it may push out what
   * is of its kind, but nothing else.
   */
  public boolean isFrequent() {
    return switch (this) {
      case REQUEST, UPGRADE_REFUSED, MESSAGE_RECEIVED, MESSAGE_SENT, FRAGMENT_STORED -> true;
      default -> false;
    };
  }

  /** The event that is written so; empty if there is none. */
  public static Optional<Event> of(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }

  @Override
  public String toString() {
    return text;
  }
}
