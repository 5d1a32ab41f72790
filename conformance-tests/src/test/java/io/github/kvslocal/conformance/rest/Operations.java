package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.sdk.Service.ARCHIVED_MEDIA;
import static io.github.kvslocal.conformance.sdk.Service.KINESIS_VIDEO;
import static io.github.kvslocal.conformance.sdk.Service.MEDIA;
import static io.github.kvslocal.conformance.sdk.Service.SIGNALING;
import static io.github.kvslocal.conformance.sdk.Service.WEBRTC_STORAGE;

import io.github.kvslocal.conformance.sdk.Service;
import java.util.List;

/** A good request of each operation, about a channel or a stream that does not exist. */
final class Operations {
  private static final String CHANNEL = "'ChannelARN':'${missing.channel}'";
  private static final String RESOURCE = "'ResourceARN':'${missing.channel}'";
  private static final String STREAM = "'StreamARN':'${missing.stream}'";
  private static final String VERSION = ",'CurrentVersion':'any'";
  private static final String RANGE =
      "{'FragmentSelectorType':'PRODUCER_TIMESTAMP',"
          + "'TimestampRange':{'StartTimestamp':1700000000,'EndTimestamp':1700000060}}";

  private Operations() {}

  static List<Row.Call> all() {
    return List.of(
        control("CreateSignalingChannel", "'ChannelName':'door'"),
        control("DescribeSignalingChannel", CHANNEL),
        control("ListSignalingChannels", ""),
        control(
            "UpdateSignalingChannel",
            CHANNEL + VERSION + ",'SingleMasterConfiguration':{'MessageTtlSeconds':60}"),
        control("DeleteSignalingChannel", CHANNEL),
        control("GetSignalingChannelEndpoint", CHANNEL),
        control(
            "UpdateMediaStorageConfiguration",
            CHANNEL + ",'MediaStorageConfiguration':{'Status':'DISABLED'}"),
        control("DescribeMediaStorageConfiguration", CHANNEL),
        control("DescribeMappedResourceConfiguration", STREAM),
        control("CreateStream", "'StreamName':'door'"),
        control("DescribeStream", STREAM),
        control("ListStreams", ""),
        control("UpdateStream", STREAM + VERSION),
        control(
            "UpdateDataRetention",
            STREAM
                + VERSION
                + ",'Operation':'INCREASE_DATA_RETENTION','DataRetentionChangeInHours':1"),
        control("DeleteStream", STREAM),
        control("GetDataEndpoint", STREAM + ",'APIName':'GET_MEDIA'"),
        control("TagResource", RESOURCE + ",'Tags':[{'Key':'a','Value':'b'}]"),
        control("UntagResource", RESOURCE + ",'TagKeyList':['a']"),
        control("ListTagsForResource", RESOURCE),
        control("TagStream", STREAM + ",'Tags':{'a':'b'}"),
        control("UntagStream", STREAM + ",'TagKeyList':['a']"),
        control("ListTagsForStream", STREAM),
        control("UpdateImageGenerationConfiguration", STREAM),
        control("DescribeImageGenerationConfiguration", STREAM),
        control("UpdateNotificationConfiguration", STREAM),
        control("DescribeNotificationConfiguration", STREAM),
        control("StartEdgeConfigurationUpdate", STREAM + ",'EdgeConfig':" + EdgeRows.CONFIGURATION),
        control("DescribeEdgeConfiguration", STREAM),
        control("DeleteEdgeConfiguration", STREAM),
        control(
            "ListEdgeAgentConfigurations",
            "'HubDeviceArn':'arn:aws:iot:us-east-1:123456789012:thing/hub'"),
        control(
            "UpdateStreamStorageConfiguration",
            STREAM + VERSION + ",'StreamStorageConfiguration':{'DefaultStorageTier':'HOT'}"),
        control("DescribeStreamStorageConfiguration", STREAM),
        call(SIGNALING, "GetIceServerConfig", CHANNEL),
        call(
            SIGNALING,
            "SendAlexaOfferToMaster",
            CHANNEL + ",'SenderClientId':'me','MessagePayload':'e30='"),
        call(WEBRTC_STORAGE, "JoinStorageSession", "'channelArn':'${missing.channel}'"),
        call(
            WEBRTC_STORAGE,
            "JoinStorageSessionAsViewer",
            "'channelArn':'${missing.channel}','clientId':'me'"),
        call(MEDIA, "GetMedia", STREAM + ",'StartSelector':{'StartSelectorType':'NOW'}"),
        call(ARCHIVED_MEDIA, "ListFragments", STREAM + ",'FragmentSelector':" + RANGE),
        call(ARCHIVED_MEDIA, "GetMediaForFragmentList", STREAM + ",'Fragments':['1']"),
        call(ARCHIVED_MEDIA, "GetHLSStreamingSessionURL", STREAM),
        call(ARCHIVED_MEDIA, "GetDASHStreamingSessionURL", STREAM),
        call(ARCHIVED_MEDIA, "GetClip", STREAM + ",'ClipFragmentSelector':" + RANGE),
        call(
            ARCHIVED_MEDIA,
            "GetImages",
            STREAM
                + ",'ImageSelectorType':'PRODUCER_TIMESTAMP','StartTimestamp':1700000000,"
                + "'EndTimestamp':1700000060,'Format':'JPEG'"));
  }

  private static Row.Call control(String operation, String members) {
    return call(KINESIS_VIDEO, operation, members);
  }

  private static Row.Call call(Service service, String operation, String members) {
    return new Row.Call(service, operation, "{" + members + "}");
  }
}
