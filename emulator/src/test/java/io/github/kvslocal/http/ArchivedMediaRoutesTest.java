package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.api.Action;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivedMediaRoutesTest {
  private static final long NOW = RouteCalls.NOW.getEpochSecond();

  /** From ten seconds ago for so many seconds. */
  private static final String RANGE = "'TimestampRange':{'StartTimestamp':%d,'EndTimestamp':%d}";

  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
  private final RouteCalls calls =
      new RouteCalls(new ArchivedMediaRoutes(registry, RouteCalls.OWNER).operations());

  @BeforeEach
  void createStreams() throws Exception {
    RouteCalls.stream(registry, "door", 24);
    RouteCalls.stream(registry, "live", 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/listFragments|'NextToken':'YQ=='",
        "/listFragments|'FragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP',<PAST>}",
        "/listFragments|'FragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP',<BACK>}",
        "/getMediaForFragmentList|'Fragments':['1','91343852']",
        "/getHLSStreamingSessionURL|``",
        "/getHLSStreamingSessionURL|'HLSFragmentSelector':{'FragmentSelectorType':"
            + "'PRODUCER_TIMESTAMP'},'Expires':43200,'MaxMediaPlaylistFragmentResults':5000,"
            + "'ContainerFormat':'MPEG_TS','DiscontinuityMode':'ON_DISCONTINUITY',"
            + "'DisplayFragmentTimestamp':'ALWAYS'",
        "/getHLSStreamingSessionURL|'PlaybackMode':'ON_DEMAND','HLSFragmentSelector':"
            + "{'FragmentSelectorType':'SERVER_TIMESTAMP',<PAST>}",
        "/getHLSStreamingSessionURL|'PlaybackMode':'LIVE_REPLAY','HLSFragmentSelector':"
            + "{'FragmentSelectorType':'SERVER_TIMESTAMP','TimestampRange':{'StartTimestamp':1}}",
        "/getDASHStreamingSessionURL|'PlaybackMode':'ON_DEMAND','DASHFragmentSelector':"
            + "{'FragmentSelectorType':'PRODUCER_TIMESTAMP',<FUTURE>},'Expires':300,"
            + "'MaxManifestFragmentResults':1,'DisplayFragmentNumber':'NEVER'",
        "/getClip|'ClipFragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP',<PAST>}",
        "/getClip|'ClipFragmentSelector':{'FragmentSelectorType':'PRODUCER_TIMESTAMP',<FUTURE>}",
        "/getImages|<IMAGES>,'SamplingInterval':200,'WidthPixels':3840,'HeightPixels':2160,"
            + "'FormatConfig':{'JPEGQuality':'100'},'MaxResults':100",
        "/getImages|<IMAGES>,'WidthPixels':1"
      })
  void validRequestIsToldWhereTheRecordingIs(String path, String members) {
    String refusal = calls.refusal(path, body("door", members));

    assertThat(refusal)
        .startsWith("InvalidArgumentException: The request is valid, but")
        .contains(Action.ofPath(Service.ARCHIVED_MEDIA, path).name() + " yet.")
        .endsWith("/_kvslocal/streams/door/recording.mkv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|at 'FragmentSelector' failed to satisfy constraint: Member must not be null when",
        "'NextToken':'*'|at 'NextToken'",
        "'NextToken':''|at 'NextToken'",
        "'NextToken':'a','MaxResults':0|greater than or equal to 1",
        "'NextToken':'a','MaxResults':1001|less than or equal to 1000",
        "'FragmentSelector':{}|at 'FragmentSelector.FragmentSelectorType'",
        "'FragmentSelector':{'FragmentSelectorType':'NOW'}|enum value set",
        "'FragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP'}|'FragmentSelector.Timesta",
        "'FragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP','TimestampRange':{}}"
            + "|at 'FragmentSelector.TimestampRange.StartTimestamp'",
        "'FragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP','TimestampRange':"
            + "{'StartTimestamp':1}}|at 'FragmentSelector.TimestampRange.EndTimestamp'"
      })
  void listFragmentsNamesWhatIsWrong(String members, String complaint) {
    assertViolation("/listFragments", members, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|at 'Fragments' failed to satisfy constraint: Member must not be null",
        "'Fragments':[]|length greater than or equal to 1",
        "'Fragments':'1'|must be a list",
        "'Fragments':[1]|must be a string",
        "'Fragments':['']|greater than or equal to 1",
        "'Fragments':['1','x']|pattern: ^[0-9]+$"
      })
  void fragmentListNamesWhatIsWrong(String members, String complaint) {
    assertViolation("/getMediaForFragmentList", members, complaint);
  }

  @Test
  void fragmentListHasAThousandNumbersAtMost() {
    String thousand =
        IntStream.range(0, 1000).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));

    assertThat(
            calls.refusal(
                "/getMediaForFragmentList", body("door", "'Fragments':[" + thousand + "]")))
        .contains("is valid");
    assertViolation(
        "/getMediaForFragmentList",
        "'Fragments':[" + thousand + ",'1000']",
        "length less than or equal to 1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'PlaybackMode':'FAST'|enum value set: [LIVE, LIVE_REPLAY, ON_DEMAND]",
        "'PlaybackMode':'ON_DEMAND'|at '<SELECTOR>' failed to satisfy constraint: Member must not",
        "'PlaybackMode':'LIVE_REPLAY'|must not be null when PlaybackMode is LIVE_REPLAY",
        "'PlaybackMode':'ON_DEMAND','<SELECTOR>':{}|at '<SELECTOR>.FragmentSelectorType'",
        "'PlaybackMode':'ON_DEMAND','<SELECTOR>':{'FragmentSelectorType':'x'}|enum value set",
        "'PlaybackMode':'ON_DEMAND','<SELECTOR>':{'FragmentSelectorType':'SERVER_TIMESTAMP'}"
            + "|at '<SELECTOR>.TimestampRange'",
        "'PlaybackMode':'ON_DEMAND','<SELECTOR>':{'FragmentSelectorType':'SERVER_TIMESTAMP',"
            + "'TimestampRange':{}}|at '<SELECTOR>.TimestampRange.StartTimestamp'",
        "'PlaybackMode':'ON_DEMAND','<SELECTOR>':{'FragmentSelectorType':'SERVER_TIMESTAMP',"
            + "'TimestampRange':{'StartTimestamp':1}}|must not be null when PlaybackMode is ON_DEM",
        "'PlaybackMode':'ON_DEMAND','<SELECTOR>':{'FragmentSelectorType':'SERVER_TIMESTAMP',"
            + "<FUTURE>}|must be in the past when FragmentSelectorType is SERVER_TIMESTAMP",
        "'PlaybackMode':'LIVE_REPLAY','<SELECTOR>':{'FragmentSelectorType':'SERVER_TIMESTAMP',"
            + "<BACK>}|must be later than StartTimestamp",
        "'PlaybackMode':'LIVE_REPLAY','<SELECTOR>':{'FragmentSelectorType':'SERVER_TIMESTAMP',"
            + "<LONG>}|must be within 24 hours of StartTimestamp",
        "'<SELECTOR>':{<PAST>}|at '<SELECTOR>.TimestampRange' failed to satisfy constraint: Member"
            + " must be null when PlaybackMode is LIVE",
        "'Expires':299|greater than or equal to 300",
        "'Expires':43201|less than or equal to 43200",
        "'<MOST>':0|greater than or equal to 1",
        "'<MOST>':5001|less than or equal to 5000",
        "'DisplayFragmentTimestamp':'SOMETIMES'|enum value set: [ALWAYS, NEVER]"
      })
  void sessionUrlsNameWhatIsWrong(String members, String complaint) {
    assertViolation(
        "/getHLSStreamingSessionURL",
        named(members, "HLSFragmentSelector", "MaxMediaPlaylistFragmentResults"),
        named(complaint, "HLSFragmentSelector", ""));
    assertViolation(
        "/getDASHStreamingSessionURL",
        named(members, "DASHFragmentSelector", "MaxManifestFragmentResults"),
        named(complaint, "DASHFragmentSelector", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/getHLSStreamingSessionURL|'ContainerFormat':'AVI'|[FRAGMENTED_MP4, MPEG_TS]",
        "/getHLSStreamingSessionURL|'DiscontinuityMode':'?'|[ALWAYS, NEVER, ON_DISCONTINUITY]",
        "/getDASHStreamingSessionURL|'DisplayFragmentNumber':'?'|[ALWAYS, NEVER]"
      })
  void constantOfOneSessionKindIsChecked(String path, String members, String complaint) {
    assertViolation(path, members, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|at 'ClipFragmentSelector' failed to satisfy constraint: Member must not be null",
        "'ClipFragmentSelector':{<PAST>}|at 'ClipFragmentSelector.FragmentSelectorType'",
        "'ClipFragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP'}|TimestampRange' failed",
        "'ClipFragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP','TimestampRange':"
            + "{'EndTimestamp':1}}|TimestampRange.StartTimestamp'",
        "'ClipFragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP','TimestampRange':"
            + "{'StartTimestamp':1}}|TimestampRange.EndTimestamp'",
        "'ClipFragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP',<FUTURE>}|in the past",
        "'ClipFragmentSelector':{'FragmentSelectorType':'PRODUCER_TIMESTAMP',<BACK>}|later than",
        "'ClipFragmentSelector':{'FragmentSelectorType':'PRODUCER_TIMESTAMP',<LONG>}|24 hours"
      })
  void clipNamesWhatIsWrong(String members, String complaint) {
    assertViolation("/getClip", members, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Format':'JPEG'|at 'ImageSelectorType'",
        "'ImageSelectorType':'SERVER_TIMESTAMP'|at 'StartTimestamp'",
        "'ImageSelectorType':'SERVER_TIMESTAMP','StartTimestamp':1|at 'EndTimestamp'",
        "'ImageSelectorType':'SERVER_TIMESTAMP','StartTimestamp':1,'EndTimestamp':302"
            + "|must be within 300 seconds of StartTimestamp",
        "'ImageSelectorType':'SERVER_TIMESTAMP','StartTimestamp':1,'EndTimestamp':301|at 'Format'",
        "<IMAGES>,'Format':'GIF'|enum value set: [JPEG, PNG]",
        "<IMAGES>,'FormatConfig':{}|at 'FormatConfig'",
        "<IMAGES>,'FormatConfig':{'Quality':'1'}|enum value set: [JPEGQuality]",
        "<IMAGES>,'FormatConfig':{'JPEGQuality':'1','Quality':'1'}|must have length 1",
        "<IMAGES>,'FormatConfig':{'JPEGQuality':80}|at 'FormatConfig.JPEGQuality'",
        "<IMAGES>,'FormatConfig':{'JPEGQuality':null}|at 'FormatConfig.JPEGQuality'",
        "<IMAGES>,'FormatConfig':{'JPEGQuality':'-1'}|pattern: ^[a-zA-Z_0-9]+",
        "<IMAGES>,'FormatConfig':{'JPEGQuality':'0'}|must be a number from 1 to 100",
        "<IMAGES>,'FormatConfig':{'JPEGQuality':'101'}|must be a number from 1 to 100",
        "<IMAGES>,'SamplingInterval':199|greater than or equal to 200",
        "<IMAGES>,'WidthPixels':0|greater than or equal to 1",
        "<IMAGES>,'WidthPixels':3841|less than or equal to 3840",
        "<IMAGES>,'HeightPixels':2161|less than or equal to 2160",
        "<IMAGES>,'MaxResults':101|less than or equal to 100",
        "<IMAGES>,'MaxResults':0|greater than or equal to 1",
        "<IMAGES>,'NextToken':'==='|at 'NextToken'"
      })
  void imagesNameWhatIsWrong(String members, String complaint) {
    assertViolation("/getImages", members, complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/getHLSStreamingSessionURL|``",
        "/getDASHStreamingSessionURL|``",
        "/getClip|'ClipFragmentSelector':{'FragmentSelectorType':'SERVER_TIMESTAMP',<PAST>}",
        "/getImages|<IMAGES>"
      })
  void streamWithoutRetentionHasNoArchive(String path, String members) {
    assertThat(calls.refusal(path, body("live", members)))
        .startsWith("NoDataRetentionException: The stream live keeps no data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/getHLSStreamingSessionURL", "/getDASHStreamingSessionURL"})
  void unknownStreamIsNotFound(String path) {
    assertThat(calls.refusal(path, body("attic", "")))
        .isEqualTo("ResourceNotFoundException: The requested stream is not found or not active.");
  }

  private void assertViolation(String path, String members, String complaint) {
    assertThat(calls.refusal(path, body("door", members)))
        .startsWith("InvalidArgumentException: 1 validation error detected")
        .contains(complaint);
  }

  private static String named(String text, String selector, String most) {
    return text.replace("<SELECTOR>", selector).replace("<MOST>", most);
  }

  private static String body(String stream, String members) {
    return "{'StreamName':'"
        + stream
        + "'"
        + (members.isEmpty() ? "" : "," + members)
            .replace("<PAST>", RANGE.formatted(NOW - 10, NOW - 1))
            .replace("<FUTURE>", RANGE.formatted(NOW - 10, NOW + 10))
            .replace("<BACK>", RANGE.formatted(NOW - 10, NOW - 10))
            .replace("<LONG>", RANGE.formatted(NOW - 86_410, NOW - 1))
            .replace(
                "<IMAGES>",
                "'ImageSelectorType':'SERVER_TIMESTAMP','Format':'JPEG','StartTimestamp':1,"
                    + "'EndTimestamp':1.5")
        + "}";
  }
}
