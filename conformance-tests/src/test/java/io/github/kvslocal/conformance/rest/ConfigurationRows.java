package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.done;
import static io.github.kvslocal.conformance.rest.Given.stream;

import java.util.List;
import java.util.stream.Stream;

/** What a stream is configured to do: images, notifications, its storage tier. */
final class ConfigurationRows {
  private static final String IMAGES =
      "{'Status':'ENABLED','ImageSelectorType':'SERVER_TIMESTAMP',"
          + "'DestinationConfig':{'Uri':'s3://bucket/images','DestinationRegion':'us-east-1'},"
          + "'SamplingInterval':200,'Format':'JPEG','FormatConfig':{'JPEGQuality':'80'},"
          + "'WidthPixels':320,'HeightPixels':240}";
  private static final String NOTIFICATION =
      "{'Status':'ENABLED',"
          + "'DestinationConfig':{'Uri':'arn:aws:sns:us-east-1:123456789012:topic'}}";
  private static final String MODEL = "service model kinesisvideo";

  private ConfigurationRows() {}

  static List<Row> rows() {
    return Stream.of(
            document("ImageGenerationConfiguration", IMAGES, "'Format':'JPEG',"),
            document("NotificationConfiguration", NOTIFICATION, "'Status':'ENABLED',"),
            images(),
            tiers())
        .flatMap(rows -> rows)
        .toList();
  }

  /** The rows of a configuration that is one document, kept and returned. */
  private static Stream<Row> document(String member, String document, String required) {
    String update = "Update" + member;
    String describe = "Describe" + member;
    String door = "{'StreamName':'door','" + member + "':";
    return Stream.of(
        Row.that(update + " keeps what " + describe + " returns")
            .given(stream("door", 24))
            .calling(update, door + document + "}")
            .answers("{}")
            .then(describe, "{'StreamARN':'${door}'}", "{'" + member + "':" + document + "}")
            .documented("API_" + update),
        Row.that(update + " without a configuration deletes it")
            .given(stream("door", 24), done(update, door + document + "}"))
            .calling(update, "{'StreamARN':'${door}'}")
            .answers("{}")
            .then(describe, "{'StreamName':'door'}", "{'" + member + "':'@absent'}")
            .documented("API_" + update + ": if null, it is deleted from the stream"),
        Row.that(describe + " of a new stream has none")
            .given(stream("door", 24))
            .calling(describe, "{'StreamName':'door'}")
            .answers("{'" + member + "':'@absent'}")
            .assumed("AWS does not say"),
        Row.that(update + " needs a stream that keeps its media")
            .given(stream("door", 0))
            .calling(update, door + document + "}")
            .fails(Errors.noRetention())
            .documented("API_" + update + ", Errors"),
        Row.that(update + " needs what its model requires")
            .given(stream("door", 24))
            .calling(update, door + document.replace(required, "") + "}")
            .fails(Errors.invalid(member))
            .documented(MODEL),
        Row.that(update + " finds no stream that does not exist")
            .calling(update, "{'StreamName':'nowhere','" + member + "':" + document + "}")
            .fails(Errors.noStream())
            .documented("API_" + update + ", Errors"),
        Row.that(update + " needs the name or the ARN of a stream")
            .calling(update, "{'" + member + "':" + document + "}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_" + update),
        Row.that(describe + " finds no stream that does not exist")
            .calling(describe, "{'StreamARN':'${missing.stream}'}")
            .fails(Errors.noStream())
            .documented("API_" + describe + ", Errors"),
        Row.that(describe + " needs the name or the ARN of a stream")
            .calling(describe, "{}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_" + describe));
  }

  private static Stream<Row> images() {
    return Stream.of(
        invalidImages("images have a width of 3840 at most", "320", "3841", "WidthPixels"),
        invalidImages("images have a format", "'JPEG',", "'GIF',", "Format"),
        invalidImages("images are 200 ms apart at least", "200", "199", "SamplingInterval"),
        invalidImages("images go to a region", "'us-east-1'", "'nearby-by'", "DestinationRegion"));
  }

  private static Row invalidImages(String sentence, String good, String bad, String member) {
    return Row.that(sentence)
        .given(stream("door", 24))
        .calling(
            "UpdateImageGenerationConfiguration",
            "{'StreamName':'door','ImageGenerationConfiguration':"
                + IMAGES.replace(good, bad)
                + "}")
        .fails(Errors.invalid(member))
        .documented("API_ImageGenerationConfiguration");
  }

  private static Stream<Row> tiers() {
    String update = "UpdateStreamStorageConfiguration";
    String describe = "DescribeStreamStorageConfiguration";
    String warm = "'StreamStorageConfiguration':{'DefaultStorageTier':'WARM'}";
    return Stream.of(
        Row.that("a stream's storage is HOT unless told otherwise")
            .given(stream("door", 24))
            .calling(describe, "{'StreamARN':'${door}'}")
            .answers(
                "{'StreamName':'door','StreamARN':'${door}',"
                    + "'StreamStorageConfiguration':{'DefaultStorageTier':'HOT'}}")
            .documented("API_StreamStorageConfiguration"),
        Row.that("a stream is created with WARM storage")
            .calling("CreateStream", "{'StreamName':'door','DataRetentionInHours':24," + warm + "}")
            .answers("{'StreamARN':'~.+'}")
            .then(
                describe,
                "{'StreamName':'door'}",
                "{'StreamStorageConfiguration':{'DefaultStorageTier':'WARM'}}")
            .documented("API_CreateStream"),
        Row.that("a stream's storage becomes WARM")
            .given(stream("door", 24))
            .calling(
                update, "{'StreamName':'door','CurrentVersion':'${door.version}'," + warm + "}")
            .answers("{}")
            .then(
                describe,
                "{'StreamName':'door'}",
                "{'StreamStorageConfiguration':{'DefaultStorageTier':'WARM'}}")
            .documented("API_" + update),
        Row.that("the storage of another version of a stream is not changed")
            .given(stream("door", 24))
            .calling(update, "{'StreamName':'door','CurrentVersion':'another'," + warm + "}")
            .fails(Errors.otherVersion())
            .documented("API_" + update + ", Errors"),
        Row.that("the storage of a stream that does not exist is not changed")
            .calling(update, "{'StreamName':'nowhere','CurrentVersion':'any'," + warm + "}")
            .fails(Errors.noStream())
            .documented("API_" + update + ", Errors"),
        Row.that("storage is HOT or WARM")
            .given(stream("door", 24))
            .calling(
                update,
                "{'StreamName':'door','CurrentVersion':'${door.version}',"
                    + "'StreamStorageConfiguration':{'DefaultStorageTier':'COLD'}}")
            .fails(Errors.invalid("DefaultStorageTier"))
            .documented(MODEL),
        Row.that("a change of storage needs the stream's version")
            .given(stream("door", 24))
            .calling(update, "{'StreamName':'door'," + warm + "}")
            .fails(Errors.invalid("CurrentVersion"))
            .documented(MODEL),
        Row.that("a stream that does not exist has no storage")
            .calling(describe, "{'StreamName':'nowhere'}")
            .fails(Errors.noStream())
            .documented("API_" + describe + ", Errors"),
        Row.that("storage is of a stream's name or ARN")
            .calling(describe, "{}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_" + describe));
  }
}
