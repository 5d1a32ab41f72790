package io.github.kvslocal.conformance.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every value of a valid request put exactly at its bounds, or to each of its constants. */
final class Bounds {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Bounds() {}

  /** Of all places of this request. */
  static List<Trial> of(Shape input, ObjectNode request) {
    return Place.all(input, request).flatMap(Bounds::of).toList();
  }

  private static Stream<Trial> of(Place place) {
    Shape shape = place.shape();
    return switch (shape.type()) {
      case STRING -> shape.constants().isEmpty() ? lengths(place) : constants(place);
      case INTEGER, LONG ->
          bounds(shape).mapToObj(value -> at(place, "is " + value, JSON.numberNode(value), value));
      case LIST ->
          bounds(shape).mapToObj(size -> entries(place, size, Entries.list(place.value(), size)));
      case MAP ->
          place.value().isEmpty()
              ? Stream.empty()
              : bounds(shape)
                  .mapToObj(size -> entries(place, size, Entries.map(place.value(), size)));
      case STRUCTURE, BOOLEAN, TIMESTAMP -> Stream.empty();
    };
  }

  private static Stream<Trial> lengths(Place place) {
    String seed = place.value().asText();
    if (seed.isEmpty()) {
      return Stream.empty();
    }
    Pattern pattern = place.shape().pattern().orElse(Pattern.compile("(?s).*"));
    return bounds(place.shape())
        .boxed()
        .flatMap(
            length ->
                Texts.ofLength(seed, pattern, length.intValue()).stream()
                    .map(text -> at(place, "has length " + length, JSON.textNode(text), length)));
  }

  private static Stream<Trial> constants(Place place) {
    return place.shape().constants().stream()
        .map(constant -> place.with("is " + constant, JSON.textNode(constant), Complaint.CONSTANT));
  }

  private static Trial entries(Place place, long size, JsonNode entries) {
    return at(place, "has " + size + " entries", entries, size);
  }

  private static Trial at(Place place, String what, JsonNode value, long bound) {
    return place.with(what, value, Pattern.compile(Complaint.number(bound)));
  }

  private static LongStream bounds(Shape shape) {
    return LongStream.concat(stream(shape.min()), stream(shape.max())).distinct();
  }

  private static LongStream stream(OptionalLong bound) {
    return bound.isPresent() ? LongStream.of(bound.getAsLong()) : LongStream.empty();
  }
}
