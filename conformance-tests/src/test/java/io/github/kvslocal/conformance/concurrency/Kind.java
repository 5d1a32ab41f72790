package io.github.kvslocal.conformance.concurrency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The two kinds of resources, which have the same operations under other names. */
public enum Kind {
  /** Signaling channels. */
  CHANNEL("SignalingChannel", "Channel"),
  /** Streams. */
  STREAM("Stream", "Stream");

  private final String operand;
  private final String word;

  Kind(String operand, String word) {
    this.operand = operand;
    this.word = word;
  }

  /** The operation that creates one, such as {@code CreateSignalingChannel}. */
  public String creator() {
    return "Create" + operand;
  }

  /** The error for an account that is full, as {@link AccountLimitIT} sees it. */
  public String limitError() {
    return "Account" + word + "LimitExceededException";
  }

  /** Such as {@code /createSignalingChannel}. */
  String path(String verb) {
    return "/" + verb + operand;
  }

  String listPath() {
    return "/list" + operand + "s";
  }

  /** The member that holds the name. */
  String nameMember() {
    return word + "Name";
  }

  /** The member that holds the ARN. */
  String arnMember() {
    return word + "ARN";
  }

  /** The member that holds the description. */
  String infoMember() {
    return word + "Info";
  }

  /** What creates one of this name; a stream keeps its media, so that it can be mapped. */
  ObjectNode creation(String name) {
    ObjectNode input = JsonNodeFactory.instance.objectNode().put(nameMember(), name);
    return this == STREAM ? input.put("DataRetentionInHours", 24) : input;
  }

  /** What changes one of this version in some way. */
  ObjectNode update(JsonNode info, int value) {
    ObjectNode input =
        JsonNodeFactory.instance
            .objectNode()
            .put(arnMember(), info.path(arnMember()).asText())
            .put("CurrentVersion", info.path("Version").asText());
    if (this == STREAM) {
      return input.put("DeviceName", "device-" + value);
    }
    input.putObject("SingleMasterConfiguration").put("MessageTtlSeconds", 5 + value % 116);
    return input;
  }
}
