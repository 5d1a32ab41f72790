package io.github.kvslocal.conformance.model;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One place in a valid request where a value stands, or could.
 *
 * @param request the whole of it, never changed
 * @param at where in it
 * @param member the nearest name of the value: its own, or that of the list or map it is in
 * @param shape what the model says of the value
 * @param required whether it must be there
 */
record Place(ObjectNode request, JsonPointer at, String member, Shape shape, boolean required) {

  /** Every place that the model knows in this request, the outer ones first. */
  static Stream<Place> all(Shape input, ObjectNode request) {
    return new Place(request, JsonPointer.empty(), "", input, true).within();
  }

  JsonNode value() {
    return request.at(at);
  }

  /** The request with this value here. */
  Trial with(String what, JsonNode value, Pattern complaint) {
    ObjectNode copy = request.deepCopy();
    JsonNode parent = copy.at(at.head());
    if (parent instanceof ArrayNode list) {
      list.set(at.last().getMatchingIndex(), value);
    } else {
      ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
    }
    return new Trial(what, member, complaint, copy);
  }

  /** The request with nothing here, which is a member of a structure. */
  Trial without(String what, Pattern complaint) {
    ObjectNode copy = request.deepCopy();
    ((ObjectNode) copy.at(at.head())).remove(at.last().getMatchingProperty());
    return new Trial(what, member, complaint, copy);
  }

  private Stream<Place> within() {
    JsonNode value = value();
    return switch (shape.type()) {
      case STRUCTURE ->
          value.isMissingNode()
              ? Stream.empty()
              : shape.members().entrySet().stream()
                  .map(
                      entry ->
                          new Place(
                              request,
                              at.appendProperty(entry.getKey()),
                              entry.getKey(),
                              entry.getValue(),
                              shape.required().contains(entry.getKey())))
                  .flatMap(Place::andWithin);
      case LIST ->
          value.isEmpty()
              ? Stream.empty()
              : new Place(request, at.appendIndex(0), member, shape.element(), false).andWithin();
      case MAP ->
          value.isEmpty()
              ? Stream.empty()
              : new Place(
                      request,
                      at.appendProperty(value.fieldNames().next()),
                      member,
                      shape.value(),
                      false)
                  .andWithin();
      case STRING, INTEGER, LONG, BOOLEAN, TIMESTAMP -> Stream.empty();
    };
  }

  private Stream<Place> andWithin() {
    return Stream.concat(Stream.of(this), within());
  }
}
