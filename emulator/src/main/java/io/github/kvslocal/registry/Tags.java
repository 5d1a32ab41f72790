package io.github.kvslocal.registry;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tags of a channel or a stream, by key. A change of tags is none of the resource's version:
 * neither DescribeStream nor DescribeSignalingChannel shows them (assumed).
 */
public record Tags(SortedMap<String, String> pairs) {
  /** TagStream API page: "can support up to 50 tags". */
  public static final int MOST = 50;

  /** No tags. */
  public static final Tags NONE = new Tags(new TreeMap<>());

  public Tags {
    pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
  }

  /** These and more; the value of a key that is there is replaced (TagResource API page). */
  public Tags with(Map<String, String> more) throws RefusedException {
    TreeMap<String, String> both = new TreeMap<>(pairs);
    both.putAll(more);
    if (both.size() > MOST) {
      throw new RefusedException(
          Reason.TAG_LIMIT,
          "The resource would have "
              + both.size()
              + " tags, but "
              + MOST
              + " at most are possible; remove some first.");
    }
    return new Tags(both);
  }

  /** What is left without these keys; one that is not there is ignored (UntagResource API page). */
  public Tags without(Collection<String> keys) {
    TreeMap<String, String> rest = new TreeMap<>(pairs);
    keys.forEach(rest::remove);
    return new Tags(rest);
  }
}
