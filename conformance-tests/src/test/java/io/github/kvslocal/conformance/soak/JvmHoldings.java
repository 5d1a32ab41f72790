package io.github.kvslocal.conformance.soak;

import java.lang.management.BufferPoolMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a JVM holds.
 *
 * @param heapBytes of live objects: what is used after a full collection
 * @param directBuffers buffers outside the heap
 * @param directBytes of those buffers
 * @param threads live ones, by name in alphabetical order
 */
record JvmHoldings(long heapBytes, long directBuffers, long directBytes, List<String> threads) {
  /** The least of several, each figure for itself: the others had something on its way. */
  static JvmHoldings least(List<JvmHoldings> several) {
    return new JvmHoldings(
        several.stream().mapToLong(JvmHoldings::heapBytes).min().orElseThrow(),
        several.stream().mapToLong(JvmHoldings::directBuffers).min().orElseThrow(),
        several.stream().mapToLong(JvmHoldings::directBytes).min().orElseThrow(),
        several.stream()
            .map(JvmHoldings::threads)
            .min(Comparator.comparing(List::size))
            .orElseThrow());
  }

  static JvmHoldings of(long heapBytes, BufferPoolMXBean direct, List<String> threads) {
    return new JvmHoldings(heapBytes, direct.getCount(), direct.getMemoryUsed(), threads);
  }

  /** The names of threads that were not there before, those of equal names counted. */
  List<String> threadsBeyond(JvmHoldings before) {
    List<String> more = new ArrayList<>(threads);
    before.threads.forEach(more::remove);
    return more;
  }

  @Override
  public String toString() {
    return "%,d bytes of live objects, %d direct buffers of %,d bytes, %d threads"
        .formatted(heapBytes, directBuffers, directBytes, threads.size());
  }
}
