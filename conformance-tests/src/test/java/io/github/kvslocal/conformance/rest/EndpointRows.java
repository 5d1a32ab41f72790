package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.channel;
import static io.github.kvslocal.conformance.rest.Given.storage;
import static io.github.kvslocal.conformance.rest.Given.stream;

import java.util.List;

/** Where to reach a channel, and where the media of a stream. */
final class EndpointRows {
  private static final String CHANNEL = "GetSignalingChannelEndpoint";
  private static final String DATA = "GetDataEndpoint";
  private static final String MODEL = "service model kinesisvideo";
  private static final String OURS =
      "each endpoint is one of the emulator's own; the form is AWS's, without a path for HTTPS";

  private EndpointRows() {}

  static List<Row> rows() {
    return List.of(
        Row.that("a master is told where its socket and its HTTPS endpoint are")
            .given(channel("door"))
            .calling(CHANNEL, protocols("'WSS','HTTPS'", "MASTER"))
            .answers(
                "{'ResourceEndpointList':["
                    + "{'Protocol':'WSS','ResourceEndpoint':'${socket}/master'},"
                    + "{'Protocol':'HTTPS','ResourceEndpoint':'${endpoint}'}]}")
            .assumed(OURS),
        Row.that("a viewer has another socket than the master")
            .given(channel("door"))
            .calling(CHANNEL, protocols("'WSS'", "VIEWER"))
            .answers(
                "{'ResourceEndpointList':["
                    + "{'Protocol':'WSS','ResourceEndpoint':'${socket}/viewer'}]}")
            .observed("m- and v- hosts, amazon-kinesis-video-streams-webrtc-sdk-js issue 69"),
        Row.that("a channel that stores its media has an endpoint for WEBRTC")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(CHANNEL, protocols("'WEBRTC'", "MASTER"))
            .answers(
                "{'ResourceEndpointList':["
                    + "{'Protocol':'WEBRTC','ResourceEndpoint':'${endpoint}'}]}")
            .documented("webrtc-dg, ingestion-initiate"),
        Row.that("a channel without media storage has no endpoint for WEBRTC")
            .given(channel("door"))
            .calling(CHANNEL, protocols("'WSS','WEBRTC'", "MASTER"))
            .fails(Errors.invalid("MediaStorageConfiguration is required for WEBRTC protocol"))
            .observed("a test suite that ran against AWS"),
        Row.that("a channel that does not exist has no endpoints")
            .calling(
                CHANNEL,
                "{'ChannelARN':'${missing.channel}','SingleMasterChannelEndpointConfiguration':"
                    + "{'Protocols':['WSS'],'Role':'MASTER'}}")
            .fails(Errors.noChannel())
            .documented("API_GetSignalingChannelEndpoint, Errors"),
        Row.that("endpoints are of a channel's ARN")
            .calling(CHANNEL, "{}")
            .fails(Errors.invalid("ChannelARN"))
            .documented(MODEL),
        Row.that("a list of protocols has one at least")
            .given(channel("door"))
            .calling(CHANNEL, protocols("", "MASTER"))
            .fails(Errors.invalid("Protocols"))
            .documented(MODEL),
        Row.that("there is no endpoint for a protocol that is none")
            .given(channel("door"))
            .calling(CHANNEL, protocols("'FTP'", "MASTER"))
            .fails(Errors.invalid("Protocols"))
            .documented(MODEL),
        Row.that("there is no endpoint for a role that is none")
            .given(channel("door"))
            .calling(CHANNEL, protocols("'WSS'", "OWNER"))
            .fails(Errors.invalid("Role"))
            .documented(MODEL),
        Row.that("the media of a stream has an endpoint, by the stream's name")
            .given(stream("yard", 24))
            .calling(DATA, "{'StreamName':'yard','APIName':'GET_MEDIA'}")
            .answers("{'DataEndpoint':'${endpoint}'}")
            .assumed(OURS),
        Row.that("the archive of a stream has an endpoint, by the stream's ARN")
            .given(stream("yard", 24))
            .calling(DATA, "{'StreamARN':'${yard}','APIName':'GET_DASH_STREAMING_SESSION_URL'}")
            .answers("{'DataEndpoint':'${endpoint}'}")
            .assumed(OURS),
        Row.that("a stream that does not exist has no endpoint")
            .calling(DATA, "{'StreamName':'nowhere','APIName':'GET_MEDIA'}")
            .fails(Errors.noStream())
            .documented("API_GetDataEndpoint, Errors"),
        Row.that("an endpoint is of one API")
            .given(stream("yard", 24))
            .calling(DATA, "{'StreamName':'yard'}")
            .fails(Errors.invalid("APIName"))
            .documented(MODEL),
        Row.that("there is no endpoint for an API that is none")
            .given(stream("yard", 24))
            .calling(DATA, "{'StreamName':'yard','APIName':'GET_ALL'}")
            .fails(Errors.invalid("APIName"))
            .documented(MODEL),
        Row.that("a data endpoint is of a stream's name or ARN")
            .calling(DATA, "{'APIName':'GET_MEDIA'}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_GetDataEndpoint"));
  }

  private static String protocols(String protocols, String role) {
    return "{'ChannelARN':'${door}','SingleMasterChannelEndpointConfiguration':{'Protocols':[%s],'Role':'%s'}}"
        .formatted(protocols, role);
  }
}
