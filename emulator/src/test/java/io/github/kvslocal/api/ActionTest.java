package io.github.kvslocal.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionTest {
  /** Statuses and codes by the error lists of the service models. */
  @ParameterizedTest
  @CsvSource({
    "KINESIS_VIDEO, /createSignalingChannel, CreateSignalingChannel, ACCESS_DENIED_401",
    "KINESIS_VIDEO, /TagResource, TagResource, ACCESS_DENIED_401",
    "KINESIS_VIDEO, /tagStream, TagStream, NOT_AUTHORIZED",
    "KINESIS_VIDEO, /getDataEndpoint, GetDataEndpoint, NOT_AUTHORIZED",
    "KINESIS_VIDEO, /describeMappedResourceConfiguration, DescribeMappedResourceConfiguration,"
        + " ACCESS_DENIED_401",
    "KINESIS_VIDEO, /listStreams, ListStreams, ACCESS_DENIED_401",
    "SIGNALING, /v1/get-ice-server-config, GetIceServerConfig, NOT_AUTHORIZED",
    "SIGNALING, /v1/send-alexa-offer-to-master, SendAlexaOfferToMaster, NOT_AUTHORIZED",
    "WEBRTC_STORAGE, /joinStorageSession, JoinStorageSession, ACCESS_DENIED_403",
    "MEDIA, /getMedia, GetMedia, NOT_AUTHORIZED",
    "ARCHIVED_MEDIA, /getHLSStreamingSessionURL, GetHLSStreamingSessionURL, NOT_AUTHORIZED"
  })
  void operationIsCalledByItsPath(Service service, String path, String name, ServiceError denied) {
    Action action = Action.ofPath(service, path);

    assertThat(action).hasToString("kinesisvideo:" + name);
    assertThat(ServiceError.denied(action)).isEqualTo(denied);
  }

  @Test
  void socketIsForbiddenAsItsPageSays() {
    assertThat(ServiceError.denied(Action.CONNECT_AS_MASTER))
        .isEqualTo(ServiceError.ACCESS_DENIED_403);
    assertThat(ServiceError.denied(Action.CONNECT_AS_VIEWER))
        .isEqualTo(ServiceError.ACCESS_DENIED_403);
  }
}
