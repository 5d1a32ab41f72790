package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.RefusedException;

/**
 * Copies the members that a shape names from a request into what is kept of it, checking each;
 * members that no shape names stay behind.
 */
record CheckedCopy(Members from, ObjectNode to) {

  /** What a structure consists of. */
  @FunctionalInterface
  interface Shape {
    void copy(CheckedCopy copy) throws RefusedException;
  }

  void requiredText(String member, TextRule rule) throws RefusedException {
    to.put(member, from.requiredText(member, rule));
  }

  void integer(String member, int least, int most) throws RefusedException {
    from.integer(member, least, most).ifPresent(number -> to.put(member, number));
  }

  void requiredInteger(String member, int least, int most) throws RefusedException {
    to.put(member, from.requiredInteger(member, least, most));
  }

  void flag(String member) throws RefusedException {
    from.flag(member).ifPresent(flag -> to.put(member, flag));
  }

  <E extends Enum<E>> void oneOf(String member, Class<E> constants) throws RefusedException {
    from.oneOf(member, constants).ifPresent(constant -> to.put(member, constant.name()));
  }

  <E extends Enum<E>> void requiredOneOf(String member, Class<E> constants)
      throws RefusedException {
    to.put(member, from.requiredOneOf(member, constants).name());
  }

  void structure(String member, Shape shape) throws RefusedException {
    if (from.has(member)) {
      requiredStructure(member, shape);
    }
  }

  void requiredStructure(String member, Shape shape) throws RefusedException {
    shape.copy(new CheckedCopy(from.requiredStructure(member), to.putObject(member)));
  }
}
