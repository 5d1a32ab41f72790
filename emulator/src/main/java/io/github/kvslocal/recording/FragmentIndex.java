package io.github.kvslocal.recording;

import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.fragment.FragmentNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The stored fragments of one stream by number and by age, and its next numbers. Any thread may
 * call it.
 *
 * <p>The two orders are not the same: numbers always increase, while policy time may be earlier
 * after a restart.
 */
public final class FragmentIndex {
  private static final Comparator<FragmentMetadata> BY_AGE =
      Comparator.comparing(FragmentMetadata::serverTime).thenComparing(FragmentMetadata::number);

  private final NavigableMap<FragmentNumber, FragmentMetadata> fragments = new TreeMap<>();
  private final NavigableSet<FragmentMetadata> byAge = new TreeSet<>(BY_AGE);
  private final FragmentNumbers numbers = new FragmentNumbers();

  /** A number greater than all that were given or added. */
  public synchronized FragmentNumber nextNumber(Instant now) {
    return numbers.next(now);
  }

  /** A fragment can be read from now on; it replaces one of the same number. */
  public synchronized void add(FragmentMetadata metadata) {
    FragmentMetadata before = fragments.put(metadata.number(), metadata);
    if (before != null) {
      byAge.remove(before);
    }
    byAge.add(metadata);
    numbers.used(metadata.number());
  }

  /** A number that no fragment will have, such as that of a file which cannot be read. */
  public synchronized void skip(FragmentNumber number) {
    numbers.used(number);
  }

  /** These and no others can be read from now on; the numbers go on. */
  public synchronized void replace(List<FragmentMetadata> others) {
    clear();
    others.forEach(this::add);
  }

  /** A fragment cannot be read any more; one with its number and other facts stays. */
  public synchronized void remove(FragmentMetadata metadata) {
    if (fragments.remove(metadata.number(), metadata)) {
      byAge.remove(metadata);
    }
  }

  /**
   * Takes out the oldest ones that the service had at this instant or earlier.
   *
   * @param most that are taken out; above zero
   */
  public synchronized List<FragmentMetadata> removeUntil(Instant serverTime, int most) {
    List<FragmentMetadata> removed = new ArrayList<>();
    while (removed.size() < most
        && !byAge.isEmpty()
        && !byAge.first().serverTime().isAfter(serverTime)) {
      FragmentMetadata oldest = byAge.first();
      byAge.remove(oldest);
      fragments.remove(oldest.number());
      removed.add(oldest);
    }
    return removed;
  }

  /** Takes out all of them; the numbers go on. */
  public synchronized void clear() {
    fragments.clear();
    byAge.clear();
  }

  public synchronized Optional<FragmentMetadata> find(FragmentNumber number) {
    return Optional.ofNullable(fragments.get(number));
  }

  /** When the service had the one that it had first; empty if there is none. */
  public synchronized Optional<Instant> oldest() {
    return byAge.isEmpty() ? Optional.empty() : Optional.of(byAge.first().serverTime());
  }

  /** All fragments by ascending number, as they are now. */
  public synchronized List<FragmentMetadata> list() {
    return List.copyOf(fragments.values());
  }
}
