package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Page;
import java.util.function.Function;

/**
 * What the operations that list by name have in common.
 *
 * @param operation the name in the service model, to which its tokens belong
 * @param member the member of the answer that holds the items
 * @param defaultPage how many are in a page unless the request says so
 * @param largestPage how many it may ask for at most
 */
record PagedList(String operation, String member, int defaultPage, int largestPage) {
  private enum ComparisonOperator {
    BEGINS_WITH
  }

  /** The page that a request asks for. */
  Page.Request read(Members body) throws RefusedException {
    int most = body.integer("MaxResults", 1, largestPage).orElse(defaultPage);
    return new Page.Request("", PageToken.read(body, operation), most);
  }

  /**
   * The page that a request asks for.
   *
   * @param condition the member with the condition on names, of which either part may be left out;
   *     AWS does not say so, but the models require neither
   */
  Page.Request read(Members body, String condition) throws RefusedException {
    Page.Request all = read(body);
    Members names = body.structure(condition);
    names.oneOf("ComparisonOperator", ComparisonOperator.class);
    return new Page.Request(names.name("ComparisonValue").orElse(""), all.after(), all.most());
  }

  /** The page, and the token for the next if others follow. */
  <R> Answer answer(Page<R> page, Function<R, JsonNode> describe) {
    ObjectNode answer = Answer.object();
    ArrayNode list = answer.putArray(member);
    page.items().forEach(item -> list.add(describe.apply(item)));
    if (!page.last().isEmpty()) {
      answer.put("NextToken", PageToken.of(operation, page.last()));
    }
    return Answer.json(answer);
  }
}
