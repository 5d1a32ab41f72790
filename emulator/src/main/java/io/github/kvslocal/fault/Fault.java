package io.github.kvslocal.fault;

import io.github.kvslocal.channel.Reason;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * An adversity to inflict on clients under test, as data. What it is inflicted on and how often
 * says a {@link FaultRule}; how it is written as text, {@link FaultText}.
 *
 * <p>Times between signaling events are policy time, which can be advanced; times of connections
 * and media are the machine's.
 */
public sealed interface Fault {
  /** As {@link FaultText} reads it. */
  String text();

  /** What befalls a call of an operation or the upgrade to a signaling socket. */
  sealed interface OfCall extends Fault {
    /** What becomes of a call that has this fate already. */
    CallFate on(CallFate fate);
  }

  /** What befalls an offer of the storage session on its way to its participant. */
  sealed interface OfOffer extends Fault {
    /** What becomes of an offer that has this fate already. */
    OfferFate on(OfferFate fate);
  }

  /** What befalls an open signaling socket, each once. */
  sealed interface OfSocket extends Fault {
    /** How long after the socket has opened, or after the rule was made; policy time. */
    Duration after();

    /** Does it. */
    void strike(StruckSocket socket);
  }

  /** What befalls a participant's new connection. */
  sealed interface OfPeer extends Fault {
    /** What becomes of a connection that has this fate already. */
    PeerFate on(PeerFate fate);
  }

  /** What befalls media as long as the rule is in force, also of connections that are open. */
  sealed interface OfMedia extends Fault {
    /** What becomes of media that has this fate already. */
    MediaFate on(MediaFate fate);
  }

  /**
   * The call is declined, and nothing is done.
   *
   * @param code such as {@code ResourceNotFoundException}
   * @param status of HTTP, 400 to 599, or 0 for the one that the service has for this error
   */
  record ApiError(String code, int status) implements OfCall {
    private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,64}");

    public ApiError {
      LinkModel.require(CODE.matcher(code).matches(), "an error's name has 1 to 64 letters");
      LinkModel.require(
          status == 0 || (status >= 400 && status <= 599), "the status of an error is 400 to 599");
    }

    @Override
    public String text() {
      return "error=" + code + (status == 0 ? "" : " status=" + status);
    }

