package io.github.kvslocal.fault;

import java.util.random.RandomGenerator;

/**
 * One direction of a path at work: tells when each datagram arrives. The same dice and the same
 * datagrams at the same instants have the same fate. Single-threaded.
 */
public final class Link {
  private static final long[] NEVER = {};

  /** Bytes by which a datagram's kind is told. */
  private static final int SPARED = 2;

  private final LinkModel model;
  private final RandomGenerator dice;
  private boolean bad;

  /** When the bottleneck has let everything through that it has taken. */
  private long freeAtNanos = Long.MIN_VALUE;

  /**
   * A path that is good at first and empty.
   *
   * @param dice decides what is lost, late and doubled
   */
  public Link(LinkModel model, RandomGenerator dice) {
    this.model = model;
    this.dice = dice;
  }

  /**
   * Sends a datagram.
   *
   * @param length in bytes
   * @param nowNanos monotonic, from an arbitrary start
   * @return when it arrives, on the same clock and not before now: not at all, once or twice
   */
  public long[] send(int length, long nowNanos) {
    // Before the bottleneck, as tc-netem loses before it queues: what is lost occupies nothing.
    if (isLost()) {
      return NEVER;
    }
    long through = nowNanos;
    if (!model.bottleneck().isUnlimited()) {
      long begin = Math.max(nowNanos, freeAtNanos);
      if (begin - nowNanos > model.bottleneck().queue().toNanos()) {
        return NEVER;
      }
      freeAtNanos = begin + model.bottleneck().occupation(length);
      through = freeAtNanos;
    }
    long first = arrival(through);
    return happens(model.duplication()) ? new long[] {first, arrival(through)} : new long[] {first};
  }

  /**
   * Sends a datagram that nobody would send again in time, such as one of a handshake: it takes the
   * delay and nothing else.
   *
   * @return when it arrives
   */
  public long sendSafely(long nowNanos) {
    return nowNanos + model.delay().toNanos();
  }

  /**
   * Which bit of a datagram that arrives is changed, counted from its beginning; -1 for none. The
   * first 16 are spared, so that it still looks like what it is.
   *
   * @param length in bytes
   */
  public int corruptedBit(int length) {
    return length > SPARED && happens(model.corruption())
        ? Byte.SIZE * SPARED + dice.nextInt(Byte.SIZE * (length - SPARED))
        : -1;
  }

  private boolean isLost() {
    if (bad) {
      bad = !happens(model.bursts().end());
    } else {
      bad = happens(model.bursts().begin());
    }
    return happens(bad ? model.bursts().loss() : model.loss());
  }

  private long arrival(long fromNanos) {
    if (happens(model.reordering())) {
      return fromNanos;
    }
    long jitter = model.jitter().toNanos();
    return fromNanos + model.delay().toNanos() + (long) (dice.nextDouble() * jitter);
  }

  private boolean happens(double probability) {
    return probability > 0 && dice.nextDouble() < probability;
  }
}
