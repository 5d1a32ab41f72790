package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.channel;
import static io.github.kvslocal.conformance.rest.Given.done;
import static io.github.kvslocal.conformance.rest.Given.storage;
import static io.github.kvslocal.conformance.rest.Given.stream;

import java.util.List;

/** Signaling channels: create, describe, update, delete. */
final class ChannelRows {
  private static final String CREATE = "CreateSignalingChannel";
  private static final String DESCRIBE = "DescribeSignalingChannel";
  private static final String UPDATE = "UpdateSignalingChannel";
  private static final String DELETE = "DeleteSignalingChannel";
  private static final String MODEL = "service model kinesisvideo";

  private ChannelRows() {}

  static List<Row> rows() {
    return List.of(
        Row.that("a channel is SINGLE_MASTER with a message TTL of 60 s unless told otherwise")
            .calling(CREATE, "{'ChannelName':'door'}")
            .answers(
                "{'ChannelARN':'~arn:aws:kinesisvideo:us-east-1:${account}:channel/door/[0-9]{13}'}")
            .then(
                DESCRIBE,
                "{'ChannelName':'door'}",
                "{'ChannelInfo':{'ChannelName':'door','ChannelARN':'${output.ChannelARN}',"
                    + "'ChannelType':'SINGLE_MASTER','ChannelStatus':'ACTIVE','CreationTime':'@now',"
                    + "'SingleMasterConfiguration':{'MessageTtlSeconds':60},"
                    + "'Version':'~[a-zA-Z0-9]{1,64}'}}")
            .documented("API_CreateSignalingChannel, API_SingleMasterConfiguration"),
        Row.that("a channel is created with the TTL and the tags that it is given")
            .calling(
                CREATE,
                "{'ChannelName':'door','ChannelType':'SINGLE_MASTER',"
                    + "'SingleMasterConfiguration':{'MessageTtlSeconds':5},"
                    + "'Tags':[{'Key':'room','Value':'hall'},{'Key':'empty','Value':''}]}")
            .answers("{'ChannelARN':'~.+'}")
            .then(
                "ListTagsForResource",
                "{'ResourceARN':'${output.ChannelARN}'}",
                "{'Tags':{'room':'hall','empty':''}}")
            .then(
                DESCRIBE,
                "{'ChannelName':'door'}",
                "{'ChannelInfo':{'SingleMasterConfiguration':{'MessageTtlSeconds':5}}}")
            .documented("API_CreateSignalingChannel"),
        Row.that("a channel can be FULL_MESH, and has no configuration for a single master then")
            .calling(CREATE, "{'ChannelName':'door','ChannelType':'FULL_MESH'}")
            .answers("{'ChannelARN':'~.+'}")
            .then(
                DESCRIBE,
                "{'ChannelName':'door'}",
                "{'ChannelInfo':{'ChannelType':'FULL_MESH','SingleMasterConfiguration':'@absent'}}")
            .assumed("the model has the type, no page tells its description"),
        Row.that("a channel cannot take a name that is taken")
            .given(channel("door"))
            .calling(CREATE, "{'ChannelName':'door'}")
            .fails(Errors.inUse("door"))
            .documented("API_CreateSignalingChannel, Errors"),
        Row.that("a channel and a stream may have the same name")
            .given(stream("door", 0))
            .calling(CREATE, "{'ChannelName':'door'}")
            .answers("{'ChannelARN':'~.+:channel/door/[0-9]{13}'}")
            .documented("webrtc-dg, Ingest: one name for both in the samples"),
        invalid("a channel needs a name", CREATE, "{}", "ChannelName"),
        invalid("a channel's name is not empty", CREATE, "{'ChannelName':''}", "ChannelName"),
        invalid("a channel's name has no space", CREATE, "{'ChannelName':'a b'}", "ChannelName"),
        invalid(
            "a channel's name has at most 256 characters",
            CREATE,
            "{'ChannelName':'" + "a".repeat(257) + "'}",
            "ChannelName"),
        invalid(
            "a channel has one of two types",
            CREATE,
            "{'ChannelName':'door','ChannelType':'MESH'}",
            "ChannelType"),
        invalid(
            "a message lives 5 s at least",
            CREATE,
            "{'ChannelName':'door','SingleMasterConfiguration':{'MessageTtlSeconds':4}}",
            "MessageTtlSeconds"),
        invalid(
            "a message lives 120 s at most",
            CREATE,
            "{'ChannelName':'door','SingleMasterConfiguration':{'MessageTtlSeconds':121}}",
            "MessageTtlSeconds"),
        invalid(
            "a channel's tag needs a key",
            CREATE,
            "{'ChannelName':'door','Tags':[{'Value':'hall'}]}",
            "Key"),
        Row.that("a channel is described by its ARN")
            .given(channel("door"))
            .calling(DESCRIBE, "{'ChannelARN':'${door}'}")
            .answers("{'ChannelInfo':{'ChannelName':'door','ChannelARN':'${door}'}}")
            .documented("API_DescribeSignalingChannel"),
        Row.that("describing a channel of a name that does not exist finds none")
            .calling(DESCRIBE, "{'ChannelName':'nowhere'}")
            .fails(Errors.noChannel())
            .observed("amazon-kinesis-video-streams-webrtc-sdk-js issue 24"),
        Row.that("describing a channel of an ARN that does not exist finds none")
            .calling(DESCRIBE, "{'ChannelARN':'${missing.channel}'}")
            .fails(Errors.noChannel())
            .observed("amazon-kinesis-video-streams-webrtc-sdk-js issue 24"),
        Row.that("describing a channel needs its name or its ARN")
            .calling(DESCRIBE, "{}")
            .fails(Errors.invalid("ChannelARN"))
            .documented("API_DescribeSignalingChannel"),
        invalid("a channel's ARN has a form", DESCRIBE, "{'ChannelARN':'door'}", "ChannelARN"),
        Row.that("another account's channel is not found")
            .calling(
                DESCRIBE,
                "{'ChannelARN':'arn:aws:kinesisvideo:us-east-1:999999999999:channel/door/1'}")
            .fails(Errors.noChannel())
            .assumed("AWS does not say whether it tells that apart from a missing one"),
        Row.that("an update changes the TTL and the version")
            .given(channel("door"))
            .calling(
                UPDATE,
                "{'ChannelARN':'${door}','CurrentVersion':'${door.version}',"
                    + "'SingleMasterConfiguration':{'MessageTtlSeconds':30}}")
            .answers("{}")
            .then(
                DESCRIBE,
                "{'ChannelName':'door'}",
                "{'ChannelInfo':{'SingleMasterConfiguration':{'MessageTtlSeconds':30},"
                    + "'Version':'!${door.version}'}}")
            .documented("API_UpdateSignalingChannel"),
        Row.that("an update of another version of a channel is declined")
            .given(channel("door"))
            .calling(
                UPDATE,
                "{'ChannelARN':'${door}','CurrentVersion':'another',"
                    + "'SingleMasterConfiguration':{'MessageTtlSeconds':30}}")
            .fails(Errors.otherVersion())
            .documented("API_UpdateSignalingChannel, Errors"),
        Row.that("an update finds no channel that does not exist")
            .calling(
                UPDATE,
                "{'ChannelARN':'${missing.channel}','CurrentVersion':'any',"
                    + "'SingleMasterConfiguration':{'MessageTtlSeconds':30}}")
            .fails(Errors.noChannel())
            .documented("API_UpdateSignalingChannel, Errors"),
        Row.that("an update of a channel needs its version")
            .given(channel("door"))
            .calling(
                UPDATE,
                "{'ChannelARN':'${door}','SingleMasterConfiguration':{'MessageTtlSeconds':30}}")
            .fails(Errors.invalid("CurrentVersion"))
            .documented(MODEL),
        Row.that("an update of a SINGLE_MASTER channel needs its configuration")
            .given(channel("door"))
            .calling(UPDATE, "{'ChannelARN':'${door}','CurrentVersion':'${door.version}'}")
            .fails(Errors.invalid("SingleMasterConfiguration"))
            .documented("API_UpdateSignalingChannel, SingleMasterConfiguration"),
        Row.that("a channel is deleted with its version, and its name is free again")
            .given(channel("door"))
            .calling(DELETE, "{'ChannelARN':'${door}','CurrentVersion':'${door.version}'}")
            .answers("{}")
            .then("ListSignalingChannels", "{}", "{'ChannelInfoList':[]}")
            .then(CREATE, "{'ChannelName':'door'}", "{'ChannelARN':'!${door}'}")
            .documented("API_DeleteSignalingChannel"),
        Row.that("a channel is deleted without its version")
            .given(channel("door"))
            .calling(DELETE, "{'ChannelARN':'${door}'}")
            .answers("{}")
            .then("ListSignalingChannels", "{}", "{'ChannelInfoList':[]}")
            .documented("API_DeleteSignalingChannel: CurrentVersion is optional"),
        Row.that("a channel of another version is not deleted")
            .given(channel("door"))
            .calling(DELETE, "{'ChannelARN':'${door}','CurrentVersion':'another'}")
            .fails(Errors.otherVersion())
            .documented("API_DeleteSignalingChannel, Errors"),
        Row.that("a channel that stores its media is not deleted")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(DELETE, "{'ChannelARN':'${door}'}")
            .fails(Errors.inUse("Disable MediaStorageConfiguration to delete the channel"))
            .observed("kvs_cleanup of the AWS samples looks for this text"),
        Row.that("a channel that does not exist is not deleted")
            .calling(DELETE, "{'ChannelARN':'${missing.channel}'}")
            .fails(Errors.noChannel())
            .documented("API_DeleteSignalingChannel, Errors"),
        invalid("deleting a channel needs its ARN", DELETE, "{}", "ChannelARN"),
        Row.that("a deleted channel is not found")
            .given(channel("door"), done(DELETE, "{'ChannelARN':'${door}'}"))
            .calling(DESCRIBE, "{'ChannelARN':'${door}'}")
            .fails(Errors.noChannel())
            .documented("API_DeleteSignalingChannel"));
  }

  private static Row invalid(String sentence, String operation, String input, String member) {
    return Row.that(sentence)
        .calling(operation, input)
        .fails(Errors.invalid(member))
        .documented(MODEL);
  }
}
