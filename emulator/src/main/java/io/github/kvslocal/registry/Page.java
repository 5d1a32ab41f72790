package io.github.kvslocal.registry;

import java.util.List;

/**
 * Some of many, by name.
 *
 * @param more whether others follow
 */
public record Page<R>(List<R> items, boolean more) {
  public Page {
    items = List.copyOf(items);
  }

  /**
   * Which ones are wanted.
   *
   * @param prefix what names have to begin with; empty text for all
   * @param after the last name of the page before; empty text for the first page
   * @param most how many, at least 1
   */
  public record Request(String prefix, String after, int most) {}
}
