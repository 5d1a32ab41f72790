package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The members of a JSON object that a client sent, checked one by one. A member that is null counts
 * as left out; of one that is there twice the last counts; members that nobody asks for are
 * ignored.
 */
public final class Members {
  private final JsonNode object;
  private final String path;

  private Members(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * Reads a request's body; an empty one has no members.
   *
   * @throws IOException if it is no JSON object, or beyond a limit, with words for the client
   */
  static Members parse(byte[] body) throws IOException {
    return new Members(JsonBody.read(body), "");
  }

  /** Whether a member is there and not null. */
  public boolean has(String member) {
    return object.hasNonNull(member);
  }

  /** A structure; one that was left out has no members. */
  public Members structure(String member) throws RefusedException {
    return has(member)
        ? structure(value(member))
        : new Members(JsonNodeFactory.instance.objectNode(), path + member + ".");
  }

  private static Members structure(Value value) throws RefusedException {
    if (!value.node().isObject()) {
      throw value.violates("Member must be a structure");
    }
    return new Members(value.node(), value.path() + ".");
  }

  /** A structure that has to be there. */
  public Members requiredStructure(String member) throws RefusedException {
    return structure(required(member));
  }

  /** A list of structures; one that was left out is empty. */
  List<Members> structures(String member, int least, int most) throws RefusedException {
    List<Members> structures = new ArrayList<>();
    if (has(member)) {
      for (Value element : value(member).elements(least, most)) {
        structures.add(structure(element));
      }
    }
    return structures;
  }

  /** A text by a rule, or empty if it was left out. */
  Optional<String> text(String member, TextRule rule) throws RefusedException {
    return has(member) ? Optional.of(value(member).text(rule)) : Optional.empty();
  }

  /** A text that has to be there. */
  String requiredText(String member, TextRule rule) throws RefusedException {
    return required(member).text(rule);
  }

  /** A list of texts, which has to be there. */
  List<String> requiredTexts(String member, int least, int most, TextRule rule)
      throws RefusedException {
    List<String> texts = new ArrayList<>();
    for (Value element : required(member).elements(least, most)) {
      texts.add(element.text(rule));
    }
    return texts;
  }

  /** A map of texts; one that was left out is empty. */
  Map<String, String> texts(String member, int least, int most, TextRule keys, TextRule values)
      throws RefusedException {
    Map<String, String> texts = new LinkedHashMap<>();
    if (!has(member)) {
      return texts;
    }
    Value map = value(member);
    if (!map.node().isObject()) {
      throw map.violates("Member must be a map");
    }
    map.requireSize(least, most);
    for (Map.Entry<String, JsonNode> entry : map.node().properties()) {
      String key = entry.getKey();
      new Value(JsonNodeFactory.instance.textNode(key), path + member + ".key").text(keys);
      texts.put(key, new Value(entry.getValue(), path + member + "." + key).text(values));
    }
    return texts;
  }

  /** The name of a channel or a stream. */
  public Optional<String> name(String member) throws RefusedException {
    return text(member, TextRule.NAME);
  }

  /** The name of a channel or a stream, which has to be there. */
  public String requiredName(String member) throws RefusedException {
    return requiredText(member, TextRule.NAME);
  }

  /** The ARN of a channel. */
  public Optional<ChannelArn> channelArn(String member) throws RefusedException {
    return has(member) ? Optional.of(requiredChannelArn(member)) : Optional.empty();
  }

  /** The ARN of a channel, which has to be there. AWS does not say how it declines a stream's. */
  public ChannelArn requiredChannelArn(String member) throws RefusedException {
    Value value = required(member);
    String text = value.text(TextRule.ARN);
    try {
      return ChannelArn.parse(text);
    } catch (RefusedException e) {
      throw otherKind(value, Reason.INVALID_ARGUMENT, "channel");
    }
  }

  /** The ARN of a stream. */
  public Optional<StreamArn> streamArn(String member) throws RefusedException {
    return streamArn(member, Reason.INVALID_ARGUMENT);
  }

  /**
   * The ARN of a stream.
   *
   * @param otherKind why one of something else is declined
   */
  Optional<StreamArn> streamArn(String member, Reason otherKind) throws RefusedException {
    if (!has(member)) {
      return Optional.empty();
    }
    String text = value(member).text(TextRule.ARN);
    try {
      return Optional.of(StreamArn.parse(text));
    } catch (RefusedException e) {
      throw otherKind(value(member), otherKind, "stream");
    }
  }

  /** The ARN of a stream, which has to be there. */
  StreamArn requiredStreamArn(String member) throws RefusedException {
    required(member);
    return streamArn(member).orElseThrow();
  }

  private static RefusedException otherKind(Value value, Reason reason, String kind) {
    return value.violates(
        reason,
        "Member must be an ARN of the form arn:aws:kinesisvideo:<region>:<account>:"
            + kind
            + "/<name>/<creation time>");
  }

  /** The name of a viewer. */
  public Optional<ClientId> clientId(String member) throws RefusedException {
    Optional<String> text = name(member);
    return text.isEmpty() ? Optional.empty() : Optional.of(ClientId.parse(text.get()));
  }

  /** The name of a viewer, which has to be there. */
  public ClientId requiredClientId(String member) throws RefusedException {
    required(member);
    return clientId(member).orElseThrow();
  }

  /** A whole number within these bounds, or empty if it was left out. */
  public OptionalInt integer(String member, int least, int most) throws RefusedException {
    return has(member) ? OptionalInt.of(value(member).integer(least, most)) : OptionalInt.empty();
  }

  /** A whole number within these bounds, which has to be there. */
  int requiredInteger(String member, int least, int most) throws RefusedException {
    return required(member).integer(least, most);
  }

  /** True or false, or empty if it was left out. */
  public Optional<Boolean> flag(String member) throws RefusedException {
    return has(member) ? Optional.of(value(member).flag()) : Optional.empty();
  }

  /** A moment, or empty if it was left out. */
  public Optional<Instant> timestamp(String member) throws RefusedException {
    return has(member) ? Optional.of(value(member).timestamp()) : Optional.empty();
  }

  /** A moment that has to be there. */
  public Instant requiredTimestamp(String member) throws RefusedException {
    return required(member).timestamp();
  }

  /** The names of all members, known or not; for maps. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** One of these constants, or empty if it was left out. */
  public <E extends Enum<E>> Optional<E> oneOf(String member, Class<E> constants)
      throws RefusedException {
    return has(member) ? Optional.of(value(member).constant(constants)) : Optional.empty();
  }

  /** One of these constants, which has to be there. */
  public <E extends Enum<E>> E requiredOneOf(String member, Class<E> constants)
      throws RefusedException {
    return required(member).constant(constants);
  }

  /** A list of constants; one that was left out is empty. */
  public <E extends Enum<E>> List<E> listOf(String member, int least, int most, Class<E> constants)
      throws RefusedException {
    List<E> list = new ArrayList<>();
    if (has(member)) {
      for (Value element : value(member).elements(least, most)) {
        list.add(element.constant(constants));
      }
    }
    return list;
  }

  /** Declines a call that gave neither of two members of which it needs one. */
  public RefusedException needsEither(String one, String other) {
    return new RefusedException(
        Reason.INVALID_ARGUMENT, "Either " + path + one + " or " + path + other + " is required.");
  }

  /** Declines a member for a rule that the service documents in words, such as "must be 1 to 2". */
  RefusedException breaks(String member, String rule) {
    return value(member).violates("Member " + rule);
  }

  /** A member as it came. */
  Value value(String member) {
    return new Value(object.path(member), path + member);
  }

  /** A member that has to be there. */
  Value required(String member) throws RefusedException {
    if (!has(member)) {
      throw new Value(JsonNodeFactory.instance.nullNode(), path + member)
          .violates("Member must not be null");
    }
    return value(member);
  }
}
