package io.github.kvslocal.fault;

/**
 * Losses that come together: a path is good or bad, and changes from one to the other by chance
 * with each datagram (E. N. Gilbert, "Capacity of a Burst-Noise Channel", Bell System Technical
 * Journal 39, 1960; {@code gemodel} of tc-netem(8)).
 *
 * <p>A bad time lasts {@code 1 / end} datagrams on average, and {@code begin / (begin + end)} of
 * all datagrams meet one.
 *
 * @param begin the probability that a datagram of a good time begins a bad one, 0 to 1
 * @param end the probability that a datagram of a bad time ends it, above 0 to 1
 * @param loss of datagrams in a bad time, 0 to 1
 */
public record Bursts(double begin, double end, double loss) {
  /** The path is good at all times. */
  public static final Bursts NONE = new Bursts(0, 1, 0);

  public Bursts {
    LinkModel.requireFraction(begin, "the beginning of bursts");
    LinkModel.requireFraction(end, "the end of bursts");
    LinkModel.requireFraction(loss, "the loss within bursts");
    LinkModel.require(end > 0, "bursts have to end some time: their end must be more than 0%");
  }
}
