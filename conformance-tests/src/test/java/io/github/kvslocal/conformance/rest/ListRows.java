package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.channel;
import static io.github.kvslocal.conformance.rest.Given.stream;

import java.util.List;
import java.util.stream.Stream;

/** The two lists, of channels and of streams, which have the same rules. */
final class ListRows {
  private ListRows() {}

  static List<Row> rows() {
    return Stream.concat(
            rows("channel", "Channel", "ListSignalingChannels", channel("door"), channel("yard")),
            rows("stream", "Stream", "ListStreams", stream("door", 0), stream("yard", 0)))
        .toList();
  }

  private static Stream<Row> rows(
      String kind, String prefix, String operation, Given door, Given yard) {
    String api = "API_" + operation;
    String list = prefix + "InfoList";
    String name = prefix + "Name";
    String condition = prefix + "NameCondition";
    return Stream.of(
        Row.that("an account without a %s has an empty list".formatted(kind))
            .calling(operation, "{}")
            .answers("{'%s':[],'NextToken':'@absent'}".formatted(list))
            .assumed("AWS does not say whether the list is empty or left out"),
        Row.that("a list tells of a %s what its description tells".formatted(kind))
            .given(door)
            .calling(operation, "{}")
            .answers(
                "{'%s':[{'%s':'door','%sARN':'${door}','CreationTime':'@now','Version':'${door.version}'}],'NextToken':'@absent'}"
                    .formatted(list, name, prefix))
            .documented(api),
        Row.that(
                "a page of %ss has a token for the next one, and the last page has none"
                    .formatted(kind))
            .given(yard, door)
            .calling(operation, "{'MaxResults':1}")
            .answers(
                "{'%s':[{'%s':'~door|yard'}],'NextToken':'~[a-zA-Z0-9+/=]{1,1024}'}"
                    .formatted(list, name))
            .then(
                operation,
                "{'MaxResults':1,'NextToken':'${output.NextToken}'}",
                "{'%s':[{'%s':'~door|yard'}],'NextToken':'@absent'}".formatted(list, name))
            .documented(api + ", NextToken"),
        Row.that("a list of %ss can be of those whose names begin so".formatted(kind))
            .given(door, yard)
            .calling(
                operation,
                "{'%s':{'ComparisonOperator':'BEGINS_WITH','ComparisonValue':'ya'}}"
                    .formatted(condition))
            .answers("{'%s':[{'%s':'yard'}]}".formatted(list, name))
            .documented("API_" + condition),
        Row.that("a list of %ss none of whose names begins so is empty".formatted(kind))
            .given(door)
            .calling(
                operation,
                "{'%s':{'ComparisonOperator':'BEGINS_WITH','ComparisonValue':'oor'}}"
                    .formatted(condition))
            .answers("{'%s':[]}".formatted(list))
            .documented("API_" + condition),
        invalid(
            "a page of %ss has one at least", kind, operation, "{'MaxResults':0}", "MaxResults"),
        invalid(
            "a page of %ss has ten thousand at most",
            kind, operation, "{'MaxResults':10001}", "MaxResults"),
        invalid(
            "names of %ss are compared in one way only",
            kind,
            operation,
            "{'%s':{'ComparisonOperator':'ENDS_WITH','ComparisonValue':'r'}}".formatted(condition),
            "ComparisonOperator"),
        Row.that("a token that no page of %ss had is declined".formatted(kind))
            .calling(operation, "{'NextToken':'bm9uZQ=='}")
            .fails(Errors.invalid("NextToken"))
            .assumed("AWS does not say; tokens are opaque"));
  }

  private static Row invalid(
      String sentence, String kind, String operation, String input, String member) {
    return Row.that(sentence.formatted(kind))
        .calling(operation, input)
        .fails(Errors.invalid(member))
        .documented("service model kinesisvideo");
  }
}
