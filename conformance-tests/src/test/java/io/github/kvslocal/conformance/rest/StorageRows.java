package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.channel;
import static io.github.kvslocal.conformance.rest.Given.done;
import static io.github.kvslocal.conformance.rest.Given.storage;
import static io.github.kvslocal.conformance.rest.Given.stream;

import java.util.List;

/** Which channel stores its media in which stream. */
final class StorageRows {
  private static final String UPDATE = "UpdateMediaStorageConfiguration";
  private static final String DESCRIBE = "DescribeMediaStorageConfiguration";
  private static final String MAPPED = "DescribeMappedResourceConfiguration";
  private static final String API = "API_UpdateMediaStorageConfiguration";
  private static final String MODEL = "service model kinesisvideo";

  private StorageRows() {}

  static List<Row> rows() {
    return List.of(
        Row.that("media storage is enabled, and both ends tell")
            .given(channel("door"), stream("yard", 24))
            .calling(UPDATE, enabling("door", "yard"))
            .answers("{}")
            .then(
                DESCRIBE,
                "{'ChannelARN':'${door}'}",
                "{'MediaStorageConfiguration':{'Status':'ENABLED','StreamARN':'${yard}'}}")
            .then(
                MAPPED,
                "{'StreamARN':'${yard}'}",
                "{'MappedResourceConfigurationList':[{'ARN':'${door}'}]}")
            .documented(API),
        Row.that("enabling the same media storage twice is no error")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(UPDATE, enabling("door", "yard"))
            .answers("{}")
            .assumed("AWS does not say"),
        Row.that("media storage is disabled without naming the stream")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(UPDATE, disabling("door", ""))
            .answers("{}")
            .then(
                DESCRIBE,
                "{'ChannelName':'door'}",
                "{'MediaStorageConfiguration':{'Status':'DISABLED','StreamARN':'@absent'}}")
            .then(MAPPED, "{'StreamName':'yard'}", "{'MappedResourceConfigurationList':[]}")
            .documented(API),
        Row.that("media storage is disabled naming the stream")
            .given(channel("door"), stream("yard", 24), storage("door", "yard"))
            .calling(UPDATE, disabling("door", ",'StreamARN':'${yard}'"))
            .answers("{}")
            .then(
                DESCRIBE,
                "{'ChannelName':'door'}",
                "{'MediaStorageConfiguration':{'Status':'DISABLED'}}")
            .observed("the canary of the KVS C++ SDK sends it so"),
        Row.that("a stream that is free again takes another channel")
            .given(
                channel("door"),
                channel("gate"),
                stream("yard", 24),
                storage("door", "yard"),
                done(UPDATE, disabling("door", "")))
            .calling(UPDATE, enabling("gate", "yard"))
            .answers("{}")
            .documented(API),
        Row.that("media is not stored in a stream that keeps none")
            .given(channel("door"), stream("yard", 0))
            .calling(UPDATE, enabling("door", "yard"))
            .fails(Errors.noRetention())
            .documented(API + ", Errors"),
        Row.that("a stream stores the media of one channel")
            .given(channel("door"), channel("gate"), stream("yard", 24), storage("door", "yard"))
            .calling(UPDATE, enabling("gate", "yard"))
            .fails(Errors.inUse(""))
            .documented(API + ", Errors"),
        Row.that("a channel stores its media in one stream")
            .given(channel("door"), stream("yard", 24), stream("hall", 24), storage("door", "yard"))
            .calling(UPDATE, enabling("door", "hall"))
            .fails(Errors.inUse(""))
            .documented(API + ", Errors"),
        Row.that("media is not stored for a channel that does not exist")
            .given(stream("yard", 24))
            .calling(UPDATE, enabling("missing.channel", "yard"))
            .fails(Errors.noChannel())
            .documented(API + ", Errors"),
        Row.that("media is not stored in a stream that does not exist")
            .given(channel("door"))
            .calling(UPDATE, enabling("door", "missing.stream"))
            .fails(Errors.noStream())
            .documented(API + ", Errors"),
        Row.that("media is stored for channels with a single master only")
            .given(
                done("CreateSignalingChannel", "{'ChannelName':'mesh','ChannelType':'FULL_MESH'}"),
                Given.described("mesh", "DescribeSignalingChannel", "Channel"),
                stream("yard", 24))
            .calling(UPDATE, enabling("mesh", "yard"))
            .fails(Errors.invalid("SINGLE_MASTER"))
            .documented("webrtc-dg, Ingest: SINGLE_MASTER channels"),
        Row.that("enabling media storage needs the stream")
            .given(channel("door"))
            .calling(
                UPDATE, "{'ChannelARN':'${door}','MediaStorageConfiguration':{'Status':'ENABLED'}}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_MediaStorageConfiguration"),
        Row.that("a media storage configuration needs a status")
            .given(channel("door"), stream("yard", 24))
            .calling(
                UPDATE,
                "{'ChannelARN':'${door}','MediaStorageConfiguration':{'StreamARN':'${yard}'}}")
            .fails(Errors.invalid("MediaStorageConfiguration.Status"))
            .documented(MODEL),
        Row.that("an update of media storage needs a configuration")
            .given(channel("door"))
            .calling(UPDATE, "{'ChannelARN':'${door}'}")
            .fails(Errors.invalid("MediaStorageConfiguration"))
            .documented(MODEL),
        Row.that("media storage is enabled or disabled")
            .given(channel("door"))
            .calling(UPDATE, "{'ChannelARN':'${door}','MediaStorageConfiguration':{'Status':'ON'}}")
            .fails(Errors.invalid("MediaStorageConfiguration.Status"))
            .documented(MODEL),
        Row.that("the media storage of a new channel is disabled")
            .given(channel("door"))
            .calling(DESCRIBE, "{'ChannelARN':'${door}'}")
            .answers("{'MediaStorageConfiguration':{'Status':'DISABLED','StreamARN':'@absent'}}")
            .observed("KVS C SDK and JavaScript sample read it so"),
        Row.that("a channel that does not exist has no media storage")
            .calling(DESCRIBE, "{'ChannelName':'nowhere'}")
            .fails(Errors.noChannel())
            .documented("API_DescribeMediaStorageConfiguration, Errors"),
        Row.that("media storage is of a channel's name or ARN")
            .calling(DESCRIBE, "{}")
            .fails(Errors.invalid("ChannelARN"))
            .documented("API_DescribeMediaStorageConfiguration"),
        Row.that("nothing is mapped to a new stream")
            .given(stream("yard", 24))
            .calling(MAPPED, "{'StreamName':'yard'}")
            .answers("{'MappedResourceConfigurationList':[],'NextToken':'@absent'}")
            .documented("API_DescribeMappedResourceConfiguration"),
        Row.that("nothing is mapped to a stream that does not exist")
            .calling(MAPPED, "{'StreamARN':'${missing.stream}'}")
            .fails(Errors.noStream())
            .documented("API_DescribeMappedResourceConfiguration, Errors"),
        Row.that("one resource at most is mapped to a stream")
            .given(stream("yard", 24))
            .calling(MAPPED, "{'StreamName':'yard','MaxResults':2}")
            .fails(Errors.invalid("MaxResults"))
            .documented(MODEL),
        Row.that("what is mapped is of a stream's name or ARN")
            .calling(MAPPED, "{}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_DescribeMappedResourceConfiguration"));
  }

  private static String enabling(String channel, String stream) {
    return "{'ChannelARN':'${%s}','MediaStorageConfiguration':{'Status':'ENABLED','StreamARN':'${%s}'}}"
        .formatted(channel, stream);
  }

  private static String disabling(String channel, String more) {
    return "{'ChannelARN':'${%s}','MediaStorageConfiguration':{'Status':'DISABLED'%s}}"
        .formatted(channel, more);
  }
}
