package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.channel;
import static io.github.kvslocal.conformance.rest.Given.done;
import static io.github.kvslocal.conformance.rest.Given.stream;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tags: of channels as a list, of streams as a map. */
final class TagRows {
  private static final int MOST = 50;
  private static final String TAG_CHANNEL = "TagResource";
  private static final String UNTAG_CHANNEL = "UntagResource";
  private static final String LIST_CHANNEL = "ListTagsForResource";
  private static final String TAG_STREAM = "TagStream";
  private static final String UNTAG_STREAM = "UntagStream";
  private static final String LIST_STREAM = "ListTagsForStream";
  private static final String MODEL = "service model kinesisvideo";

  private TagRows() {}

  static List<Row> rows() {
    return Stream.concat(ofChannels(), ofStreams()).toList();
  }

  private static Stream<Row> ofChannels() {
    Given tagged = done(TAG_CHANNEL, "{'ResourceARN':'${door}','Tags':[" + list(1, MOST) + "]}");
    return Stream.of(
        Row.that("a channel gets tags, and a new value for a key that it has")
            .given(
                channel("door"),
                done(TAG_CHANNEL, "{'ResourceARN':'${door}','Tags':[{'Key':'k0','Value':'old'}]}"))
            .calling(TAG_CHANNEL, "{'ResourceARN':'${door}','Tags':[" + list(0, 2) + "]}")
            .answers("{}")
            .then(
                LIST_CHANNEL,
                "{'ResourceARN':'${door}'}",
                "{'Tags':{'k0':'v0','k1':'v1'},'NextToken':'@absent'}")
            .documented("API_TagResource"),
        Row.that("a channel loses the tags of some keys, also of those that it has not")
            .given(
                channel("door"),
                done(TAG_CHANNEL, "{'ResourceARN':'${door}','Tags':[" + list(0, 2) + "]}"))
            .calling(UNTAG_CHANNEL, "{'ResourceARN':'${door}','TagKeyList':['k0','other']}")
            .answers("{}")
            .then(LIST_CHANNEL, "{'ResourceARN':'${door}'}", "{'Tags':{'k0':'@absent','k1':'v1'}}")
            .documented("API_UntagResource"),
        Row.that("a channel without tags has an empty list of them")
            .given(channel("door"))
            .calling(LIST_CHANNEL, "{'ResourceARN':'${door}'}")
            .answers("{'Tags':{}}")
            .assumed("AWS does not say whether the list is empty or left out"),
        Row.that("a channel has 50 tags at most")
            .given(channel("door"), tagged)
            .calling(TAG_CHANNEL, "{'ResourceARN':'${door}','Tags':[" + list(MOST + 1, 1) + "]}")
            .fails(Errors.tooManyTags())
            .documented("API_TagResource, Errors"),
        Row.that("a channel with 50 tags can change one")
            .given(channel("door"), tagged)
            .calling(TAG_CHANNEL, "{'ResourceARN':'${door}','Tags':[{'Key':'k1','Value':'new'}]}")
            .answers("{}")
            .then(LIST_CHANNEL, "{'ResourceARN':'${door}'}", "{'Tags':{'k1':'new'}}")
            .assumed("AWS does not say that a changed tag does not count twice"),
        noChannel(TAG_CHANNEL, ",'Tags':[" + list(0, 1) + "]"),
        noChannel(UNTAG_CHANNEL, ",'TagKeyList':['k0']"),
        noChannel(LIST_CHANNEL, ""),
        ofNoChannel(TAG_CHANNEL, "'Tags':[" + list(0, 1) + "]"),
        ofNoChannel(UNTAG_CHANNEL, "'TagKeyList':['k0']"),
        ofNoChannel(LIST_CHANNEL, ""),
        invalidOfChannel("tagging a channel needs tags", TAG_CHANNEL, "", "Tags"),
        invalidOfChannel("tagging a channel needs a tag", TAG_CHANNEL, ",'Tags':[]", "Tags"),
        invalidOfChannel(
            "a tag's key has no semicolon",
            TAG_CHANNEL,
            ",'Tags':[{'Key':'a;b','Value':'c'}]",
            "Key"),
        invalidOfChannel(
            "a tag's value has at most 256 characters",
            TAG_CHANNEL,
            ",'Tags':[{'Key':'a','Value':'" + "v".repeat(257) + "'}]",
            "Value"),
        invalidOfChannel(
            "a channel's tag needs a value", TAG_CHANNEL, ",'Tags':[{'Key':'a'}]", "Value"),
        invalidOfChannel("untagging a channel needs keys", UNTAG_CHANNEL, "", "TagKeyList"),
        invalidOfChannel(
            "untagging a channel needs a key", UNTAG_CHANNEL, ",'TagKeyList':[]", "TagKeyList"));
  }

