package io.github.kvslocal.conformance.libwebrtc;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** What a participant asks over HTTP, with the AWS SDK for Java. */
public final class ControlPlane implements AutoCloseable {
  /** Whose calls these are. */
  public static final String ACCESS_KEY = "test";

  private static final long SECONDS_TO_JOIN = 20;

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, "test"));

  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final KinesisVideoClient control;

  /** Asks the emulator at this address. */
  public ControlPlane(URI endpoint) {
    control =
        KinesisVideoClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(http)
            .build();
  }

  /**
   * Everything a participant must know before it can open its socket, asked in the documented
   * order.
   *
   * @throws IllegalStateException if the channel does not store its media
   */
  public Rendezvous rendezvous(String channel, ChannelRole role) {
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
                            configuration ->
                                configuration
                                    .protocols(
                                        ChannelProtocol.WSS,
                                        ChannelProtocol.HTTPS,
                                        ChannelProtocol.WEBRTC)
                                    .role(role)))
            .resourceEndpointList();
    askForIceServers(endpoint(ChannelProtocol.HTTPS, endpoints), arn);
    return new Rendezvous(
        arn, endpoint(ChannelProtocol.WSS, endpoints), endpoint(ChannelProtocol.WEBRTC, endpoints));
  }

  /** JoinStorageSession: the offer follows on the socket. */
  public void join(Rendezvous rendezvous) {
    try (KinesisVideoWebRtcStorageClient storage = storage(rendezvous)) {
      storage.joinStorageSession(ask -> ask.channelArn(rendezvous.channelArn()));
    }
  }

  /**
   * JoinStorageSession, so many times at once.
   *
   * @throws java.util.concurrent.CompletionException if one of them fails
   */
  void joinAtOnce(Rendezvous rendezvous, int calls) {
    ExecutorService callers = Executors.newFixedThreadPool(calls);
    CountDownLatch allReady = new CountDownLatch(calls);
    try (KinesisVideoWebRtcStorageClient storage = storage(rendezvous)) {
      Runnable call =
          () -> {
            allReady.countDown();
            await(allReady);
            storage.joinStorageSession(ask -> ask.channelArn(rendezvous.channelArn()));
          };
      CompletableFuture.allOf(
              Stream.generate(() -> CompletableFuture.runAsync(call, callers))
                  .limit(calls)
                  .toArray(CompletableFuture<?>[]::new))
          .orTimeout(SECONDS_TO_JOIN, TimeUnit.SECONDS)
          .join();
    } finally {
      callers.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before a call", e);
    }
  }

  /** JoinStorageSessionAsViewer: the offer follows on the socket. */
  void joinAsViewer(Rendezvous rendezvous, String clientId) {
    try (KinesisVideoWebRtcStorageClient storage = storage(rendezvous)) {
      storage.joinStorageSessionAsViewer(
          ask -> ask.channelArn(rendezvous.channelArn()).clientId(clientId));
    }
  }

  private KinesisVideoWebRtcStorageClient storage(Rendezvous rendezvous) {
    return KinesisVideoWebRtcStorageClient.builder()
        .endpointOverride(rendezvous.storage())
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(http)
        .build();
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

  /** Clients fetch them before anything else; on one machine none is needed. */
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
   * Where a participant meets the service.
   *
   * @param channelArn the channel
   * @param signaling the socket's address, without its query
   * @param storage where joins are sent
   */
  public record Rendezvous(String channelArn, URI signaling, URI storage) {}
}
