package io.github.kvslocal.http;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tags in the two shapes that the service has for them. */
final class TagMembers {
  private TagMembers() {}

  /**
   * {@code [{"Key":…,"Value":…}]}, of channels. AWS does not say what it makes of a key that is
   * there twice; here it is declined.
   */
  static Map<String, String> list(Members body, int least) throws RefusedException {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Members tag : body.structures("Tags", least, Tags.MOST)) {
      String key = tag.requiredText("Key", TextRule.TAG_KEY);
      String value = tag.requiredText("Value", TextRule.TAG_VALUE);
      if (tags.put(key, value) != null) {
        throw tag.value("Key").violates("Member must be the key of one tag only");
      }
    }
    return tags;
  }

  /** {@code {"<key>":"<value>"}}, of streams. */
  static Map<String, String> map(Members body) throws RefusedException {
    return body.texts("Tags", 1, Tags.MOST, TextRule.TAG_KEY, TextRule.TAG_VALUE);
  }

  static List<String> keys(Members body) throws RefusedException {
    return body.requiredTexts("TagKeyList", 1, Tags.MOST, TextRule.TAG_KEY);
  }
}
