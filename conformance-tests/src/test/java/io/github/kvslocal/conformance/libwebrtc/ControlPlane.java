package io.github.kvslocal.conformance.libwebrtc;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClient;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelProtocol;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelRole;
import software.amazon.awssdk.services.kinesisvideo.model.MediaStorageConfigurationStatus;
import software.amazon.awssdk.services.kinesisvideo.model.ResourceEndpointListItem;
import software.amazon.awssdk.services.kinesisvideosignaling.KinesisVideoSignalingClient;
import software.amazon.awssdk.services.kinesisvideowebrtcstorage.KinesisVideoWebRtcStorageClient;

/** What a master asks over HTTP, with the AWS SDK for Java. */
final class ControlPlane implements AutoCloseable {
  static final String ACCESS_KEY = "test";

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, "test"));

  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final KinesisVideoClient control;

  ControlPlane(URI endpoint) {
    control =
        KinesisVideoClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(http)
            .build();
  }

  /**
   * Everything a master must know before it can open its socket, asked in the documented order.
   *
   * @throws IllegalStateException if the channel does not store its media
   */
  Rendezvous rendezvous(String channel) {
    String arn =
        control
            .describeSignalingChannel(ask -> ask.channelName(channel))
            .channelInfo()
            .channelARN();
    MediaStorageConfigurationStatus storage =
        control
            .describeMediaStorageConfiguration(ask -> ask.channelARN(arn))
            .mediaStorageConfiguration()
            .status();
    if (storage != MediaStorageConfigurationStatus.ENABLED) {
      throw new IllegalStateException("media storage of " + channel + " is " + storage);
    }
    List<ResourceEndpointListItem> endpoints =
        control
            .getSignalingChannelEndpoint(
                ask ->
                    ask.channelARN(arn)
                        .singleMasterChannelEndpointConfiguration(
                            master ->
                                master
                                    .protocols(
                                        ChannelProtocol.WSS,
                                        ChannelProtocol.HTTPS,
                                        ChannelProtocol.WEBRTC)
                                    .role(ChannelRole.MASTER)))
            .resourceEndpointList();
    askForIceServers(endpoint(ChannelProtocol.HTTPS, endpoints), arn);
    return new Rendezvous(
        arn, endpoint(ChannelProtocol.WSS, endpoints), endpoint(ChannelProtocol.WEBRTC, endpoints));
  }

  /** JoinStorageSession: the offer follows on the socket. */
  void join(Rendezvous rendezvous) {
    try (KinesisVideoWebRtcStorageClient storage =
        KinesisVideoWebRtcStorageClient.builder()
            .endpointOverride(rendezvous.storage())
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(http)
            .build()) {
      storage.joinStorageSession(ask -> ask.channelArn(rendezvous.channelArn()));
    }
  }

  @Override
  public void close() {
    control.close();
    http.close();
  }

  private static URI endpoint(ChannelProtocol protocol, List<ResourceEndpointListItem> endpoints) {
    return endpoints.stream()
        .filter(item -> item.protocol() == protocol)
        .map(item -> URI.create(item.resourceEndpoint()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no endpoint for " + protocol));
  }

  /** Masters fetch them before anything else; on one machine none is needed. */
  private void askForIceServers(URI endpoint, String arn) {
    try (KinesisVideoSignalingClient signaling =
        KinesisVideoSignalingClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(http)
            .build()) {
      signaling.getIceServerConfig(ask -> ask.channelARN(arn));
    }
  }

  /**
   * Where a master meets the service.
   *
   * @param channelArn the channel
   * @param signaling the socket's address, without its query
   * @param storage where JoinStorageSession is sent
   */
  record Rendezvous(String channelArn, URI signaling, URI storage) {}
}
