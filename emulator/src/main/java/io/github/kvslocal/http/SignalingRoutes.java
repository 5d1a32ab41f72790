package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Registry;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/** The routes of Kinesis Video Signaling (API version 2019-12-04). */
public final class SignalingRoutes {
  /** As the service has it. */
  private static final int TTL_SECONDS = 300;

  private static final Pattern USERNAME = Pattern.compile("[a-zA-Z0-9_.-]+");

  private enum IceService {
    TURN
  }

  private final Registry registry;
  private final IntSupplier mediaPort;

  /**
   * Routes over this registry.
   *
   * @param mediaPort the UDP port that carries all media
   */
  public SignalingRoutes(Registry registry, IntSupplier mediaPort) {
    this.registry = registry;
    this.mediaPort = mediaPort;
  }

  /** The rows of the table. */
  public List<Operation> operations() {
    return List.of(
        Operation.reading(Service.SIGNALING, "/v1/get-ice-server-config", this::iceServers));
  }

  /**
   * One server with one URI, since the KVS C SDK gives up without. AWS lists TURN relays; nothing
   * needs a relay to reach an emulator, so the media port is named as a STUN server (assumed).
   */
  private Answer iceServers(Call call) throws RefusedException {
    Members body = call.body();
    ChannelArn channel = body.requiredChannelArn("ChannelARN");
    body.clientId("ClientId");
    body.oneOf("Service", IceService.class);
    body.text("Username", 1, 256, USERNAME);
    registry.channel(call.owner(), channel);
    ObjectNode answer = Answer.object();
    ObjectNode server = answer.putArray("IceServerList").addObject();
    server.putArray("Uris").add("stun:" + call.urls().host() + ":" + mediaPort.getAsInt());
    server.put("Username", "kvslocal").put("Password", "kvslocal").put("Ttl", TTL_SECONDS);
    return Answer.json(answer);
  }
}
