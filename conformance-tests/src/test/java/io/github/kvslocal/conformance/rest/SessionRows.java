package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.answeringMaster;
import static io.github.kvslocal.conformance.rest.Given.channel;
import static io.github.kvslocal.conformance.rest.Given.described;
import static io.github.kvslocal.conformance.rest.Given.done;
import static io.github.kvslocal.conformance.rest.Given.storage;
import static io.github.kvslocal.conformance.rest.Given.stream;
import static io.github.kvslocal.conformance.sdk.Service.SIGNALING;
import static io.github.kvslocal.conformance.sdk.Service.WEBRTC_STORAGE;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What a participant asks before and for its session: ICE servers, and to join. */
final class SessionRows {
  private static final String ICE = "GetIceServerConfig";
  private static final String ALEXA = "SendAlexaOfferToMaster";
  private static final String JOIN = "JoinStorageSession";
  private static final String VIEW = "JoinStorageSessionAsViewer";
  private static final String SIGNALING_MODEL = "service model kinesis-video-signaling";
  private static final String STORAGE_MODEL = "service model kinesis-video-webrtc-storage";

  private static final String SDP = "v=0 of a speaker";
  private static final String SENDER = "echo";

  private SessionRows() {}

  static List<Row> rows() {
    return List.of(
        Row.that("a channel has an ICE server with credentials for five minutes")
            .given(channel("door"))
            .calling(SIGNALING, ICE, "{'ChannelARN':'${door}','ClientId':'me','Service':'TURN'}")
            .answers(
                "{'IceServerList':[{'Uris':['~(stun|turns?):.+'],'Username':'~[a-zA-Z0-9_.-]{1,256}',"
                    + "'Password':'~[a-zA-Z0-9_.-]{1,256}','Ttl':300}]}")
            .observed("amazon-kinesis-video-streams-webrtc-sdk-js issue 802: Ttl 300"),
        Row.that("a channel that does not exist has no ICE server")
            .calling(SIGNALING, ICE, "{'ChannelARN':'${missing.channel}'}")
            .fails(Errors.noChannel())
            .documented("API_signaling_GetIceServerConfig, Errors"),
        Row.that("ICE servers are of a channel's ARN")
            .calling(SIGNALING, ICE, "{}")
            .fails(Errors.invalid("ChannelARN"))
            .documented(SIGNALING_MODEL),
        Row.that("ICE servers are for TURN only")
            .given(channel("door"))
            .calling(SIGNALING, ICE, "{'ChannelARN':'${door}','Service':'STUN'}")
            .fails(Errors.invalid("Service"))
            .documented(SIGNALING_MODEL),
        Row.that("a client that asks for ICE servers has an id without a space")
            .given(channel("door"))
            .calling(SIGNALING, ICE, "{'ChannelARN':'${door}','ClientId':'a b'}")
            .fails(Errors.invalid("ClientId"))
            .documented(SIGNALING_MODEL),
        Row.that("an offer of Alexa is answered by the master")
            .given(channel("door"), answeringMaster("door"))
            .calling(SIGNALING, ALEXA, offer("door"))
            .answers(
                "{'Answer':'%s'}"
                    .formatted(description("answer", AnsweringMaster.answerTo(SDP, SENDER))))
            .documented("API_signaling_SendAlexaOfferToMaster"),
        Row.that("an offer of Alexa that no master answers ends with its time")
            .given(
                done(
                    "CreateSignalingChannel",
                    "{'ChannelName':'door','SingleMasterConfiguration':{'MessageTtlSeconds':5}}"),
                described("door", "DescribeSignalingChannel", "Channel"))
            .calling(SIGNALING, ALEXA, offer("door"))
            .fails(Errors.noResource("The master did not answer the offer"))
            .assumed("it was seen to be held; AWS does not say how that ends"),
        Row.that("an offer of Alexa is not for a channel that stores its media")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(SIGNALING, ALEXA, offer("door"))
            .fails(Errors.invalid("The channel has media storage"))
            .assumed("its master talks to the storage session only; AWS does not say"),
        Row.that("an offer of Alexa needs a channel that exists")
            .calling(SIGNALING, ALEXA, offer("missing.channel"))
            .fails(Errors.noChannel())
            .documented("API_signaling_SendAlexaOfferToMaster, Errors"),
        Row.that("an offer of Alexa needs a payload")
            .given(channel("door"))
            .calling(SIGNALING, ALEXA, "{'ChannelARN':'${door}','SenderClientId':'me'}")
            .fails(Errors.invalid("MessagePayload"))
            .documented(SIGNALING_MODEL),
        Row.that("an offer of Alexa is base64")
            .given(channel("door"))
            .calling(
                SIGNALING,
                ALEXA,
                "{'ChannelARN':'${door}','SenderClientId':'me','MessagePayload':'{}'}")
            .fails(Errors.invalid("MessagePayload"))
            .documented(SIGNALING_MODEL),
        Row.that("a master joins a channel that stores its media")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(WEBRTC_STORAGE, JOIN, "{'channelArn':'${door}'}")
            .answers("{}")
            .observed("the call succeeds before, and whether or not, an offer is delivered"),
        Row.that("a viewer joins before the master does")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(WEBRTC_STORAGE, VIEW, "{'channelArn':'${door}','clientId':'me'}")
            .answers("{}")
            .documented(
                "API_webrtc_JoinStorageSessionAsViewer: viewers can join before the master"),
        Row.that("a fourth viewer does not join")
            .given(
                channel("door"),
                stream("yard", 24),
                storage("door", "yard"),
                viewing("ann"),
                viewing("bob"),
                viewing("cid"))
            .calling(WEBRTC_STORAGE, VIEW, "{'channelArn':'${door}','clientId':'dan'}")
            .fails(
                Errors.error(
                    "ClientLimitExceededException",
                    "maximum number of viewers connected to the session"))
            .documented(
                "API_webrtc_JoinStorageSessionAsViewer; text as the JavaScript sample reads it"),
        noChannel(JOIN, ""),
        noChannel(VIEW, ",'clientId':'me'"),
        noStorage(JOIN, ""),
        noStorage(VIEW, ",'clientId':'me'"),
        ofNoChannel(JOIN, "{}"),
        ofNoChannel(VIEW, "{'clientId':'me'}"),
        malformed(JOIN, ""),
        malformed(VIEW, ",'clientId':'me'"),
        Row.that("a viewer that joins needs an id")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(WEBRTC_STORAGE, VIEW, "{'channelArn':'${door}'}")
            .fails(Errors.invalid("clientId"))
            .documented(STORAGE_MODEL),
        Row.that("a viewer that joins has an id without a space")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(WEBRTC_STORAGE, VIEW, "{'channelArn':'${door}','clientId':'a b'}")
            .fails(Errors.invalid("clientId"))
            .documented(STORAGE_MODEL),
        Row.that("nobody joins a channel whose stream keeps no media any more")
            .given(
                channel("door"),
                stream("yard", 24),
                storage("door", "yard"),
                done(
                    "UpdateDataRetention",
                    "{'StreamName':'yard','CurrentVersion':'${yard.version}',"
                        + "'Operation':'DECREASE_DATA_RETENTION','DataRetentionChangeInHours':24}"))
            .calling(WEBRTC_STORAGE, JOIN, "{'channelArn':'${door}'}")
            .fails(Errors.invalid(""))
            .assumed("AWS does not say; the operation has no NoDataRetentionException"));
  }

