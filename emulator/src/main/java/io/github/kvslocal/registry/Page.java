package io.github.kvslocal.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * One answer of a list that is by name and comes in several: the items, and where the next answer
 * goes on. What is created or deleted between two pages moves nothing else.
 *
 * @param last the name of the last item, for the next request to begin after, if others follow;
 *     empty text if this is the last page
 */
public record Page<R>(List<R> items, String last) {
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

  /** The items that are asked for, of all by name. */
  static <R> Page<R> of(NavigableMap<String, R> named, Request request) {
    String prefix = request.prefix();
    boolean begun = !request.after().isEmpty() && request.after().compareTo(prefix) >= 0;
    NavigableMap<String, R> rest =
        begun
            ? named.tailMap(request.after(), /* inclusive= */ false)
            : named.tailMap(prefix, /* inclusive= */ true);
    List<R> items = new ArrayList<>();
    String last = "";
    for (Map.Entry<String, R> entry : rest.entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      if (items.size() == request.most()) {
        return new Page<>(items, last);
      }
      items.add(entry.getValue());
      last = entry.getKey();
    }
    return new Page<>(items, "");
  }
}
