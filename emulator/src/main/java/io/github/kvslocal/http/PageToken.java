package io.github.kvslocal.http;

import io.github.kvslocal.channel.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a list returns when others follow, opaque to clients: the list it belongs to and the last
 * name that was told. The next page begins after that name, whatever was created or deleted
 * meanwhile.
 */
final class PageToken {
  private PageToken() {}

  /** A token of at most 400 characters. */
  static String of(String list, String last) {
    return Base64.getEncoder().encodeToString((list + ":" + last).getBytes(StandardCharsets.UTF_8));
  }

  /** The name that the page follows; empty text for the first page. */
  static String read(Members body, String list) throws RefusedException {
    String token = body.text("NextToken", TextRule.NEXT_TOKEN).orElse("");
    if (token.isEmpty()) {
      return "";
    }
    String known = list + ":";
    String text = decoded(token);
    if (!text.startsWith(known) || text.length() == known.length()) {
      throw unknown(body, list);
    }
    return text.substring(known.length());
  }

  /**
   * Checks the token of a list that never has a second page, so that no token belongs to it: a
   * resource has at most as many tags, and a stream as many mappings, as one page holds.
   */
  static void requireNone(Members body, String list) throws RefusedException {
    if (!body.text("NextToken", TextRule.NEXT_TOKEN).orElse("").isEmpty()) {
      throw unknown(body, list);
    }
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static RefusedException unknown(Members body, String list) {
    return body.value("NextToken").violates("Member must be a token that " + list + " returned");
  }
}
