package io.github.kvslocal.journal;

/**
 * How often something is expected.
 *
 * @param least at least so often, from 0
 * @param most at most so often
 */
public record Times(int least, int most) {
  public Times {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException(
          "%d to %d times: the least has to be from 0, and the most no less"
              .formatted(least, most));
    }
  }

  /** So often, from 0. */
  public static Times exactly(int times) {
    return new Times(times, times);
  }

  /** So often or more often, from 0. */
  public static Times atLeast(int times) {
    return new Times(times, Integer.MAX_VALUE);
  }

  /** So often, less often or not at all. */
  public static Times atMost(int times) {
    return new Times(0, times);
  }

  /** Not at all. */
  public static Times never() {
    return exactly(0);
  }

  boolean include(int count) {
    return least <= count && count <= most;
  }

  /** For a person, such as {@code at least 2}. */
  @Override
  public String toString() {
    if (least == most) {
      return least == 0 ? "none" : "exactly " + least;
    }
    if (most == Integer.MAX_VALUE) {
      return "at least " + least;
    }
    return least == 0 ? "at most " + most : least + " to " + most;
  }
}
