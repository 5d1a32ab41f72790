package io.github.kvslocal.api;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often each operation may be called, by account and by channel or stream, each counted by a
 * bucket of tokens.
 *
 * <p>AWS does not say how it counts; here as many calls as a second has may come at once (assumed).
 * Has one owner: the loop on which requests come in.
 */
public final class Quotas {
  /** The service's (Developer Guides, "Service quotas"). */
  public static final Map<String, Rate> DOCUMENTED = documented();

  /** Beyond that many callers and resources within a second, further ones are not counted. */
  static final int MOST_BUCKETS = 100_000;

  private static final Duration BURST = Duration.ofSeconds(1);

  /**
   * Calls per second; 0 where no quota is documented.
   *
   * @param perResource for each channel or stream
   */
  public record Rate(int perAccount, int perResource) {}

  private final Map<String, Rate> rates;

  /** When each bucket is full again; one that is not here is full. */
  private final Map<String, Instant> fullAt = new HashMap<>();

  private Instant sweptAt = Instant.MIN;

  /**
   * Quotas of these rates.
   *
   * @param rates by the names of actions; what is not in there may be called at any rate
   */
  public Quotas(Map<String, Rate> rates) {
    this.rates = Map.copyOf(rates);
  }

  /** None at all. */
  public static Quotas off() {
    return new Quotas(Map.of());
  }

  /**
   * Counts a call.
   *
   * @param now policy time
   * @throws DeclinedException if it is one too many, which is not counted then
   */
  public void take(Caller caller, Action action, Target target, Instant now)
      throws DeclinedException {
    Rate rate = rates.get(action.name());
    if (rate == null) {
      return;
    }
    sweep(now);
    String account = action.name() + " " + caller.account() + " " + caller.region();
    // With the caller, or strangers who name a channel could use up what its owner may ask.
    String resource = account + " " + target.withoutTime();
    boolean ofResource = !target.equals(Target.NONE);
    requireToken(account, rate.perAccount(), action, "account", now);
    if (ofResource) {
      requireToken(resource, rate.perResource(), action, target.kind(), now);
      takeToken(resource, rate.perResource(), now);
    }
    takeToken(account, rate.perAccount(), now);
  }

  private void requireToken(String bucket, int rate, Action action, String each, Instant now)
      throws DeclinedException {
    if (rate == 0) {
      return;
    }
    Duration wait = Duration.between(now, fullAfter(bucket, rate, now)).minus(BURST);
    if (wait.compareTo(Duration.ZERO) > 0) {
      throw new DeclinedException(
          ServiceError.CLIENT_LIMIT_EXCEEDED,
          "Kinesis Video Streams has throttled the request because you have exceeded the limit of"
              + " allowed client calls. Try making the call later. The quota of %s is %d per second for each %s; try again in %d ms."
                  .formatted(action.name(), rate, each, wait.toMillis() + 1));
    }
  }

  private void takeToken(String bucket, int rate, Instant now) {
    if (rate != 0 && (fullAt.size() < MOST_BUCKETS || fullAt.containsKey(bucket))) {
      fullAt.put(bucket, fullAfter(bucket, rate, now));
    }
  }

  /**
   * When a bucket is full again if one more token is taken now. An empty one is full after a burst,
   * so one that would take longer is of a time before which the clock has stepped back.
   */
  private Instant fullAfter(String bucket, int rate, Instant now) {
    Instant full = fullAt.getOrDefault(bucket, now);
    Instant latest = now.plus(BURST);
    Instant likely = full.isAfter(latest) ? latest : full;
    return (likely.isAfter(now) ? likely : now).plus(BURST.dividedBy(rate));
  }

  /** Forgets what is full again, and what a clock that has stepped back has left ahead of it. */
  private void sweep(Instant now) {
    if (sweptAt.equals(Instant.MIN)
        || now.isBefore(sweptAt)
        || Duration.between(sweptAt, now).compareTo(BURST) >= 0) {
      Instant latest = now.plus(BURST);
      fullAt.values().removeIf(full -> !full.isAfter(now) || full.isAfter(latest));
      sweptAt = now;
    }
  }

  /** How many buckets are not full. */
  int buckets() {
    return fullAt.size();
  }

  private static Map<String, Rate> documented() {
    Map<String, Rate> rates = new HashMap<>();
    put(rates, new Rate(50, 0), "CreateSignalingChannel", "ListSignalingChannels");
    put(rates, new Rate(50, 0), "CreateStream", "ListStreams");
    put(rates, new Rate(50, 5), "UpdateSignalingChannel", "DeleteSignalingChannel");
    put(rates, new Rate(50, 5), "TagResource", "UntagResource", "ListTagsForResource");
    put(rates, new Rate(50, 5), "DescribeMediaStorageConfiguration");
    put(rates, new Rate(10, 5), "UpdateMediaStorageConfiguration");
    put(rates, new Rate(300, 5), "DescribeSignalingChannel");
    put(rates, new Rate(300, 0), "GetSignalingChannelEndpoint");
    put(rates, new Rate(0, 3), "ConnectAsMaster");
    // Throttled by account as well (ConnectAsViewer page). AWS does not say at which rate; as
    // joins.
    put(rates, new Rate(50, 3), "ConnectAsViewer");
    put(rates, new Rate(100, 5), "GetIceServerConfig", "SendAlexaOfferToMaster");
    // Of viewers AWS does not say; as of masters.
    put(rates, new Rate(50, 2), "JoinStorageSession", "JoinStorageSessionAsViewer");
    put(rates, new Rate(300, 5), "DescribeStream", "GetDataEndpoint");
    put(rates, new Rate(50, 5), "UpdateStream", "DeleteStream", "UpdateDataRetention");
    put(rates, new Rate(50, 5), "TagStream", "UntagStream", "ListTagsForStream");
    put(rates, new Rate(50, 5), "DescribeMappedResourceConfiguration");
    put(rates, new Rate(0, 25), "GetHLSStreamingSessionURL", "GetDASHStreamingSessionURL");
    return Map.copyOf(rates);
  }

  private static void put(Map<String, Rate> rates, Rate rate, String... actions) {
    for (String action : actions) {
      rates.put(action, rate);
    }
  }
}
