package io.github.kvslocal.conformance.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * A request that is valid but for one value, or whose value stands exactly at a bound.
 *
 * @param what is special about it
 * @param member the nearest name of that value
 * @param constraint what a complaint about the constraint says, be it one of several
 */
record Trial(String what, String member, Pattern constraint, ObjectNode input) {

  /** Whether this is a complaint about this very constraint of this very member. */
  boolean isNamedIn(String message) {
    int start = message.indexOf("constraint");
    return Pattern.compile("\\b" + Pattern.quote(member) + "\\b").matcher(message).find()
        && constraint.matcher(start < 0 ? message : message.substring(start)).find();
  }

  @Override
  public String toString() {
    String text = input.toString();
    return member + " " + what + ": " + (text.length() > 300 ? text.substring(0, 300) + "…" : text);
  }
}
