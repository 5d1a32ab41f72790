package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Given.stream;
import static io.github.kvslocal.conformance.sdk.Service.ARCHIVED_MEDIA;
import static io.github.kvslocal.conformance.sdk.Service.MEDIA;

import io.github.kvslocal.conformance.sdk.Sdk;
import io.github.kvslocal.conformance.sdk.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Media and archived media: which requests are wrong, and which are not served yet. */
final class PlaybackRows {
  private static final String RANGE =
      "'TimestampRange':{'StartTimestamp':1700000000.5,'EndTimestamp':1700000060}";
  private static final String SELECTOR =
      "{'FragmentSelectorType':'PRODUCER_TIMESTAMP'," + RANGE + "}";

  /** What the AWS CLI has no --cli-input-json for. */
  private static final Set<String> CLI_OPTIONS =
      Set.of("GetMedia", "GetMediaForFragmentList", "GetClip");

  private PlaybackRows() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    add(rows, MEDIA, "GetMedia", "'StartSelector':{'StartSelectorType':'NOW'}", "StartSelector");
    add(
        rows,
        ARCHIVED_MEDIA,
        "ListFragments",
        "'FragmentSelector':" + SELECTOR,
        "FragmentSelector");
    add(
        rows,
        ARCHIVED_MEDIA,
        "GetMediaForFragmentList",
        "'Fragments':['91343852333181432392']",
        "Fragments");
    add(
        rows,
        ARCHIVED_MEDIA,
        "GetClip",
        "'ClipFragmentSelector':" + SELECTOR,
        "ClipFragmentSelector");
    add(
        rows,
        ARCHIVED_MEDIA,
        "GetImages",
        "'ImageSelectorType':'PRODUCER_TIMESTAMP','StartTimestamp':1700000000,"
            + "'EndTimestamp':1700000060,'Format':'JPEG'",
        "ImageSelectorType");
    addSession(rows, "GetHLSStreamingSessionURL", "HLSFragmentSelector");
    addSession(rows, "GetDASHStreamingSessionURL", "DASHFragmentSelector");
    rows.addAll(
        List.of(
            invalid(
                MEDIA,
                "media that begins at a time needs the time",
                "GetMedia",
                "'StartSelector':{'StartSelectorType':'SERVER_TIMESTAMP'}",
                "StartTimestamp"),
            invalid(
                MEDIA,
                "media begins where a selector can tell",
                "GetMedia",
                "'StartSelector':{'StartSelectorType':'TOMORROW'}",
                "StartSelectorType"),
            invalid(
                ARCHIVED_MEDIA,
                "a page of fragments has a thousand at most",
                "ListFragments",
                "'MaxResults':1001,'FragmentSelector':" + SELECTOR,
                "MaxResults"),
            invalid(
                ARCHIVED_MEDIA,
                "a fragment's number is a number",
                "GetMediaForFragmentList",
                "'Fragments':['first']",
                "Fragments"),
            invalid(
                ARCHIVED_MEDIA,
                "a clip ends after its start",
                "GetClip",
                "'ClipFragmentSelector':{'FragmentSelectorType':'PRODUCER_TIMESTAMP',"
                    + "'TimestampRange':{'StartTimestamp':1700000060,'EndTimestamp':1700000000}}",
                "EndTimestamp"),
            invalid(
                ARCHIVED_MEDIA,
                "images are JPEG or PNG",
                "GetImages",
                "'ImageSelectorType':'PRODUCER_TIMESTAMP','StartTimestamp':1700000000,"
                    + "'EndTimestamp':1700000060,'Format':'GIF'",
                "Format"),
            noRetention("GetClip", "'ClipFragmentSelector':" + SELECTOR),
            noRetention(
                "GetImages",
                "'ImageSelectorType':'PRODUCER_TIMESTAMP','StartTimestamp':1700000000,"
                    + "'EndTimestamp':1700000060,'Format':'PNG'"),
            noRetention("GetHLSStreamingSessionURL", "'PlaybackMode':'LIVE'"),
            noRetention("GetDASHStreamingSessionURL", "'PlaybackMode':'LIVE'")));
    return rows;
  }

  private static void addSession(List<Row> rows, String operation, String selector) {
    add(rows, ARCHIVED_MEDIA, operation, "'PlaybackMode':'LIVE'", "");
    rows.add(
        invalid(
            ARCHIVED_MEDIA,
            operation + " on demand needs a range",
            operation,
            "'PlaybackMode':'ON_DEMAND'",
            selector));
    rows.add(
        invalid(
            ARCHIVED_MEDIA,
            operation + " expires after five minutes at least",
            operation,
            "'PlaybackMode':'LIVE','Expires':299",
            "Expires"));
  }

  /**
   * The errors that all have; a row that is served takes the place of the one that declines it.
   *
   * @param members that make the request a good one
   * @param required the one of them that has to be there; empty for none
   */
  private static void add(
      List<Row> rows, Service service, String operation, String members, String required) {
    rows.add(
        Row.that(operation + " finds no stream that does not exist")
            .calling(service, operation, "{'StreamName':'nowhere'," + members + "}")
            .fails(Errors.noStream())
            .documented("API_" + operation + ", Errors"));
    rows.add(
        Row.that(operation + " needs the name or the ARN of a stream")
            .calling(service, operation, "{" + members + "}")
            .fails(Errors.invalid("StreamARN"))
            .documented("API_" + operation));
    rows.add(
        Row.that(operation + " is declined in the service's own way until it is built")
            .given(stream("yard", 24))
            .calling(service, operation, "{'StreamName':'yard'," + members + "}")
            .fails(Expectation.NOT_BUILT)
            .assumed("the emulator's own; an error that no SDK retries"));
    if (!required.isEmpty()) {
      rows.add(invalid(service, operation + " needs " + required, operation, "", required));
    }
  }

  private static Row invalid(
      Service service, String sentence, String operation, String members, String member) {
    RowBuilder row = Row.that(sentence);
    if (members.isEmpty() && CLI_OPTIONS.contains(operation)) {
      row.except(Sdk.AWS_CLI, "its commands that write a file demand the option themselves");
    }
    return row.given(stream("yard", 24))
        .calling(
            service,
            operation,
            "{'StreamName':'yard'" + (members.isEmpty() ? "" : "," + members) + "}")
        .fails(Errors.invalid(member))
        .documented("API_" + operation);
  }

  private static Row noRetention(String operation, String members) {
    return Row.that(operation + " needs a stream that keeps its media")
        .given(stream("yard", 0))
        .calling(ARCHIVED_MEDIA, operation, "{'StreamName':'yard'," + members + "}")
        .fails(Errors.noRetention())
        .documented("API_" + operation + ", Errors");
  }
}
