package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.done;
import static io.github.kvslocal.conformance.rest.Given.stream;

import java.util.List;

/** Edge agents, which record for a stream beside the camera. */
final class EdgeRows {
  private static final String START = "StartEdgeConfigurationUpdate";
  private static final String DESCRIBE = "DescribeEdgeConfiguration";
  private static final String DELETE = "DeleteEdgeConfiguration";
  private static final String LIST = "ListEdgeAgentConfigurations";
  private static final String HUB = "'arn:aws:iot:us-east-1:123456789012:thing/hub'";
  static final String CONFIGURATION =
      "{'HubDeviceArn':"
          + HUB
          + ",'RecorderConfig':{'MediaSourceConfig':{'MediaUriSecretArn':"
          + "'arn:aws:secretsmanager:us-east-1:123456789012:secret:camera-1','MediaUriType':'RTSP_URI'},"
          + "'ScheduleConfig':{'ScheduleExpression':'0 0 0 ? * * *','DurationInSeconds':3600}},"
          + "'DeletionConfig':{'EdgeRetentionInHours':24,'DeleteAfterUpload':true,"
          + "'LocalSizeConfig':{'MaxLocalMediaSizeInMB':64,"
          + "'StrategyOnFullSize':'DELETE_OLDEST_MEDIA'}}}";
  private static final String DOOR = "{'StreamName':'door','EdgeConfig':" + CONFIGURATION + "}";
  private static final Given STARTED = done(START, DOOR);

  private EdgeRows() {}

  static List<Row> rows() {
    return List.of(
        Row.that("a new edge configuration begins to synchronize")
            .given(stream("door", 24))
            .calling(START, DOOR)
            .answers(
                "{'StreamName':'door','StreamARN':'${door}','CreationTime':'@now',"
                    + "'LastUpdatedTime':'@now','SyncStatus':'SYNCING','EdgeConfig':"
                    + CONFIGURATION
                    + "}")
            .then(
                DESCRIBE,
                "{'StreamARN':'${door}'}",
                "{'StreamARN':'${door}','EdgeConfig':" + CONFIGURATION + "}")
            .documented("API_" + START),
        Row.that("an edge configuration that synchronizes is not replaced")
            .given(stream("door", 24), STARTED)
            .calling(START, DOOR)
            .fails(Errors.inUse(""))
            .documented("API_" + START + ": wait until it is synchronized"),
        Row.that("an edge configuration needs a stream that keeps its media")
            .given(stream("door", 0))
            .calling(START, DOOR)
            .fails(Errors.noRetention())
            .documented("API_" + START + ", Errors"),
        Row.that("an edge configuration needs a stream that exists")
            .calling(START, DOOR.replace("door", "nowhere"))
            .fails(Errors.noStream())
            .documented("API_" + START + ", Errors"),
        Row.that("an edge configuration needs a device")
            .given(stream("door", 24))
            .calling(START, DOOR.replace("'HubDeviceArn':" + HUB + ",", ""))
            .fails(Errors.invalid("HubDeviceArn"))
            .documented("service model kinesisvideo"),
        Row.that("an edge agent records for an hour at most")
            .given(stream("door", 24))
            .calling(START, DOOR.replace("3600", "3601"))
            .fails(Errors.invalid("DurationInSeconds"))
            .documented("service model kinesisvideo"),
        Row.that("a stream without an edge configuration has none to describe")
            .given(stream("door", 24))
            .calling(DESCRIBE, "{'StreamName':'door'}")
            .fails(noConfiguration())
            .documented("API_" + DESCRIBE + ", Errors"),
        Row.that("a stream that does not exist has no edge configuration")
            .calling(DESCRIBE, "{'StreamARN':'${missing.stream}'}")
            .fails(Errors.noStream())
            .documented("API_" + DESCRIBE + ", Errors"),
        Row.that("an edge configuration is described by its stream")
            .calling(DESCRIBE, "{}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_" + DESCRIBE),
        Row.that("an edge configuration is deleted")
            .given(stream("door", 24), STARTED)
            .calling(DELETE, "{'StreamName':'door'}")
            .answers("{}")
            .then(LIST, "{'HubDeviceArn':" + HUB + "}", "{'EdgeConfigs':[]}")
            .assumed("no agent has media to delete first, so it is gone at once"),
        Row.that("a stream without an edge configuration has none to delete")
            .given(stream("door", 24))
            .calling(DELETE, "{'StreamARN':'${door}'}")
            .fails(noConfiguration())
            .documented("API_" + DELETE + ", Errors"),
        Row.that("a stream that does not exist has no edge configuration to delete")
            .calling(DELETE, "{'StreamName':'nowhere'}")
            .fails(Errors.noStream())
            .documented("API_" + DELETE + ", Errors"),
        Row.that("an edge configuration is deleted by its stream")
            .calling(DELETE, "{}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_" + DELETE),
        Row.that("a device's edge configurations are listed")
            .given(stream("door", 24), STARTED)
            .calling(LIST, "{'HubDeviceArn':" + HUB + ",'MaxResults':1}")
            .answers(
                "{'EdgeConfigs':[{'StreamName':'door','StreamARN':'${door}','EdgeConfig':"
                    + CONFIGURATION
                    + "}],'NextToken':'@absent'}")
            .documented("API_" + LIST),
        Row.that("the edge configuration of a deleted stream is not listed")
            .given(stream("door", 24), STARTED, done("DeleteStream", "{'StreamARN':'${door}'}"))
            .calling(LIST, "{'HubDeviceArn':" + HUB + "}")
            .answers("{'EdgeConfigs':[]}")
            .assumed("AWS does not say; no agent has media to delete first"),
        Row.that("edge configurations are listed of one device")
            .calling(LIST, "{}")
            .fails(Errors.invalid("HubDeviceArn"))
            .documented("service model kinesisvideo"),
        Row.that("a page of edge configurations has ten at most")
            .calling(LIST, "{'HubDeviceArn':" + HUB + ",'MaxResults':11}")
            .fails(Errors.invalid("MaxResults"))
            .documented("service model kinesisvideo"));
  }

  private static Expectation.Failure noConfiguration() {
    return new Expectation.Failure(404, "StreamEdgeConfigurationNotFoundException", "", true);
  }
}
