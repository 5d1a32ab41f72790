package io.github.kvslocal.recording;

import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.fragment.FragmentNumbers;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The stored fragments of one stream by number, and its next numbers. Any thread may call it. */
public final class FragmentIndex {
  private final NavigableMap<FragmentNumber, FragmentMetadata> fragments = new TreeMap<>();
  private final FragmentNumbers numbers = new FragmentNumbers();

  /** A number greater than all that were given or added. */
  public synchronized FragmentNumber nextNumber(Instant now) {
    return numbers.next(now);
  }

  /** A fragment can be read from now on; it replaces one of the same number. */
  public synchronized void add(FragmentMetadata metadata) {
    fragments.put(metadata.number(), metadata);
    numbers.used(metadata.number());
  }

  public synchronized Optional<FragmentMetadata> find(FragmentNumber number) {
    return Optional.ofNullable(fragments.get(number));
  }

  /** All fragments by ascending number, as they are now. */
  public synchronized List<FragmentMetadata> list() {
    return List.copyOf(fragments.values());
  }
}
