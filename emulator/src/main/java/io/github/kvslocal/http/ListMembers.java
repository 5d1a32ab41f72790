package io.github.kvslocal.http;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Page;

/** What both lists are asked with. */
final class ListMembers {
  private static final int LARGEST_PAGE = 10_000;

  private enum ComparisonOperator {
    BEGINS_WITH
  }

  private ListMembers() {}

  /**
   * Reads the members of a list's request.
   *
   * @param condition the member with the condition on names, of which either part may be left out;
   *     AWS does not say so, but the models require neither
   */
  static Page.Request read(Members body, String list, String condition, int defaultPage)
      throws RefusedException {
    int most = body.integer("MaxResults", 1, LARGEST_PAGE).orElse(defaultPage);
    String after = PageToken.read(body, list);
    Members names = body.structure(condition);
    names.oneOf("ComparisonOperator", ComparisonOperator.class);
    return new Page.Request(names.name("ComparisonValue").orElse(""), after, most);
  }
}
