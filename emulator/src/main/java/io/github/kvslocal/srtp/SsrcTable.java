package io.github.kvslocal.srtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is kept per SSRC, in the order of first use: a handful in practice, so that a scan beats a
 * map and boxes nothing.
 */
final class SsrcTable<T> {
  /**
   * SSRCs per direction of one association; a session has two tracks, each with a retransmission
   * stream, and a client that renegotiates brings new ones. Beyond it a new SSRC is refused.
   */
  static final int CAPACITY = 64;

  private int[] ssrcs = new int[4];
  private @Nullable Object[] contexts = new Object[4];
  private int size;

  @Nullable T find(int ssrc) {
    for (int i = 0; i < size; i++) {
      if (ssrcs[i] == ssrc) {
        return at(i);
      }
    }
    return null;
  }

  boolean full() {
    return size == CAPACITY;
  }

  int size() {
    return size;
  }

  void add(int ssrc, T context) {
    if (full()) {
      throw new IllegalStateException("the table is full");
    }
    if (size == ssrcs.length) {
      ssrcs = Arrays.copyOf(ssrcs, size * 2);
      contexts = Arrays.copyOf(contexts, size * 2);
    }
    ssrcs[size] = ssrc;
    contexts[size] = context;
    size++;
  }

  /** Only {@link #add} fills the array, and only with a {@code T}. */
  @SuppressWarnings("unchecked")
  private @Nullable T at(int index) {
    return (T) contexts[index];
  }
}
