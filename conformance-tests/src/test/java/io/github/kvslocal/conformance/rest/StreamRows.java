package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.channel;
import static io.github.kvslocal.conformance.rest.Given.storage;
import static io.github.kvslocal.conformance.rest.Given.stream;

import java.util.List;

/** Streams: create, describe, update, keep longer or shorter, delete. */
final class StreamRows {
  private static final String CREATE = "CreateStream";
  private static final String DESCRIBE = "DescribeStream";
  private static final String UPDATE = "UpdateStream";
  private static final String RETAIN = "UpdateDataRetention";
  private static final String DELETE = "DeleteStream";
  private static final String MODEL = "service model kinesisvideo";
  private static final String DOOR = "'StreamName':'door','CurrentVersion':'${door.version}'";

  private StreamRows() {}

  static List<Row> rows() {
    return List.of(
        Row.that("a stream keeps nothing unless told otherwise")
            .calling(CREATE, "{'StreamName':'door'}")
            .answers(
                "{'StreamARN':'~arn:aws:kinesisvideo:us-east-1:${account}:stream/door/[0-9]{13}'}")
            .then(
                DESCRIBE,
                "{'StreamName':'door'}",
                "{'StreamInfo':{'StreamName':'door','StreamARN':'${output.StreamARN}',"
                    + "'DeviceName':'@absent','MediaType':'@absent','KmsKeyId':'~.+',"
                    + "'Status':'ACTIVE','CreationTime':'@now','DataRetentionInHours':0,"
                    + "'Version':'~[a-zA-Z0-9]{1,64}'}}")
            .documented("API_CreateStream, API_StreamInfo"),
        Row.that("a stream is created with all that it is given")
            .calling(
                CREATE,
                "{'StreamName':'door','DeviceName':'bell','MediaType':'video/h264,audio/aac',"
                    + "'KmsKeyId':'alias/mine','DataRetentionInHours':48,'Tags':{'room':'hall'}}")
            .answers("{'StreamARN':'~.+'}")
            .then(
                DESCRIBE,
                "{'StreamARN':'${output.StreamARN}'}",
                "{'StreamInfo':{'DeviceName':'bell','MediaType':'video/h264,audio/aac',"
                    + "'KmsKeyId':'alias/mine','DataRetentionInHours':48}}")
            .then("ListTagsForStream", "{'StreamName':'door'}", "{'Tags':{'room':'hall'}}")
            .documented("API_CreateStream"),
        Row.that("a stream cannot take a name that is taken")
            .given(stream("door", 0))
            .calling(CREATE, "{'StreamName':'door'}")
            .fails(Errors.inUse("The stream door already exists."))
            .observed("moto has this text; not seen of AWS itself"),
        invalid("a stream needs a name", CREATE, "{}", "StreamName"),
        invalid("a stream's name has no slash", CREATE, "{'StreamName':'a/b'}", "StreamName"),
        invalid(
            "a stream's name has at most 256 characters",
            CREATE,
            "{'StreamName':'" + "a".repeat(257) + "'}",
            "StreamName"),
        invalid(
            "a device's name has at most 128 characters",
            CREATE,
            "{'StreamName':'door','DeviceName':'" + "a".repeat(129) + "'}",
            "DeviceName"),
        invalid(
            "a media type has a slash",
            CREATE,
            "{'StreamName':'door','MediaType':'h264'}",
            "MediaType"),
        invalid(
            "a key's id is not empty", CREATE, "{'StreamName':'door','KmsKeyId':''}", "KmsKeyId"),
        invalid(
            "media is not kept for less than no time",
            CREATE,
            "{'StreamName':'door','DataRetentionInHours':-1}",
            "DataRetentionInHours"),
        Row.that("describing a stream of a name that does not exist finds none")
            .calling(DESCRIBE, "{'StreamName':'nowhere'}")
            .fails(Errors.noStream())
            .observed("amazon-kinesis-video-streams-producer-c issue 139"),
        Row.that("describing a stream of an ARN that does not exist finds none")
            .calling(DESCRIBE, "{'StreamARN':'${missing.stream}'}")
            .fails(Errors.noStream())
            .observed("amazon-kinesis-video-streams-producer-c issue 139"),
        Row.that("describing a stream needs its name or its ARN")
            .calling(DESCRIBE, "{}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_DescribeStream"),
        invalid("a stream's ARN has a form", DESCRIBE, "{'StreamARN':'door'}", "StreamARN"),
        Row.that("an update changes what a stream is called by, and the version")
            .given(stream("door", 0))
            .calling(UPDATE, "{" + DOOR + ",'DeviceName':'bell','MediaType':'video/h264'}")
            .answers("{}")
            .then(
                DESCRIBE,
                "{'StreamName':'door'}",
                "{'StreamInfo':{'DeviceName':'bell','MediaType':'video/h264',"
                    + "'Version':'!${door.version}'}}")
            .documented("API_UpdateStream"),
        Row.that("an update of another version of a stream is declined")
            .given(stream("door", 0))
            .calling(
                UPDATE, "{'StreamARN':'${door}','CurrentVersion':'another','DeviceName':'bell'}")
            .fails(Errors.otherVersion())
            .documented("API_UpdateStream, Errors"),
        Row.that("an update finds no stream that does not exist")
            .calling(UPDATE, "{'StreamName':'nowhere','CurrentVersion':'any'}")
            .fails(Errors.noStream())
            .documented("API_UpdateStream, Errors"),
        invalid(
            "an update of a stream needs its version",
            UPDATE,
            "{'StreamName':'door'}",
            "CurrentVersion"),
        invalid(
            "an update of a stream needs its name or its ARN",
            UPDATE,
            "{'CurrentVersion':'any'}",
            "StreamARN"),
        Row.that("a stream is told to keep its media longer")
            .given(stream("door", 24))
            .calling(RETAIN, retaining("INCREASE_DATA_RETENTION", 24))
            .answers("{}")
            .then(
                DESCRIBE,
                "{'StreamName':'door'}",
                "{'StreamInfo':{'DataRetentionInHours':48,'Version':'!${door.version}'}}")
            .documented("API_UpdateDataRetention"),
        Row.that("a stream is told to keep its media shorter, and no longer at all")
            .given(stream("door", 24))
            .calling(RETAIN, retaining("DECREASE_DATA_RETENTION", 24))
            .answers("{}")
            .then(
                DESCRIBE,
                "{'StreamName':'door'}",
                "{'StreamInfo':{'DataRetentionInHours':0,'Version':'!${door.version}'}}")
            .documented("API_UpdateDataRetention"),
        Row.that("media cannot be kept for less than no time")
            .given(stream("door", 24))
            .calling(RETAIN, retaining("DECREASE_DATA_RETENTION", 25))
            .fails(Errors.invalid(""))
            .assumed("AWS does not say whether it stops at 0 instead"),
        Row.that("the retention of another version of a stream is not changed")
            .given(stream("door", 24))
            .calling(
                RETAIN,
                "{'StreamARN':'${door}','CurrentVersion':'another',"
                    + "'Operation':'INCREASE_DATA_RETENTION','DataRetentionChangeInHours':1}")
            .fails(Errors.otherVersion())
            .documented("API_UpdateDataRetention, Errors"),
        Row.that("the retention of a stream that does not exist is not changed")
            .calling(
                RETAIN,
                "{'StreamName':'nowhere','CurrentVersion':'any',"
                    + "'Operation':'INCREASE_DATA_RETENTION','DataRetentionChangeInHours':1}")
            .fails(Errors.noStream())
            .documented("API_UpdateDataRetention, Errors"),
        Row.that("retention is increased or decreased")
            .given(stream("door", 24))
            .calling(RETAIN, retaining("DOUBLE_DATA_RETENTION", 1))
            .fails(Errors.invalid("Operation"))
            .documented(MODEL),
        Row.that("retention changes by an hour at least")
            .given(stream("door", 24))
            .calling(RETAIN, retaining("INCREASE_DATA_RETENTION", 0))
            .fails(Errors.invalid("DataRetentionChangeInHours"))
            .documented(MODEL),
        Row.that("a change of retention needs the stream's version")
            .given(stream("door", 24))
            .calling(
                RETAIN,
                "{'StreamName':'door','Operation':'INCREASE_DATA_RETENTION',"
                    + "'DataRetentionChangeInHours':1}")
            .fails(Errors.invalid("CurrentVersion"))
            .documented(MODEL),
        Row.that("a stream is deleted with its version, and its name is free again")
            .given(stream("door", 0))
            .calling(DELETE, "{'StreamARN':'${door}','CurrentVersion':'${door.version}'}")
            .answers("{}")
            .then("ListStreams", "{}", "{'StreamInfoList':[]}")
            .then(CREATE, "{'StreamName':'door'}", "{'StreamARN':'!${door}'}")
            .documented("API_DeleteStream"),
        Row.that("a stream is deleted without its version")
            .given(stream("door", 0))
            .calling(DELETE, "{'StreamARN':'${door}'}")
            .answers("{}")
            .then("ListStreams", "{}", "{'StreamInfoList':[]}")
            .documented("API_DeleteStream: CurrentVersion is optional"),
        Row.that("a stream of another version is not deleted")
            .given(stream("door", 0))
            .calling(DELETE, "{'StreamARN':'${door}','CurrentVersion':'another'}")
            .fails(Errors.otherVersion())
            .documented("API_DeleteStream, Errors"),
        Row.that("a stream that stores the media of a channel is not deleted")
            .given(channel("gate"), stream("door", 24), storage("gate", "door"))
            .calling(DELETE, "{'StreamARN':'${door}'}")
            .fails(Errors.inUse("Disable MediaStorageConfiguration to delete the stream"))
            .observed("kvs_cleanup of the AWS samples looks for this text"),
        Row.that("a stream that does not exist is not deleted")
            .calling(DELETE, "{'StreamARN':'${missing.stream}'}")
            .fails(Errors.noStream())
            .documented("API_DeleteStream, Errors"),
        invalid("deleting a stream needs its ARN", DELETE, "{}", "StreamARN"));
  }

  private static String retaining(String operation, int hours) {
    return "{%s,'Operation':'%s','DataRetentionChangeInHours':%d}"
        .formatted(DOOR, operation, hours);
  }

  private static Row invalid(String sentence, String operation, String input, String member) {
    return Row.that(sentence)
        .calling(operation, input)
        .fails(Errors.invalid(member))
        .documented(MODEL);
  }
}
