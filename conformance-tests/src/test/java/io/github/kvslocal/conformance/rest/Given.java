package io.github.kvslocal.conformance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.conformance.sdk.Service;

/** Something that is there before a row's call; made without any SDK. */
@FunctionalInterface
interface Given {
  /** Makes it, and names what the row may need of it. */
  void make(World world);

  /** A channel of this name. Known afterwards: its ARN under its name, and {@code name.version}. */
  static Given channel(String name) {
    return world -> {
      world.call(Service.KINESIS_VIDEO, "CreateSignalingChannel", "{'ChannelName':'" + name + "'}");
      described(name, "DescribeSignalingChannel", "Channel").make(world);
    };
  }

  /**
   * A stream of this name that keeps media for so many hours. Known afterwards: its ARN under its
   * name, and {@code name.version}.
   */
  static Given stream(String name, int hours) {
    return world -> {
      world.call(
          Service.KINESIS_VIDEO,
          "CreateStream",
          "{'StreamName':'" + name + "','DataRetentionInHours':" + hours + "}");
      described(name, "DescribeStream", "Stream").make(world);
    };
  }

  /** The channel stores its media in the stream. */
  static Given storage(String channel, String stream) {
    return done(
        "UpdateMediaStorageConfiguration",
        "{'ChannelARN':'${%s}','MediaStorageConfiguration':{'Status':'ENABLED','StreamARN':'${%s}'}}"
            .formatted(channel, stream));
  }

  /** The master of the channel is connected, and answers every offer at once. */
  static Given answeringMaster(String channel) {
    return world -> world.openMaster(channel);
  }

  /** An operation of the control plane has been called. */
  static Given done(String operation, String input) {
    return done(Service.KINESIS_VIDEO, operation, input);
  }

  /** An operation has been called. */
  static Given done(Service service, String operation, String input) {
    return world -> world.call(service, operation, input);
  }

  /** A channel or stream has been described: its ARN and its version are known, as they are now. */
  static Given described(String name, String operation, String kind) {
    return world -> {
      JsonNode info =
          world
              .call(Service.KINESIS_VIDEO, operation, "{'" + kind + "Name':'" + name + "'}")
              .path(kind + "Info");
      world.know(name, info.path(kind + "ARN").asText());
      world.know(name + ".version", info.path("Version").asText());
    };
  }
}
