package io.github.kvslocal.conformance.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The requests and responses of the AWS SDK for Java as JSON, by their own description. */
final class Pojos {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MILLIS = 3;

  private Pojos() {}

  /**
   * A request with these members.
   *
   * @throws IllegalStateException if it has no such member, or one of another type
   */
  static SdkPojo request(Class<?> type, ObjectNode members) {
    try {
      return filled((SdkPojo) type.getMethod("builder").invoke(null), members);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot build a " + type, e);
    }
  }

  /** The members that are set. */
  static ObjectNode json(SdkPojo pojo) {
    ObjectNode members = JSON.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        members.set(field.locationName(), json(value));
      }
    }
    return members;
  }

  private static JsonNode json(Object value) {
    if (value instanceof SdkPojo pojo) {
      return json(pojo);
    }
    if (value instanceof List<?> elements) {
      ArrayNode array = JSON.arrayNode();
      elements.forEach(element -> array.add(json(element)));
      return array;
    }
    if (value instanceof Map<?, ?> entries) {
      ObjectNode object = JSON.objectNode();
      entries.forEach((key, entry) -> object.set(key.toString(), json(entry)));
      return object;
    }
    if (value instanceof Instant time) {
      return JSON.numberNode(BigDecimal.valueOf(time.toEpochMilli(), MILLIS));
    }
    if (value instanceof Integer number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Long number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Boolean flag) {
      return JSON.booleanNode(flag);
    }
    return JSON.textNode(value.toString());
  }

  private static SdkPojo filled(SdkPojo builder, JsonNode members) {
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      SdkField<?> field = field(builder, member.getKey());
      field.set(builder, value(field, member.getValue()));
    }
    return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
  }

  private static SdkField<?> field(SdkPojo pojo, String member) {
    for (SdkField<?> field : pojo.sdkFields()) {
      if (field.locationName().equals(member)) {
        return field;
      }
    }
    throw new IllegalStateException("the SDK has no member " + member);
  }

  private static Object value(SdkField<?> field, JsonNode node) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      return filled(field.constructor().get(), node);
    }
    if (type == MarshallingType.LIST) {
      SdkField<?> element = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
      List<Object> list = new ArrayList<>();
      node.forEach(child -> list.add(value(element, child)));
      return list;
    }
    if (type == MarshallingType.MAP) {
      SdkField<?> entry = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
      Map<String, Object> map = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> child : node.properties()) {
        map.put(child.getKey(), value(entry, child.getValue()));
      }
      return map;
    }
    if (type == MarshallingType.INSTANT && node.isNumber()) {
      return Instant.ofEpochMilli(node.decimalValue().scaleByPowerOfTen(MILLIS).longValue());
    }
    if (type == MarshallingType.INTEGER && node.isInt()) {
      return node.intValue();
    }
    if (type == MarshallingType.LONG && node.isIntegralNumber()) {
      return node.longValue();
    }
    if (type == MarshallingType.BOOLEAN && node.isBoolean()) {
      return node.booleanValue();
    }
    if (type == MarshallingType.STRING && node.isTextual()) {
      return node.textValue();
    }
    throw new IllegalStateException("the SDK has another type for " + field.locationName());
  }
}
