package io.github.kvslocal.conformance.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** What a service model permits of a value. */
public final class Shape {
  /** The types that occur in the requests of the five services. */
  public enum Type {
    STRING,
    INTEGER,
    LONG,
    BOOLEAN,
    TIMESTAMP,
    STRUCTURE,
    LIST,
    MAP
  }

  private final JsonNode facts;

  Shape(JsonNode facts) {
    this.facts = facts;
  }

  /** What kind of value it is. */
  public Type type() {
    return Type.valueOf(facts.path("type").asText().toUpperCase(java.util.Locale.ROOT));
  }

  /** The least length, value or number of entries. */
  OptionalLong min() {
    return number("min");
  }

  /** The greatest length, value or number of entries. */
  OptionalLong max() {
    return number("max");
  }

  /** What a text has to match in full. */
  Optional<Pattern> pattern() {
    return facts.has("pattern")
        ? Optional.of(Pattern.compile(facts.path("pattern").asText()))
        : Optional.empty();
  }

  /** The texts that are permitted; empty if others are as well. */
  List<String> constants() {
    List<String> constants = new ArrayList<>();
    facts.path("enum").forEach(constant -> constants.add(constant.asText()));
    return constants;
  }

  /** The members of a structure, in the order of the model. */
  Map<String, Shape> members() {
    Map<String, Shape> members = new LinkedHashMap<>();
    facts
        .path("members")
        .properties()
        .forEach(member -> members.put(member.getKey(), new Shape(member.getValue())));
    return members;
  }

  /** The members that a structure must have. */
  Set<String> required() {
    Set<String> required = new HashSet<>();
    facts.path("required").forEach(member -> required.add(member.asText()));
    return required;
  }

  /** What the entries of a list are. */
  Shape element() {
    return new Shape(facts.path("element"));
  }

  /** What the keys of a map are. */
  Shape key() {
    return new Shape(facts.path("key"));
  }

  /** What the values of a map are. */
  Shape value() {
    return new Shape(facts.path("value"));
  }

  private OptionalLong number(String fact) {
    return facts.has(fact) ? OptionalLong.of(facts.path(fact).asLong()) : OptionalLong.empty();
  }
}
