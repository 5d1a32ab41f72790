package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One value that a client sent, checked by what the service models demand. All complaints have the
 * form of the service's own: member, value, constraint.
 *
 * @param path the member, such as {@code Tags.1.member.Key}
 */
record Value(JsonNode node, String path) {
  private static final int LONGEST_QUOTE = 100;

  /** The last of the year 9999. */
  private static final long LATEST_SECOND = 253_402_300_799L;

  String text(TextRule rule) throws RefusedException {
    if (!node.isTextual()) {
      throw violates("Member must be a string");
    }
    String text = node.textValue();
    // First by what costs nothing: a text has at most twice as many UTF-16 units as characters.
    int length =
        text.length() > 2 * rule.most() ? text.length() : text.codePointCount(0, text.length());
    if (length < rule.least()) {
      throw violates("Member must have length greater than or equal to " + rule.least());
    }
    if (length > rule.most()) {
      throw violates("Member must have length less than or equal to " + rule.most());
    }
    if (!rule.pattern().matcher(text).matches()) {
      throw violates("Member must satisfy regular expression pattern: " + rule.pattern().pattern());
    }
    if (text.codePoints().anyMatch(Value::isHalfCharacter)) {
      throw violates("Member must consist of Unicode characters");
    }
    return text;
  }

  /** Half of a surrogate pair, which JSON can spell but no UTF-8 can hold. */
  private static boolean isHalfCharacter(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  int integer(int least, int most) throws RefusedException {
    if (!node.isIntegralNumber()) {
      throw violates("Member must be an integer");
    }
    BigInteger value = node.bigIntegerValue();
    if (value.compareTo(BigInteger.valueOf(least)) < 0) {
      throw violates("Member must have value greater than or equal to " + least);
    }
    if (value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw violates("Member must have value less than or equal to " + most);
    }
    return value.intValueExact();
  }

  boolean flag() throws RefusedException {
    if (!node.isBoolean()) {
      throw violates("Member must be a boolean");
    }
    return node.booleanValue();
  }

  /**
   * A moment to the millisecond, which the rest-json protocol writes as a number of seconds since
   * the epoch.
   */
  Instant timestamp() throws RefusedException {
    // A double, since the exact value of a number like 1e999999999 takes a gigabyte.
    double seconds = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!(seconds >= 0 && seconds <= LATEST_SECOND)) {
      throw violates("Member must be a number of seconds since the epoch, 0 to 253402300799");
    }
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  <E extends Enum<E>> E constant(Class<E> constants) throws RefusedException {
    for (E constant : constants.getEnumConstants()) {
      if (node.isTextual() && constant.name().equals(node.textValue())) {
        return constant;
      }
    }
    throw violates("Member must satisfy enum value set: " + List.of(constants.getEnumConstants()));
  }

  /** The elements of a list, the first one being number 1. */
  List<Value> elements(int least, int most) throws RefusedException {
    if (!node.isArray()) {
      throw violates("Member must be a list");
    }
    requireSize(least, most);
    List<Value> elements = new ArrayList<>();
    for (JsonNode element : node) {
      elements.add(new Value(element, path + "." + (elements.size() + 1) + ".member"));
    }
    return elements;
  }

  void requireSize(int least, int most) throws RefusedException {
    if (node.size() < least) {
      throw violates("Member must have length greater than or equal to " + least);
    }
    if (node.size() > most) {
      throw violates("Member must have length less than or equal to " + most);
    }
  }

  RefusedException violates(String constraint) {
    return violates(Reason.INVALID_ARGUMENT, constraint);
  }

  RefusedException violates(Reason reason, String constraint) {
    return new RefusedException(
        reason,
        "1 validation error detected: Value "
            + (node.isNull() || node.isMissingNode() ? "null" : "'" + quote() + "'")
            + " at '"
            + path
            + "' failed to satisfy constraint: "
            + constraint);
  }

  private String quote() {
    if (node.isContainerNode()) {
      return node.isArray() ? "[…]" : "{…}";
    }
    return shortened(node.asText());
  }

  /** As much of a foreign text as an explanation repeats. */
  static String shortened(String text) {
    return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
  }
}
