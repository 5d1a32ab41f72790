package io.github.kvslocal.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.RecordedChannel;
import io.github.kvslocal.api.Credentials;
import io.github.kvslocal.aws.AwsClients;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalEntry;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClient;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClientBuilder;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelProtocol;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelRole;
import software.amazon.awssdk.services.kinesisvideo.model.GetSignalingChannelEndpointResponse;
import software.amazon.awssdk.services.kinesisvideo.model.KinesisVideoException;
import software.amazon.awssdk.services.kinesisvideosignaling.KinesisVideoSignalingClient;
import software.amazon.awssdk.services.kinesisvideowebrtcstorage.KinesisVideoWebRtcStorageClient;

/** The Java SDK's clients as {@link AwsClients} makes them reach the emulator, and as its owner. */
class AwsClientsIT {
  @Test
  void allThreeClientsOfASessionReachTheEmulator() throws Exception {
    try (KvsLocal emulator = KvsLocal.start();
        KinesisVideoClient control = AwsClients.configure(control(), emulator).build()) {
      RecordedChannel door = emulator.createChannel("door");
      GetSignalingChannelEndpointResponse endpoints = endpoints(control, door.arn());

      try (KinesisVideoSignalingClient signaling =
              AwsClients.configure(
                      KinesisVideoSignalingClient.builder()
                          .httpClientBuilder(UrlConnectionHttpClient.builder()),
                      emulator,
                      endpoint(endpoints, ChannelProtocol.HTTPS))
                  .build();
          KinesisVideoWebRtcStorageClient storage =
              AwsClients.configure(
                      KinesisVideoWebRtcStorageClient.builder()
                          .httpClientBuilder(UrlConnectionHttpClient.builder()),
                      emulator,
                      endpoint(endpoints, ChannelProtocol.WEBRTC))
                  .build()) {
        signaling.getIceServerConfig(ask -> ask.channelARN(door.arn()));
        storage.joinStorageSession(ask -> ask.channelArn(door.arn()));
      }

      assertThat(emulator.journal().entries())
          .extracting(JournalEntry::event)
          .contains(Event.JOINED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"url-connection", "apache"})
  void overHttpsItTrustsTheEmulator(String http) throws Exception {
    try (KvsLocal emulator = KvsLocal.start();
        KinesisVideoClient control =
            AwsClients.configureSecurely(
                    KinesisVideoClient.builder(),
                    http.equals("apache")
                        ? ApacheHttpClient.builder()
                        : UrlConnectionHttpClient.builder(),
                    emulator)
                .build()) {
      RecordedChannel door = emulator.createChannel("door");

      URI endpoint = endpoint(endpoints(control, door.arn()), ChannelProtocol.WEBRTC);

      assertThat(endpoint).hasScheme("https").hasPort(emulator.endpoint().getPort());
      try (KinesisVideoWebRtcStorageClient storage =
          AwsClients.configureSecurely(
                  KinesisVideoWebRtcStorageClient.builder(),
                  UrlConnectionHttpClient.builder(),
                  emulator,
                  endpoint)
              .build()) {
        storage.joinStorageSession(ask -> ask.channelArn(door.arn()));
      }
    }
  }

  @Test
  void overHttpsItTrustsNoOtherEmulator() throws Exception {
    try (KvsLocal one = KvsLocal.start();
        KvsLocal other = KvsLocal.start();
        KinesisVideoClient control =
            AwsClients.configureSecurely(
                    KinesisVideoClient.builder(),
                    UrlConnectionHttpClient.builder(),
                    one,
                    other.secureEndpoint())
                .build()) {
      assertThatThrownBy(() -> control.listSignalingChannels(all -> {}))
          .rootCause()
          .hasMessageContaining("certification path");
    }
  }

  @Test
  void itSeesTheChannelsOfTheEmulatorsOwner() throws Exception {
    try (KvsLocal emulator = KvsLocal.builder().owner("123456789012", "eu-west-1").start();
        KinesisVideoClient control = AwsClients.configure(control(), emulator).build()) {
      RecordedChannel door = emulator.createChannel("door");

      assertThat(control.listSignalingChannels(all -> {}).channelInfoList())
          .singleElement()
          .satisfies(channel -> assertThat(channel.channelARN()).isEqualTo(door.arn()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AKIDEXAMPLE:wJalrXUtnFEMI", "ASIAEXAMPLE:wJalrXUtnFEMI:token"})
  void whereSignaturesAreRequiredItSigns(String signer) throws Exception {
    try (KvsLocal emulator =
            KvsLocal.builder().requiredSignatures(List.of(Credentials.parse(signer))).start();
        KinesisVideoClient control = AwsClients.configure(control(), emulator).build();
        KinesisVideoClient stranger =
            AwsClients.configure(control(), emulator)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
      assertThat(control.listSignalingChannels(all -> {}).channelInfoList()).isEmpty();
      assertThatThrownBy(() -> stranger.listSignalingChannels(all -> {}))
          .isInstanceOf(KinesisVideoException.class);
    }
  }

  private static KinesisVideoClientBuilder control() {
    return KinesisVideoClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
  }

  private static GetSignalingChannelEndpointResponse endpoints(
      KinesisVideoClient control, String channel) {
    return control.getSignalingChannelEndpoint(
        ask ->
            ask.channelARN(channel)
                .singleMasterChannelEndpointConfiguration(
                    its ->
                        its.role(ChannelRole.MASTER)
                            .protocols(
                                ChannelProtocol.WSS,
                                ChannelProtocol.HTTPS,
                                ChannelProtocol.WEBRTC)));
  }

  private static URI endpoint(
      GetSignalingChannelEndpointResponse endpoints, ChannelProtocol protocol) {
    return endpoints.resourceEndpointList().stream()
        .filter(endpoint -> endpoint.protocol() == protocol)
        .map(endpoint -> URI.create(endpoint.resourceEndpoint()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no endpoint of " + protocol));
  }
}
