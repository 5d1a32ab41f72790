package io.github.kvslocal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Reason;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceErrorTest {
  @ParameterizedTest
  @CsvSource({
    "KINESIS_VIDEO, INVALID_ARGUMENT, 400, InvalidArgumentException",
    "WEBRTC_STORAGE, NO_SUCH_CHANNEL, 404, ResourceNotFoundException",
    "MEDIA, NO_SUCH_STREAM, 404, ResourceNotFoundException",
    "KINESIS_VIDEO, NAME_IN_USE, 400, ResourceInUseException",
    "KINESIS_VIDEO, RESOURCE_IN_USE, 400, ResourceInUseException",
    "KINESIS_VIDEO, NO_DATA_RETENTION, 400, NoDataRetentionException",
    "KINESIS_VIDEO, CHANNEL_LIMIT, 400, AccountChannelLimitExceededException",
    "KINESIS_VIDEO, STREAM_LIMIT, 400, AccountStreamLimitExceededException",
    "KINESIS_VIDEO, TAG_LIMIT, 400, TagsPerResourceExceededLimitException",
    "KINESIS_VIDEO, INVALID_RESOURCE_FORMAT, 400, InvalidResourceFormatException",
    "KINESIS_VIDEO, VERSION_MISMATCH, 400, VersionMismatchException",
    "WEBRTC_STORAGE, VIEWER_LIMIT, 400, ClientLimitExceededException",
    "KINESIS_VIDEO, NO_EDGE_CONFIGURATION, 404, StreamEdgeConfigurationNotFoundException",
    "WEBRTC_STORAGE, NOT_BUILT_YET, 501, NotImplementedException",
    "MEDIA, NOT_BUILT_YET, 400, InvalidArgumentException",
    "ARCHIVED_MEDIA, NOT_BUILT_YET, 400, InvalidArgumentException"
  })
  void refusalHasTheDocumentedCodeAndStatus(
      Service service, Reason reason, int status, String code) {
    ServiceError error = ServiceError.of(service, reason);

    assertThat(error.status()).isEqualTo(status);
    assertThat(error.code()).isEqualTo(code);
  }

  @Test
  void bodySpellsTheMessageBothWaysAndEscapesIt() {
    ErrorAnswer answer =
        new ErrorAnswer(ServiceError.INVALID_ARGUMENT, "a \"b\" \\ \n \u00e4", "id");

    assertThat(answer.json())
        .isEqualTo(
            "{\"__type\":\"InvalidArgumentException\","
                + "\"message\":\"a \\\"b\\\" \\\\ \\u000a \\u00e4\","
                + "\"Message\":\"a \\\"b\\\" \\\\ \\u000a \\u00e4\"}");
    assertThat(answer.headers())
        .containsEntry("x-amzn-ErrorType", "InvalidArgumentException")
        .containsEntry("x-amzn-RequestId", "id");
  }

  @Test
  void requestIdIsARandomUuid() {
    String id = RequestId.next(new Random(1));

    assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }
}