  private static String offer(String channel) {
    return "{'ChannelARN':'${%s}','SenderClientId':'%s','MessagePayload':'%s'}"
        .formatted(channel, SENDER, description("offer", SDP));
  }

  /** As it is on its way. */
  private static String description(String type, String sdp) {
    String json = "{\"type\":\"%s\",\"sdp\":\"%s\"}".formatted(type, sdp);
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Given viewing(String client) {
    return done(WEBRTC_STORAGE, VIEW, "{'channelArn':'${door}','clientId':'" + client + "'}");
  }

  private static Row noChannel(String operation, String more) {
    return Row.that(operation + " finds no channel that does not exist")
        .calling(WEBRTC_STORAGE, operation, "{'channelArn':'${missing.channel}'" + more + "}")
        .fails(Errors.noChannel())
        .documented("API_webrtc_" + operation + ", Errors");
  }

  private static Row noStorage(String operation, String more) {
    return Row.that(operation + " needs media storage")
        .given(channel("door"))
        .calling(WEBRTC_STORAGE, operation, "{'channelArn':'${door}'" + more + "}")
        .fails(Errors.invalid("UpdateMediaStorageConfiguration"))
        .documented("webrtc-dg, troubleshoot-establish-storage; the text is ours");
  }

  private static Row ofNoChannel(String operation, String input) {
    return Row.that(operation + " needs the ARN of a channel")
        .calling(WEBRTC_STORAGE, operation, input)
        .fails(Errors.invalid("channelArn"))
        .documented(STORAGE_MODEL);
  }

  private static Row malformed(String operation, String more) {
    return Row.that(operation + " needs an ARN that is one")
        .calling(WEBRTC_STORAGE, operation, "{'channelArn':'door'" + more + "}")
        .fails(Errors.invalid("channelArn"))
        .documented(STORAGE_MODEL);
  }
}