  private static Stream<Row> ofStreams() {
    Given tagged = done(TAG_STREAM, "{'StreamName':'door','Tags':{" + map(1, MOST) + "}}");
    return Stream.of(
        Row.that("a stream gets tags by its name, and a new value for a key that it has")
            .given(stream("door", 0), done(TAG_STREAM, "{'StreamName':'door','Tags':{'k0':'old'}}"))
            .calling(TAG_STREAM, "{'StreamName':'door','Tags':{" + map(0, 2) + "}}")
            .answers("{}")
            .then(
                LIST_STREAM,
                "{'StreamARN':'${door}'}",
                "{'Tags':{'k0':'v0','k1':'v1'},'NextToken':'@absent'}")
            .documented("API_TagStream"),
        Row.that("a stream loses the tags of some keys by its ARN, also of those that it has not")
            .given(
                stream("door", 0),
                done(TAG_STREAM, "{'StreamName':'door','Tags':{" + map(0, 2) + "}}"))
            .calling(UNTAG_STREAM, "{'StreamARN':'${door}','TagKeyList':['k0','other']}")
            .answers("{}")
            .then(LIST_STREAM, "{'StreamName':'door'}", "{'Tags':{'k0':'@absent','k1':'v1'}}")
            .documented("API_UntagStream"),
        Row.that("a stream has 50 tags at most")
            .given(stream("door", 0), tagged)
            .calling(TAG_STREAM, "{'StreamName':'door','Tags':{" + map(MOST + 1, 1) + "}}")
            .fails(Errors.tooManyTags())
            .documented("API_TagStream, Errors"),
        noStream(TAG_STREAM, ",'Tags':{" + map(0, 1) + "}"),
        noStream(UNTAG_STREAM, ",'TagKeyList':['k0']"),
        noStream(LIST_STREAM, ""),
        ofNoStream(TAG_STREAM, "'Tags':{" + map(0, 1) + "}"),
        ofNoStream(UNTAG_STREAM, "'TagKeyList':['k0']"),
        ofNoStream(LIST_STREAM, ""),
        ofAChannel(TAG_STREAM, ",'Tags':{" + map(0, 1) + "}"),
        ofAChannel(UNTAG_STREAM, ",'TagKeyList':['k0']"),
        ofAChannel(LIST_STREAM, ""),
        invalidOfStream("tagging a stream needs tags", TAG_STREAM, "", "Tags"),
        invalidOfStream("tagging a stream needs a tag", TAG_STREAM, ",'Tags':{}", "Tags"),
        invalidOfStream(
            "a stream's tag has a key of at most 128 characters",
            TAG_STREAM,
            ",'Tags':{'" + "k".repeat(129) + "':'v'}",
            "Tags"),
        invalidOfStream("untagging a stream needs keys", UNTAG_STREAM, "", "TagKeyList"));
  }

  private static String list(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "{'Key':'k%d','Value':'v%d'}".formatted(i, i))
        .collect(Collectors.joining(","));
  }

  private static String map(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "'k%d':'v%d'".formatted(i, i))
        .collect(Collectors.joining(","));
  }

  private static Row noChannel(String operation, String more) {
    return Row.that(operation + " finds no channel that does not exist")
        .calling(operation, "{'ResourceARN':'${missing.channel}'" + more + "}")
        .fails(Errors.noChannel())
        .documented("API_" + operation + ", Errors");
  }

  private static Row ofNoChannel(String operation, String input) {
    return Row.that(operation + " needs the ARN of a channel")
        .calling(operation, "{" + input + "}")
        .fails(Errors.invalid("ResourceARN"))
        .documented(MODEL);
  }

  private static Row invalidOfChannel(
      String sentence, String operation, String more, String member) {
    return Row.that(sentence)
        .given(channel("door"))
        .calling(operation, "{'ResourceARN':'${door}'" + more + "}")
        .fails(Errors.invalid(member))
        .documented(MODEL);
  }

  private static Row noStream(String operation, String more) {
    return Row.that(operation + " finds no stream that does not exist")
        .calling(operation, "{'StreamName':'nowhere'" + more + "}")
        .fails(Errors.noStream())
        .documented("API_" + operation + ", Errors");
  }

  private static Row ofNoStream(String operation, String input) {
    return Row.that(operation + " needs the name or the ARN of a stream")
        .calling(operation, "{" + input + "}")
        .fails(Errors.invalid("StreamARN"))
        .documented("API_" + operation);
  }

  private static Row ofAChannel(String operation, String more) {
    return Row.that(operation + " takes no ARN of a channel")
        .given(channel("door"))
        .calling(operation, "{'StreamARN':'${door}'" + more + "}")
        .fails(Errors.error("InvalidResourceFormatException", "StreamARN"))
        .assumed("the error is documented; AWS does not say when it comes");
  }

  private static Row invalidOfStream(
      String sentence, String operation, String more, String member) {
    return Row.that(sentence)
        .given(stream("door", 0))
        .calling(operation, "{'StreamName':'door'" + more + "}")
        .fails(Errors.invalid(member))
        .documented(MODEL);
  }
}
