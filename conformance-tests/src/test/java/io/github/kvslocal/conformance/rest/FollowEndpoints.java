package io.github.kvslocal.conformance.rest;

import java.net.URI;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClient;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelProtocol;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelRole;
import software.amazon.awssdk.services.kinesisvideo.model.MediaStorageConfigurationStatus;
import software.amazon.awssdk.services.kinesisvideosignaling.KinesisVideoSignalingClient;
import software.amazon.awssdk.services.kinesisvideowebrtcstorage.KinesisVideoWebRtcStorageClient;

/**
 * AWS SDK for Java v2 in a JVM of its own that knows nothing of an emulator but {@code
 * AWS_ENDPOINT_URL_KINESIS_VIDEO}; everything else it is told. Prints what it has done, a line
 * each.
 */
public final class FollowEndpoints {
  private FollowEndpoints() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    try (KinesisVideoClient video = KinesisVideoClient.create()) {
      String channel = video.createSignalingChannel(ask -> ask.channelName("porch")).channelARN();
      String stream =
          video.createStream(ask -> ask.streamName("porch").dataRetentionInHours(24)).streamARN();
      video.updateMediaStorageConfiguration(
          ask ->
              ask.channelARN(channel)
                  .mediaStorageConfiguration(
                      storage ->
                          storage
                              .status(MediaStorageConfigurationStatus.ENABLED)
                              .streamARN(stream)));
      askForServers(endpoint(video, channel, ChannelProtocol.HTTPS), channel);
      join(endpoint(video, channel, ChannelProtocol.WEBRTC), channel);
    }
  }

  private static URI endpoint(KinesisVideoClient video, String channel, ChannelProtocol protocol) {
    return URI.create(
        video
            .getSignalingChannelEndpoint(
                ask ->
                    ask.channelARN(channel)
                        .singleMasterChannelEndpointConfiguration(
                            master -> master.role(ChannelRole.MASTER).protocols(protocol)))
            .resourceEndpointList()
            .get(0)
            .resourceEndpoint());
  }

  private static void askForServers(URI endpoint, String channel) {
    try (KinesisVideoSignalingClient signaling =
        KinesisVideoSignalingClient.builder().endpointOverride(endpoint).build()) {
      signaling
          .getIceServerConfig(ask -> ask.channelARN(channel))
          .iceServerList()
          .forEach(server -> System.out.println("server " + server.uris().get(0)));
    }
  }

  private static void join(URI endpoint, String channel) {
    try (KinesisVideoWebRtcStorageClient storage =
        KinesisVideoWebRtcStorageClient.builder().endpointOverride(endpoint).build()) {
      storage.joinStorageSession(ask -> ask.channelArn(channel));
      System.out.println("joined " + channel);
    }
  }
}
