package io.github.kvslocal.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The members of a JSON object that a client sent, checked one by one. A member that is null counts
 * as left out; members that nobody asks for are ignored.
 *
 * <p>All complaints have the form of the service's own: member, value, constraint.
 */
public final class Members {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
  private static final Pattern ARN =
      Pattern.compile(
          "arn:[a-zA-Z\\d-]+:kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+/[a-zA-Z0-9_.-]+/[0-9]+");
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_ARN = 1024;
  private static final int LONGEST_QUOTE = 100;

  private final JsonNode object;
  private final String path;

  private Members(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * Reads a request's body; an empty one has no members.
   *
   * @throws IOException if it is no JSON object
   */
  static Members parse(byte[] body) throws IOException {
    if (body.length == 0) {
      return new Members(JsonNodeFactory.instance.objectNode(), "");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw new IOException(
          "the body is not JSON"
              + (place == null
                  ? ""
                  : ", at line " + place.getLineNr() + " column " + place.getColumnNr()),
          e);
    }
    if (!root.isObject()) {
      throw new IOException("the body has to be a JSON object");
    }
    return new Members(root, "");
  }

  /** Whether a member is there and not null. */
  public boolean has(String member) {
    return object.hasNonNull(member);
  }

  /** A structure; one that was left out has no members. */
  public Members structure(String member) throws RefusedException {
    JsonNode node = object.path(member);
    if (!has(member)) {
      return new Members(JsonNodeFactory.instance.objectNode(), path + member + ".");
    }
    if (!node.isObject()) {
      throw violated(member, node, "Member must be a structure");
    }
    return new Members(node, path + member + ".");
  }

  /** A structure that has to be there. */
  public Members requiredStructure(String member) throws RefusedException {
    require(member);
    return structure(member);
  }

  /** A text of so many characters that matches in full, or empty if it was left out. */
  public Optional<String> text(String member, int least, int most, Pattern pattern)
      throws RefusedException {
    if (!has(member)) {
      return Optional.empty();
    }
    JsonNode node = object.path(member);
    if (!node.isTextual()) {
      throw violated(member, node, "Member must be a string");
    }
    String text = node.textValue();
    if (text.length() < least) {
      throw violated(member, node, "Member must have length greater than or equal to " + least);
    }
    if (text.length() > most) {
      throw violated(member, node, "Member must have length less than or equal to " + most);
    }
    if (!pattern.matcher(text).matches()) {
      throw violated(
          member, node, "Member must satisfy regular expression pattern: " + pattern.pattern());
    }
    return Optional.of(text);
  }

  /** The name of a channel or a stream. */
  public Optional<String> name(String member) throws RefusedException {
    return text(member, 1, LONGEST_NAME, NAME);
  }

  /** The name of a channel or a stream, which has to be there. */
  public String requiredName(String member) throws RefusedException {
    require(member);
    return name(member).orElseThrow();
  }

  /** The ARN of a channel. */
  public Optional<ChannelArn> channelArn(String member) throws RefusedException {
    Optional<String> text = text(member, 1, LONGEST_ARN, ARN);
    return text.isEmpty() ? Optional.empty() : Optional.of(ChannelArn.parse(text.get()));
  }

  /** The ARN of a channel, which has to be there. */
  public ChannelArn requiredChannelArn(String member) throws RefusedException {
    require(member);
    return channelArn(member).orElseThrow();
  }

  /** The ARN of a stream. */
  public Optional<StreamArn> streamArn(String member) throws RefusedException {
    Optional<String> text = text(member, 1, LONGEST_ARN, ARN);
    return text.isEmpty() ? Optional.empty() : Optional.of(StreamArn.parse(text.get()));
  }

  /** The name of a viewer. */
  public Optional<ClientId> clientId(String member) throws RefusedException {
    Optional<String> text = name(member);
    return text.isEmpty() ? Optional.empty() : Optional.of(ClientId.parse(text.get()));
  }

  /** The name of a viewer, which has to be there. */
  public ClientId requiredClientId(String member) throws RefusedException {
    require(member);
    return clientId(member).orElseThrow();
  }

  /** A whole number within these bounds, or empty if it was left out. */
  public OptionalInt integer(String member, int least, int most) throws RefusedException {
    if (!has(member)) {
      return OptionalInt.empty();
    }
    JsonNode node = object.path(member);
    if (!node.isIntegralNumber()) {
      throw violated(member, node, "Member must be an integer");
    }
    if (!node.canConvertToInt() || node.intValue() > most) {
      throw violated(member, node, "Member must have value less than or equal to " + most);
    }
    if (node.intValue() < least) {
      throw violated(member, node, "Member must have value greater than or equal to " + least);
    }
    return OptionalInt.of(node.intValue());
  }

  /** One of these constants, or empty if it was left out. */
  public <E extends Enum<E>> Optional<E> oneOf(String member, Class<E> constants)
      throws RefusedException {
    return has(member)
        ? Optional.of(constant(member, object.path(member), constants))
        : Optional.empty();
  }

  /** One of these constants, which has to be there. */
  public <E extends Enum<E>> E requiredOneOf(String member, Class<E> constants)
      throws RefusedException {
    require(member);
    return constant(member, object.path(member), constants);
  }

  /** A list of constants; one that was left out is empty. */
  public <E extends Enum<E>> List<E> listOf(String member, int least, int most, Class<E> constants)
      throws RefusedException {
    List<E> list = new ArrayList<>();
    if (!has(member)) {
      return list;
    }
    JsonNode node = object.path(member);
    if (!node.isArray()) {
      throw violated(member, node, "Member must be a list");
    }
    if (node.size() < least || node.size() > most) {
      throw violated(member, node, "Member must have length between " + least + " and " + most);
    }
    for (JsonNode element : node) {
      list.add(constant(member, element, constants));
    }
    return list;
  }

  /** Declines a call that gave neither of two members of which it needs one. */
  public RefusedException needsEither(String one, String other) {
    return new RefusedException(
        Reason.INVALID_ARGUMENT, "Either " + path + one + " or " + path + other + " is required.");
  }

  private <E extends Enum<E>> E constant(String member, JsonNode node, Class<E> constants)
      throws RefusedException {
    for (E constant : constants.getEnumConstants()) {
      if (node.isTextual() && constant.name().equals(node.textValue())) {
        return constant;
      }
    }
    throw violated(
        member,
        node,
        "Member must satisfy enum value set: " + List.of(constants.getEnumConstants()));
  }

  private void require(String member) throws RefusedException {
    if (!has(member)) {
      throw violated(member, JsonNodeFactory.instance.nullNode(), "Member must not be null");
    }
  }

  private RefusedException violated(String member, JsonNode value, String constraint) {
    String text = value.isTextual() ? value.textValue() : value.toString();
    String quoted = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
    return new RefusedException(
        Reason.INVALID_ARGUMENT,
        "1 validation error detected: Value "
            + (value.isNull() ? "null" : "'" + quoted + "'")
            + " at '"
            + path
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }
}