    @Override
    public CallFate on(CallFate fate) {
      return fate.with(this);
    }
  }

  /**
   * The call waits before anything is done.
   *
   * @param delay up to an hour of the machine's time
   */
  record Latency(Duration delay) implements OfCall {
    public Latency {
      Durations.requireWait(delay);
    }

    @Override
    public String text() {
      return "latency=" + Durations.text(delay);
    }

    @Override
    public CallFate on(CallFate fate) {
      return fate.with(delay);
    }
  }

  /**
   * The connection is cut instead of an answer.
   *
   * @param afterEffect whether what was asked for has been done
   */
  record ConnectionReset(boolean afterEffect) implements OfCall {
    @Override
    public String text() {
      return "reset=" + (afterEffect ? "after" : "before");
    }

    @Override
    public CallFate on(CallFate fate) {
      return fate.with(this);
    }
  }

  /** The join is accepted, and its offer is never sent. */
  record WithholdOffer() implements OfOffer {
    @Override
    public String text() {
      return "withhold-offer";
    }

    @Override
    public OfferFate on(OfferFate fate) {
      return new OfferFate(true, fate.delay(), fate.repetitions(), fate.candidatesFirst());
    }
  }

  /**
   * The offer and its candidates are sent later.
   *
   * @param delay up to an hour of policy time
   */
  record DelayOffer(Duration delay) implements OfOffer {
    public DelayOffer {
      Durations.requireWait(delay);
    }

    @Override
    public String text() {
      return "delay-offer=" + Durations.text(delay);
    }

    @Override
    public OfferFate on(OfferFate fate) {
      return new OfferFate(
          fate.withheld(), fate.delay().plus(delay), fate.repetitions(), fate.candidatesFirst());
    }
  }

  /**
   * The offer is sent again, right behind its candidates.
   *
   * @param times 1 to 10
   */
  record RepeatOffer(int times) implements OfOffer {
    public RepeatOffer {
      LinkModel.require(times >= 1 && times <= 10, "an offer is repeated 1 to 10 times");
    }

    @Override
    public String text() {
      return "repeat-offer=" + times;
    }

    @Override
    public OfferFate on(OfferFate fate) {
      return new OfferFate(fate.withheld(), fate.delay(), times, fate.candidatesFirst());
    }
  }

  /** The candidates are sent before the offer that they belong to. */
  record CandidatesFirst() implements OfOffer {
    @Override
    public String text() {
      return "candidates-first";
    }

    @Override
    public OfferFate on(OfferFate fate) {
      return new OfferFate(fate.withheld(), fate.delay(), fate.repetitions(), true);
    }
  }

  /**
   * The signaling socket is closed.
   *
   * @param code of the close frame (RFC 6455 section 7.4): 1000 to 1003, 1007 to 1014 or 3000 to
   *     4999; 0 to cut the connection without one
   */
  record DropSocket(int code, Duration after) implements OfSocket {
    public DropSocket {
      LinkModel.require(
          code == 0
              || (code >= 1000 && code <= 1003)
              || (code >= 1007 && code <= 1014)
              || (code >= 3000 && code <= 4999),
          "a socket is closed with a code of 1000 to 1003, 1007 to 1014 or 3000 to 4999, or none");
      Durations.requireWait(after);
    }

    @Override
    public String text() {
      return "drop-socket" + (code == 0 ? "" : "=" + code) + Durations.after(after);
    }

    @Override
    public void strike(StruckSocket socket) {
      socket.drop(code);
    }
  }

  /**
   * The client is sent GO_AWAY, and its socket is closed with 1001 a while later.
   *
   * @param grace between the two, in policy time
   */
  record GoAway(Duration after, Duration grace) implements OfSocket {
    /** The service's (webrtc-dg, kvswebrtc-limits). */
    public static final Duration DOCUMENTED_GRACE = Duration.ofMinutes(1);

    public GoAway {
      Durations.requireWait(after);
      Durations.requireWait(grace);
    }

    /** At once, and with the service's grace. */
    public GoAway() {
      this(Duration.ZERO, DOCUMENTED_GRACE);
    }

    @Override
    public String text() {
      return "go-away" + Durations.after(after) + " grace=" + Durations.text(grace);
    }

    @Override
    public void strike(StruckSocket socket) {
      socket.goAway(grace);
    }
  }

  /** The client is sent RECONNECT_ICE_SERVER. */
  record ReconnectIceServer(Duration after) implements OfSocket {
    public ReconnectIceServer {
      Durations.requireWait(after);
    }

    @Override
    public String text() {
      return "reconnect-ice-server" + Durations.after(after);
    }

    @Override
    public void strike(StruckSocket socket) {
      socket.reconnectIceServer();
    }
  }

  /**
   * A message that a client sent with a correlation id is declined by a STATUS_RESPONSE and goes
   * nowhere.
   *
   * @param reason one of INVALID_ARGUMENT, NO_SUCH_CHANNEL and LIMIT_EXCEEDED
   */
  record StatusResponse(Reason reason) implements Fault {
    public StatusResponse {
      LinkModel.require(
          StatusCodes.NAMES.containsKey(reason),
          "a STATUS_RESPONSE has one of the errors " + StatusCodes.NAMES.values());
    }

    @Override
    public String text() {
      return "status-response=" + StatusCodes.NAMES.get(reason);
    }
  }

  /** The emulator's ICE agent is offered and never answers a check, nor sends one. */
  record IgnoreChecks() implements OfPeer {
    @Override
    public String text() {
      return "ignore-checks";
    }

    @Override
    public PeerFate on(PeerFate fate) {
      return new PeerFate(true, fate.wrongFingerprint(), fate.silentAfter());
    }
  }

  /** The offer announces another certificate than the handshake then shows. */
  record WrongFingerprint() implements OfPeer {
    @Override
    public String text() {
      return "wrong-fingerprint";
    }

    @Override
    public PeerFate on(PeerFate fate) {
      return new PeerFate(fate.ignoresChecks(), true, fate.silentAfter());
    }
  }

  /**
   * A while after ICE has found a path, nothing comes from the emulator any more, not even consent
   * (RFC 7675), and it hears nothing.
   *
   * @param after up to an hour of the machine's time
   */
  record Silence(Duration after) implements OfPeer {
    public Silence {
      Durations.requireWait(after);
    }

    @Override
    public String text() {
      return "silence" + Durations.after(after);
    }

    @Override
    public PeerFate on(PeerFate fate) {
      return new PeerFate(fate.ignoresChecks(), fate.wrongFingerprint(), after);
    }
  }

  /** The participant's network does this to media; takes the place of {@code --network}. */
  record BadNetwork(NetworkModel model) implements OfMedia {
    @Override
    public String text() {
      return ("network " + NetworkWriter.write(model)).strip();
    }

    @Override
    public MediaFate on(MediaFate fate) {
      return new MediaFate(model, fate.keyFrames(), fate.bitsPerSecond());
    }
  }

  /** The participant is never asked for a key frame, whatever is lost. */
  record NoKeyFrameRequests() implements OfMedia {
    @Override
    public String text() {
      return "pli=none";
    }

    @Override
    public MediaFate on(MediaFate fate) {
      return new MediaFate(fate.network(), MediaFate.NO_KEY_FRAMES, fate.bitsPerSecond());
    }
  }

  /**
   * The participant is asked for a key frame again and again, whether it has just sent one or not.
   *
   * @param every 10 ms to 10 s
   */
  record KeyFrameStorm(Duration every) implements OfMedia {
    public KeyFrameStorm {
      LinkModel.require(
          every.compareTo(Duration.ofMillis(10)) >= 0
              && every.compareTo(Duration.ofSeconds(10)) <= 0,
          "in a storm key frames are asked for every 10ms to 10s");
    }

    @Override
    public String text() {
      return "pli=" + Durations.text(every);
    }

    @Override
    public MediaFate on(MediaFate fate) {
      return new MediaFate(fate.network(), every, fate.bitsPerSecond());
    }
  }

  /**
   * The participant is told by REMB feedback that no more than this comes through
   * (draft-alvestrand-rmcat-remb-03); nothing is lost if it sends more.
   *
   * @param bitsPerSecond 8,000 to 10,000,000,000
   */
  record BandwidthLimit(long bitsPerSecond) implements OfMedia {
    public BandwidthLimit {
      LinkModel.require(
          bitsPerSecond >= Bottleneck.LEAST && bitsPerSecond <= Bottleneck.MOST,
          "the bandwidth must be 8kbit to 10gbit a second");
    }

    @Override
    public String text() {
      return "bandwidth=" + bitsPerSecond / 1_000 + "kbit";
    }

    @Override
    public MediaFate on(MediaFate fate) {
      return new MediaFate(fate.network(), fate.keyFrames(), bitsPerSecond);
    }
  }
}
