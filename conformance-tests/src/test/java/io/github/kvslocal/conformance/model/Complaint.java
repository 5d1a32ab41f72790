package io.github.kvslocal.conformance.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a message speaks of a constraint: by its number, its pattern, its constants, its type. */
final class Complaint {
  /** Said of a member that must be there. */
  static final Pattern MISSING = Pattern.compile("\\bnull\\b|\\brequired\\b");

  /** Of constants at all. */
  static final Pattern CONSTANT = Pattern.compile("\\benum\\b");

  private Complaint() {}

  /** Of this bound, whatever it bounds. */
  static String number(long bound) {
    return "(?<![0-9])" + bound + "(?![0-9])";
  }

  /** Of the pattern or of the constants, if the shape has any; of the type if not. */
  static String form(Shape shape) {
    if (shape.pattern().isPresent()) {
      return "\\bpattern\\b";
    }
    return shape.constants().isEmpty() ? type(shape) : constants(shape);
  }

  static String type(Shape shape) {
    return switch (shape.type()) {
      case STRING ->
          shape.constants().isEmpty() ? "\\bstring\\b" : "\\bstring\\b|" + constants(shape);
      case INTEGER, LONG -> "\\b(integer|long|number)\\b";
      case TIMESTAMP -> "\\b(timestamp|number)\\b";
      // A map of few keys is the same as a structure.
      case MAP -> "\\b(map|structure|object)\\b";
      case STRUCTURE, LIST, BOOLEAN -> "\\b" + shape.type().name().toLowerCase(Locale.ROOT) + "\\b";
    };
  }

  private static String constants(Shape shape) {
    return Pattern.quote(shape.constants().get(0));
  }
}
