package io.github.kvslocal.conformance.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every way to break a constraint of the model at one place of a valid request. */
final class Violations {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern SOMETHING = Pattern.compile("");
  private static final String NO_CONSTANT = "ZZ_NONE";

  private final Place place;
  private final Shape shape;

  private Violations(Place place) {
    this.place = place;
    this.shape = place.shape();
  }

  /** Of all places of this request. */
  static List<Trial> of(Shape input, ObjectNode request) {
    return Place.all(input, request).flatMap(place -> new Violations(place).all()).toList();
  }

  private Stream<Trial> all() {
    return Stream.of(missing(), otherTypes(), breaking()).flatMap(trials -> trials);
  }

  private Stream<Trial> missing() {
    return place.required()
        ? Stream.of(
            place.without("is missing", Complaint.MISSING),
            place.with("is null", JSON.nullNode(), Complaint.MISSING))
        : Stream.empty();
  }

  private Stream<Trial> otherTypes() {
    Pattern complaint = Pattern.compile(Complaint.type(shape));
    return others().map(value -> place.with("is a " + value.getNodeType(), value, complaint));
  }

  private Stream<JsonNode> others() {
    JsonNode text = JSON.textNode("a");
    JsonNode truth = JSON.booleanNode(true);
    JsonNode whole = JSON.numberNode(7);
    JsonNode fraction = JSON.numberNode(7.5);
    JsonNode list = JSON.arrayNode().add("a");
    JsonNode object = JSON.objectNode().put("a", "a");
    return switch (shape.type()) {
      case STRING -> Stream.of(truth, whole, fraction, list, object);
      case INTEGER, LONG -> Stream.of(text, JSON.textNode("7"), truth, fraction, list, object);
      case BOOLEAN -> Stream.of(text, JSON.textNode("true"), whole, list, object);
      case TIMESTAMP -> Stream.of(text, truth, list, object);
      case STRUCTURE, MAP -> Stream.of(text, truth, whole, list);
      case LIST -> Stream.of(text, truth, whole, object);
    };
  }

  private Stream<Trial> breaking() {
    return switch (shape.type()) {
      case STRING -> texts(shape, place.value().asText(), this::text);
      case INTEGER, LONG -> numbers();
      case LIST -> sizes(size -> Entries.list(place.value(), size));
      case MAP ->
          place.value().isEmpty()
              ? Stream.empty()
              : Stream.concat(
                  sizes(size -> Entries.map(place.value(), size)),
                  texts(shape.key(), firstKey(), this::key));
      case STRUCTURE, BOOLEAN, TIMESTAMP -> Stream.empty();
    };
  }

  private interface Maker {
    Trial make(String what, String text, String complaint);
  }

  private Trial text(String what, String text, String complaint) {
    return place.with(what, JSON.textNode(text), Pattern.compile(complaint));
  }

  private Trial key(String what, String text, String complaint) {
    JsonNode map = JSON.objectNode().set(text, place.value().path(firstKey()));
    return place.with("has a key that " + what, map, Pattern.compile(complaint));
  }

  private String firstKey() {
    return place.value().fieldNames().next();
  }

  private static Stream<Trial> texts(Shape shape, String seed, Maker maker) {
    if (!shape.constants().isEmpty()) {
      String constant = shape.constants().get(0);
      String complaint = Complaint.form(shape);
      return Stream.of(NO_CONSTANT, constant.toLowerCase(java.util.Locale.ROOT), constant + " ", "")
          .map(text -> maker.make("is the constant '" + text + "'", text, complaint));
    }
    Pattern pattern = shape.pattern().orElse(Pattern.compile("(?s).*"));
    String start = seed.isEmpty() ? seed(pattern) : seed;
    Stream<Trial> lengths =
        Stream.concat(
                below(shape.min()).filter(length -> length >= 0).boxed(),
                above(shape.max()).boxed())
            .map(
                length ->
                    maker.make(
                        "has length " + length,
                        Texts.ofLength(start, pattern, length.intValue())
                            .orElse("a".repeat(length.intValue())),
                        Complaint.number(bound(shape, length)) + "|" + Complaint.form(shape)));
    Stream<Trial> broken =
        Texts.broken(start, pattern).stream()
            .map(text -> maker.make("breaks its pattern", text, Complaint.form(shape)));
    return Stream.concat(lengths, broken);
  }

  private Stream<Trial> numbers() {
    Stream<Trial> bounds =
        LongStream.concat(below(shape.min()), above(shape.max()))
            .mapToObj(
                value ->
                    place.with(
                        "is " + value,
                        JSON.numberNode(value),
                        Pattern.compile(Complaint.number(bound(shape, value)))));
    Stream<Trial> extremes =
        Stream.of(
                JSON.numberNode(BigInteger.ONE.shiftLeft(64)),
                JSON.numberNode(BigInteger.ONE.shiftLeft(64).negate()))
            .map(value -> place.with("is beyond 64 bits", value, SOMETHING));
    return Stream.concat(bounds, extremes);
  }

  private interface Sized {
    JsonNode ofSize(long size);
  }

  private Stream<Trial> sizes(Sized entries) {
    return LongStream.concat(below(shape.min()).filter(size -> size >= 0), above(shape.max()))
        .mapToObj(
            size ->
                place.with(
                    "has " + size + " entries",
                    entries.ofSize(size),
                    Pattern.compile(
                        Complaint.number(bound(shape, size))
                            + (shape.type() == Shape.Type.MAP
                                ? "|" + Complaint.form(shape.key())
                                : ""))));
  }

  private static long bound(Shape shape, long violating) {
    OptionalLong min = shape.min();
    return min.isPresent() && violating < min.getAsLong()
        ? min.getAsLong()
        : shape.max().getAsLong();
  }

  private static LongStream below(OptionalLong min) {
    return min.isPresent() ? LongStream.of(min.getAsLong() - 1) : LongStream.empty();
  }

  private static LongStream above(OptionalLong max) {
    return max.isPresent() ? LongStream.of(max.getAsLong() + 1) : LongStream.empty();
  }

  /** A text to begin with where the request has none. */
  private static String seed(Pattern pattern) {
    return Stream.of("a", "1", "arn:aws:kinesisvideo:us-east-1:000000000000:stream/a/1234567890123")
        .filter(text -> pattern.matcher(text).matches())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no text is known to match " + pattern));
  }
}
