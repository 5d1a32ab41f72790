package io.github.kvslocal.conformance.wire;

import static io.github.kvslocal.conformance.evidence.Evidence.assumed;
import static io.github.kvslocal.conformance.evidence.Evidence.observed;

import java.util.stream.Stream;

/** What official clients that no test here runs put on the wire, in their own form. */
final class ClientRows {
  private static final String ELIXIR = "aws-beam/aws-elixir, lib/aws/request.ex";
  private static final String KVS_C = "KVS WebRTC SDK for C, LwsApiCalls.c";
  private static final String KVS_C_HEAD =
      """
      HTTP/1.1
      host: {host}
      user-agent: AWS-WEBRTC-KVS-AGENT/1.12.1
      x-amz-date: 20260102T030405Z
      authorization: AWS4-HMAC-SHA256 Credential=AKID/20260102/us-east-1/kinesisvideo/aws4_request,\
       SignedHeaders=host;user-agent;x-amz-date, Signature=0123456789abcdef
      content-type: application/json
      content-length: {length}
      x-amz-security-token:\s""";

  private ClientRows() {}

  static Stream<WireRow> rows() {
    return Stream.of(
        new WireRow(
            "aws-elixir describes a channel",
            observed(ELIXIR),
            elixir("/describeSignalingChannel", "{\"ChannelName\":\"porch\"}"),
            Expected.success("\"ChannelARN\":\"{channel}\"")),
        new WireRow(
            "aws-elixir is given endpoints with the port that its Host leaves out",
            assumed("a URL without the port would lead nowhere"),
            elixir(
                "/getSignalingChannelEndpoint",
                """
                {"ChannelARN":"{channel}","SingleMasterChannelEndpointConfiguration":\
                {"Protocols":["HTTPS","WEBRTC"],"Role":"MASTER"}}"""),
            Expected.success(
                "\"Protocol\":\"HTTPS\",\"ResourceEndpoint\":\"http://localhost:{port}\"",
                "\"Protocol\":\"WEBRTC\",\"ResourceEndpoint\":\"http://localhost:{port}\"")),
        new WireRow(
            "aws-elixir reads an error",
            observed(ELIXIR),
            elixir("/describeStream", "{\"StreamName\":\"none\"}"),
            Expected.error(
                404,
                "ResourceNotFoundException",
                "The requested stream is not found or not active.")),
        c(
            "describes a channel",
            "/describeSignalingChannel",
            "{\n\t\"ChannelName\": \"porch\"\n}",
            Expected.success("\"ChannelARN\":\"{channel}\"")),
        c(
            "creates a channel",
            "/createSignalingChannel",
            """
            {
            \t"ChannelName": "made-in-c",
            \t"ChannelType": "SINGLE_MASTER",
            \t"SingleMasterConfiguration": {
            \t\t"MessageTtlSeconds": 60
            \t},
            \t"Tags": [
            \t\t{ "Key": "made", "Value": "in C" }
            \t]
            }""",
            Expected.success("channel/made-in-c/")),
        c(
            "asks for its endpoints",
            "/getSignalingChannelEndpoint",
            """
            {
            \t"ChannelARN": "{channel}",
            \t"SingleMasterChannelEndpointConfiguration": {
            \t\t"Protocols": ["WSS", "HTTPS", "WEBRTC"],
            \t\t"Role": "MASTER"
            \t}
            }""",
            Expected.success("\"wss://localhost:{port}/master\"", "\"WEBRTC\"")),
        c(
            "asks whether storage is on",
            "/describeMediaStorageConfiguration",
            "{\n\t\"ChannelARN\": \"{channel}\"\n}",
            Expected.success("\"StreamARN\":\"{stream}\"", "\"Status\":\"ENABLED\"")),
        c(
            "asks for ICE servers",
            "/v1/get-ice-server-config",
            """
            {
            \t"ChannelARN": "{channel}",
            \t"ClientId": "ProducerMaster",
            \t"Service": "TURN"
            }""",
            Expected.success("\"IceServerList\":[{", "\"Uris\":[\"", "\"Ttl\":")),
        c(
            "joins as a master",
            "/joinStorageSession",
            "{\n\t\"channelArn\": \"{channel}\"\n}",
            Expected.success()),
        new WireRow(
            "SDK for JavaScript v3 puts two slashes after an endpoint that ends in one",
            observed("tried with the SDK"),
            WireRequest.post("//describeStream", "{\"StreamName\":\"porch\"}"),
            Expected.success("\"StreamARN\":\"{stream}\"")),
        new WireRow(
            "SDK for JavaScript in a page disables storage with an explicit null",
            observed("examples/updateMediaStorageConfiguration.js"),
            WireRequest.post(
                "/updateMediaStorageConfiguration",
                """
                {"ChannelARN":"{other-channel}","MediaStorageConfiguration":\
                {"Status":"DISABLED","StreamARN":null}}"""),
            Expected.success()));
  }

  private static WireRequest elixir(String path, String body) {
    return WireRequest.text(
        "POST "
            + path
            + """
             HTTP/1.1
            Host: localhost
            Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260102/us-east-1/kinesisvideo/aws4_request,\
             SignedHeaders=content-type;host;x-amz-date, Signature=0123456789abcdef
            Content-Type: application/x-amz-json-1.1
            X-Amz-Date: 20260102T030405Z
            Content-Length: {length}

            """
            + body);
  }

  private static WireRow c(String what, String path, String body, Expected expected) {
    String head = "POST " + path + " " + KVS_C_HEAD.replace("{host}", "localhost:{port}");
    return new WireRow(
        "the KVS C SDK " + what, observed(KVS_C), WireRequest.text(head + "\n\n" + body), expected);
  }
}
