package io.github.kvslocal.fault;

/**
 * What the way between the emulator and one participant does to media, and the seed of its dice.
 *
 * @param incoming what happens to what the participant sends
 * @param outgoing what happens to what the emulator sends
 * @param seed the same one makes the same of the same datagrams
 */
public record NetworkModel(LinkModel incoming, LinkModel outgoing, long seed) {
  /** Everything arrives once and at once. */
  public static final NetworkModel PERFECT = symmetric(LinkModel.PERFECT, 0);

  /** The same both ways. */
  public static NetworkModel symmetric(LinkModel eachWay, long seed) {
    return new NetworkModel(eachWay, eachWay, seed);
  }

  /** The same with other dice. */
  public NetworkModel withSeed(long other) {
    return new NetworkModel(incoming, outgoing, other);
  }

  /** Whether nothing happens to anything. */
  public boolean isPerfect() {
    return incoming.equals(LinkModel.PERFECT) && outgoing.equals(LinkModel.PERFECT);
  }

  /**
   * Reads a list of properties, such as {@code loss=3%,delay=25ms,out.rate=2mbit}. Each holds both
   * ways, unless {@code in.} or {@code out.} before its name says which way.
   *
   * <table>
   * <caption>Properties</caption>
   * <tr><td>{@code loss=3%}<td>at random
   * <tr><td>{@code burst=1%:25%[:100%]}<td>the probabilities that a burst begins and ends, and the
   * loss within; 100 % unless said
   * <tr><td>{@code delay=25ms}<td>in {@code us}, {@code ms} or {@code s}
   * <tr><td>{@code jitter=10ms}<td>added to the delay
   * <tr><td>{@code reorder=1%}<td>leave out the delay
   * <tr><td>{@code duplicate=1%}<td>arrive twice
   * <tr><td>{@code corrupt=1%}<td>arrive with a bit changed
   * <tr><td>{@code rate=2mbit}<td>in {@code kbit}, {@code mbit} or {@code gbit} a second
   * <tr><td>{@code queue=200ms}<td>the longest wait for the rate
   * <tr><td>{@code seed=7}<td>for both ways; 0 unless said
   * </table>
   *
   * <p>Percentages may be written as fractions: {@code loss=0.03}.
   *
   * @param text at most {@value NetworkReader#MOST_CHARACTERS} characters; empty for a perfect
   *     network
   * @throws IllegalArgumentException if it is anything else, with a text for the person who wrote
   *     it, of which it repeats nothing but names of properties
   */
  public static NetworkModel parse(String text) {
    return NetworkReader.read(text);
  }
}
