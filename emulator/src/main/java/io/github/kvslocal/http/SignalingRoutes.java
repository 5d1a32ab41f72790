package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Registry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** The routes of Kinesis Video Signaling (API version 2019-12-04). */
public final class SignalingRoutes {
  /** As the service has it. */
  private static final Duration TTL = Duration.ofMinutes(5);

  private static final TextRule PAYLOAD = TextRule.of(1, 10_000, "[a-zA-Z0-9+/=]+");

  private enum IceService {
    TURN
  }

  private final Registry registry;
  private final IntSupplier mediaPort;
  private final TurnCredentials credentials;
  private final AlexaOffers alexaOffers;

  /**
   * Routes over this registry.
   *
   * @param mediaPort the UDP port that carries all media
   * @param random makes the credentials of ICE servers
   */
  public SignalingRoutes(
      Registry registry, IntSupplier mediaPort, RandomGenerator random, AlexaOffers alexaOffers) {
    this.registry = registry;
    this.mediaPort = mediaPort;
    this.credentials = new TurnCredentials(random);
    this.alexaOffers = alexaOffers;
  }

  /** The rows of the table. */
  public List<Operation> operations() {
    return List.of(
        Operation.reading(
            Service.SIGNALING,
            "/v1/get-ice-server-config",
            Subject.CHANNEL_BY_ARN,
            this::iceServers),
        Operation.deciding(
            Service.SIGNALING,
            "/v1/send-alexa-offer-to-master",
            Subject.CHANNEL_BY_ARN,
            this::alexaOffer));
  }

  /**
   * One server with one URI, since the KVS C SDK gives up without. AWS lists TURN relays; nothing
   * needs a relay to reach an emulator, so the media port is named as a STUN server (assumed).
   *
   * <p>InvalidClientException and SessionExpiredException are modelled and never answered: AWS does
   * not say when the first occurs, and the second is about a client connected for 45 minutes, which
   * this call does not tell.
   */
  private Answer iceServers(Call call) throws RefusedException {
    Members body = call.body();
    ChannelArn channel = channelArn(body);
    body.clientId("ClientId");
    body.oneOf("Service", IceService.class);
    body.text("Username", TextRule.NAME);
    registry.channel(call.owner(), channel);
    TurnCredentials.Pair pair = credentials.next(call.now().plus(TTL));
    ObjectNode answer = Answer.object();
    ObjectNode server = answer.putArray("IceServerList").addObject();
    server.putArray("Uris").add("stun:" + call.urls().host() + ":" + mediaPort.getAsInt());
    server
        .put("Username", pair.username())
        .put("Password", pair.password())
        .put("Ttl", TTL.toSeconds());
    return Answer.json(answer);
  }

  private CompletionStage<Answer> alexaOffer(Call call) throws RefusedException {
    Members body = call.body();
    ChannelArn channel = channelArn(body);
    ClientId sender = body.requiredClientId("SenderClientId");
    return alexaOffers.send(
        call.owner(), channel, sender, body.requiredText("MessagePayload", PAYLOAD));
  }

  private static ChannelArn channelArn(Members body) throws RefusedException {
    body.text("ChannelARN", TextRule.ARN_OF_ONE_PARTITION);
    return body.requiredChannelArn("ChannelARN");
  }
}
