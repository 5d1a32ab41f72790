package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.registry.StreamConfigurations;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamConfigurationRoutesTest {
  private static final String IMAGES =
      "{'Status':'ENABLED','ImageSelectorType':'SERVER_TIMESTAMP','DestinationConfig':"
          + "{'Uri':'s3://bucket/images','DestinationRegion':'us-east-1'},"
          + "'SamplingInterval':200,'Format':'JPEG','FormatConfig':{'JPEGQuality':'80'},"
          + "'WidthPixels':640,'HeightPixels':480}";
  private static final String NOTIFICATION =
      "{'Status':'DISABLED','DestinationConfig':{'Uri':'arn:aws:sns:us-east-1:1:topic'}}";

  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
  private final RouteCalls calls =
      new RouteCalls(
          new StreamConfigurationRoutes(
                  registry, new StreamConfigurations(ConfigurationState.EMPTY))
              .operations());

  @BeforeEach
  void createStreams() throws Exception {
    RouteCalls.stream(registry, "door", 24);
    RouteCalls.stream(registry, "live", 0);
  }

  @Test
  void imageGenerationIsKeptReturnedAndDeletedByNull() throws Exception {
    assertThat(describeImages().isEmpty()).isTrue();

    JsonNode answer = updateImages(IMAGES.replace("'Status'", "'Unknown':1,'Status'"));
    assertThat(answer.isEmpty()).isTrue();
    assertThat(describeImages().path("ImageGenerationConfiguration").toString())
        .isEqualTo(IMAGES.replace('\'', '"'));

    updateImages("null");
    assertThat(describeImages().isEmpty()).isTrue();
  }

  private JsonNode updateImages(String configuration) throws Exception {
    return calls.answer(
        "/updateImageGenerationConfiguration",
        "{'StreamName':'door','ImageGenerationConfiguration':" + configuration + "}");
  }

  private JsonNode describeImages() throws Exception {
    return calls.answer("/describeImageGenerationConfiguration", "{'StreamName':'door'}");
  }

  @Test
  void notificationIsKeptReturnedAndDeletedByItsAbsence() throws Exception {
    String describe = "/describeNotificationConfiguration";
    String update = "/updateNotificationConfiguration";

    calls.answer(update, "{'StreamName':'door','NotificationConfiguration':" + NOTIFICATION + "}");
    assertThat(
            calls
                .answer(describe, "{'StreamName':'door'}")
                .path("NotificationConfiguration")
                .toString())
        .isEqualTo(NOTIFICATION.replace('\'', '"'));

    calls.answer(update, "{'StreamName':'door'}");
    assertThat(calls.answer(describe, "{'StreamName':'door'}").isEmpty()).isTrue();
  }

  @Test
  void storageIsHotUntilItIsChanged() throws Exception {
    String describe = "/describeStreamStorageConfiguration";
    JsonNode before = calls.answer(describe, "{'StreamName':'live'}");

    calls.answer("/updateStreamStorageConfiguration", storage("live", "'WARM'"));

    assertThat(before.path("StreamName").asText()).isEqualTo("live");
    assertThat(before.path("StreamARN").asText()).contains(":stream/live/");
    assertThat(before.at("/StreamStorageConfiguration/DefaultStorageTier").asText())
        .isEqualTo("HOT");
    assertThat(
            calls
                .answer(describe, "{'StreamARN':'" + before.path("StreamARN").asText() + "'}")
                .at("/StreamStorageConfiguration/DefaultStorageTier")
                .asText())
        .isEqualTo("WARM");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'StreamStorageConfiguration':{'DefaultStorageTier':'HOT'}"
            + "|InvalidArgumentException|at 'CurrentVersion'",
        "'CurrentVersion':'a-b'|InvalidArgumentException|at 'CurrentVersion'",
        "'CurrentVersion':'a'|InvalidArgumentException|at 'StreamStorageConfiguration'",
        "'CurrentVersion':'a','StreamStorageConfiguration':{}"
            + "|InvalidArgumentException|at 'StreamStorageConfiguration.DefaultStorageTier'",
        "'CurrentVersion':'a','StreamStorageConfiguration':{'DefaultStorageTier':'COLD'}"
            + "|InvalidArgumentException|enum value set: [HOT, WARM]",
        "'CurrentVersion':'a','StreamStorageConfiguration':{'DefaultStorageTier':'HOT'}"
            + "|VersionMismatchException|describe it again"
      })
  void storageNamesWhatIsWrong(String members, String code, String complaint) {
    assertThat(
            calls.refusal(
                "/updateStreamStorageConfiguration", "{'StreamName':'door'," + members + "}"))
        .startsWith(code)
        .contains(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Status':'ENABLED',|``|at 'ImageGenerationConfiguration.Status'",
        "'ENABLED'|'ON'|enum value set: [ENABLED, DISABLED]",
        "'ImageSelectorType':'SERVER_TIMESTAMP',|``|at 'ImageGenerationConfiguration.ImageSelect",
        "'SERVER_TIMESTAMP'|'NOW'|enum value set: [SERVER_TIMESTAMP, PRODUCER_TIMESTAMP]",
        "'DestinationConfig'|'Destination'|at 'ImageGenerationConfiguration.DestinationConfig'",
        "'Uri':'s3://bucket/images',|``|DestinationConfig.Uri' failed",
        "'s3://bucket/images'|'bucket'|pattern: ^[a-zA-Z_0-9]+:(//)?",
        "'s3://bucket/images'|''|greater than or equal to 1",
        ",'DestinationRegion':'us-east-1'|``|DestinationConfig.DestinationRegion'",
        "'us-east-1'|'us-e-1'|greater than or equal to 9",
        "'us-east-1'|'us-northeast-12'|less than or equal to 14",
        "'us-east-1'|'US-EAST-1'|pattern: ^[a-z]+(-[a-z]+)?-[a-z]+-[0-9]$",
        "'us-east-1'|'eu-west-1'|Member must be the stream's, us-east-1",
        "'SamplingInterval':200,|``|at 'ImageGenerationConfiguration.SamplingInterval'",
        "'SamplingInterval':200|'SamplingInterval':199|greater than or equal to 200",
        "'SamplingInterval':200|'SamplingInterval':'200'|must be an integer",
        "'Format':'JPEG',|``|at 'ImageGenerationConfiguration.Format'",
        "'Format':'JPEG'|'Format':'GIF'|enum value set: [JPEG, PNG]",
        "'JPEGQuality':'80'|``|at 'ImageGenerationConfiguration.FormatConfig'",
        "'80'|'101'|from 1 to 100",
        "'WidthPixels':640|'WidthPixels':3841|less than or equal to 3840",
        "'HeightPixels':480|'HeightPixels':0|greater than or equal to 1",
      })
  void imageGenerationNamesWhatIsWrong(String part, String instead, String complaint) {
    assertThat(IMAGES).contains(part);

    assertThat(
            calls.refusal(
                "/updateImageGenerationConfiguration",
                "{'StreamName':'door','ImageGenerationConfiguration':"
                    + IMAGES.replace(part, instead)
                    + "}"))
        .startsWith("InvalidArgumentException: 1 validation error detected")
        .contains(complaint);
  }

  @Test
  void destinationHas255CharactersAtMost() {
    String body = "{'StreamName':'door','NotificationConfiguration':" + NOTIFICATION + "}";
    String longest = "s3:" + "b".repeat(252);

    assertThat(
            calls.refusal(
                "/updateNotificationConfiguration",
                body.replace("arn:aws:sns:us-east-1:1:topic", longest)))
        .isEqualTo("accepted");
    assertThat(
            calls.refusal(
                "/updateNotificationConfiguration",
                body.replace("arn:aws:sns:us-east-1:1:topic", longest + "b")))
        .contains("length less than or equal to 255");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7|at 'NotificationConfiguration' failed to satisfy constraint: Member must be a structure",
        "{}|at 'NotificationConfiguration.Status'",
        "{'Status':'ENABLED'}|at 'NotificationConfiguration.DestinationConfig'",
        "{'Status':'ENABLED','DestinationConfig':{}}|DestinationConfig.Uri' failed"
      })
  void notificationNamesWhatIsWrong(String configuration, String complaint) {
    assertThat(
            calls.refusal(
                "/updateNotificationConfiguration",
                "{'StreamName':'door','NotificationConfiguration':" + configuration + "}"))
        .startsWith("InvalidArgumentException: 1 validation error detected")
        .contains(complaint);
  }

  @Test
  void streamWithoutRetentionHasNothingToDeliver() {
    assertThat(
            calls.refusal(
                "/updateImageGenerationConfiguration",
                "{'StreamName':'live','ImageGenerationConfiguration':" + IMAGES + "}"))
        .startsWith("NoDataRetentionException");
    assertThat(
            calls.refusal(
                "/updateNotificationConfiguration",
                "{'StreamName':'live','NotificationConfiguration':" + NOTIFICATION + "}"))
        .startsWith("NoDataRetentionException");
    assertThat(calls.refusal("/updateNotificationConfiguration", "{'StreamName':'live'}"))
        .isEqualTo("accepted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/updateImageGenerationConfiguration",
        "/describeImageGenerationConfiguration",
        "/updateNotificationConfiguration",
        "/describeNotificationConfiguration",
        "/updateStreamStorageConfiguration",
        "/describeStreamStorageConfiguration"
      })
  void streamHasToBeNamedAndThere(String path) {
    String storage =
        "'CurrentVersion':'a','StreamStorageConfiguration':{'DefaultStorageTier':'HOT'}";

    assertThat(calls.refusal(path, "{" + storage + "}"))
        .startsWith("InvalidArgumentException: Either StreamName or StreamARN is required");
    assertThat(calls.refusal(path, "{'StreamName':'attic'," + storage + "}"))
        .startsWith("ResourceNotFoundException: The requested stream is not found");
  }

  private String storage(String stream, String tier) throws Exception {
    return "{'StreamName':'%s','CurrentVersion':'%s','StreamStorageConfiguration':%s}"
        .formatted(
            stream,
            registry.stream(RouteCalls.OWNER, stream).version(),
            "{'DefaultStorageTier':" + tier + "}");
  }
}
