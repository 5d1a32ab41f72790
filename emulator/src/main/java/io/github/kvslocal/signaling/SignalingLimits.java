package io.github.kvslocal.signaling;

import java.time.Duration;

/**
 * The numbers of a channel's signaling (webrtc-dg, kvswebrtc-limits).
 *
 * @param viewers connected at the same time, besides the one master
 * @param older what becomes of a connection when its participant opens a newer one
 * @param heldOffers requests of SendAlexaOfferToMaster that wait at the same time; ours, since AWS
 *     names a rate only
 */
public record SignalingLimits(
    int viewers,
    Lifetime lifetime,
    Rates rates,
    Waiting waiting,
    OlderConnection older,
    int heldOffers) {

  /**
   * How long a connection lives.
   *
   * @param longest from its opening to its end
   * @param grace how long before that end GO_AWAY is sent
   * @param idle without a frame of its client, a message to it, or a pong; browsers, which cannot
   *     ping, are closed after that (observed), the KVS C SDK, which pings, is not (observed)
   * @param iceServers how often RECONNECT_ICE_SERVER is sent. AWS does not say when it does; the
   *     KVS C SDK reconnects when it hears it (observed), so by default it never does within a
   *     connection's life
   * @param admission between an upgrade that was admitted and its socket; ours
   * @param pings how often a client is pinged, whose pong is activity; zero for never. AWS does not
   *     say that its service pings; browsers are closed for idleness (observed), so it does not
   */
  public record Lifetime(
      Duration longest,
      Duration grace,
      Duration idle,
      Duration iceServers,
      Duration admission,
      Duration pings) {
    public Lifetime {
      for (Duration each : new Duration[] {longest, idle, iceServers, admission}) {
        require(!each.isNegative() && !each.isZero(), "a socket needs some time, not " + each);
      }
      require(
          !grace.isNegative() && grace.compareTo(longest) <= 0,
          "GO_AWAY comes within a socket's life, not %s before its end".formatted(grace));
      require(
          !pings.isNegative() && pings.compareTo(Duration.ofHours(1)) <= 0,
          "pings of sockets are 0 (none) to 3600 seconds apart, not " + pings.toSeconds());
    }
  }

  /**
   * Messages per second and connection.
   *
   * @param enforced whether they are declined beyond that; off by default, since a browser with
   *     many interfaces sends more than 20 candidates at once
   */
  public record Rates(int offers, int answers, int candidates, boolean enforced) {
    public Rates {
      require(Math.min(offers, Math.min(answers, candidates)) > 0, "a rate is at least 1");
    }
  }

  /**
   * Messages for those who are not connected. AWS does not say how many it keeps.
   *
   * @param perPair of one sender for one recipient
   * @param messages of the channel
   * @param characters of their payloads together
   */
  public record Waiting(int perPair, int messages, int characters) {
    public Waiting {
      require(Math.min(perPair, Math.min(messages, characters)) >= 0, "no bound is negative");
    }
  }

  /** AWS does not say whether the older connection is closed, only that the newer one counts. */
  public enum OlderConnection {
    /** Two clients that both believe to be the master would answer each other's offers. */
    CLOSE,
    /**
     * It stays open, is told nothing and what it says is ignored; when a third one is opened, the
     * oldest is closed, since somebody could open any number of them. AWS does not say how many
     * there may be.
     */
    LEAVE
  }

  /** The numbers of the documentation; where it has none, ours. */
  public static final SignalingLimits DOCUMENTED =
      new SignalingLimits(
          10,
          new Lifetime(
              Duration.ofHours(1),
              Duration.ofMinutes(1),
              Duration.ofMinutes(10),
              Duration.ofHours(1),
              Duration.ofSeconds(10),
              Duration.ZERO),
          new Rates(5, 5, 20, false),
          new Waiting(128, 1024, 524_288),
          OlderConnection.CLOSE,
          100);

  public SignalingLimits {
    require(viewers >= 0 && heldOffers >= 0, "neither viewers nor held offers are negative");
  }

  private static void require(boolean good, String complaint) {
    if (!good) {
      throw new IllegalArgumentException(complaint);
    }
  }

  /** The same with rates that are enforced or not. */
  public SignalingLimits withRatesEnforced(boolean enforced) {
    return new SignalingLimits(
        viewers,
        lifetime,
        new Rates(rates.offers(), rates.answers(), rates.candidates(), enforced),
        waiting,
        older,
        heldOffers);
  }

  /** The same with other times. */
  public SignalingLimits withLifetime(Lifetime other) {
    return new SignalingLimits(viewers, other, rates, waiting, older, heldOffers);
  }

  /** The same with so many viewers, unless it has more. */
  public SignalingLimits withViewersAtLeast(int least) {
    return new SignalingLimits(
        Math.max(viewers, least), lifetime, rates, waiting, older, heldOffers);
  }

  /** The same with pings this often; zero for never. */
  public SignalingLimits withPings(Duration interval) {
    return withLifetime(
        new Lifetime(
            lifetime.longest(),
            lifetime.grace(),
            lifetime.idle(),
            lifetime.iceServers(),
            lifetime.admission(),
            interval));
  }

  /** The same with another fate of older connections. */
  public SignalingLimits withOlder(OlderConnection other) {
    return new SignalingLimits(viewers, lifetime, rates, waiting, other, heldOffers);
  }
}
