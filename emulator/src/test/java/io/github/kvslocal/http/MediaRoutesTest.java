package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaRoutesTest {
  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
  private final RouteCalls calls =
      new RouteCalls(new MediaRoutes(registry, RouteCalls.OWNER).operations());

  @BeforeEach
  void createStream() throws Exception {
    RouteCalls.stream(registry, "door", 24);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'StartSelectorType':'NOW'",
        "'StartSelectorType':'EARLIEST'",
        "'StartSelectorType':'FRAGMENT_NUMBER','AfterFragmentNumber':'9134'",
        "'StartSelectorType':'SERVER_TIMESTAMP','StartTimestamp':1795161600.25",
        "'StartSelectorType':'PRODUCER_TIMESTAMP','StartTimestamp':1795161600",
        "'StartSelectorType':'CONTINUATION_TOKEN','ContinuationToken':'a.b_c-d'"
      })
  void validRequestIsToldWhereTheRecordingIs(String selector) {
    String refusal =
        calls.refusal("/getMedia", "{'StreamName':'door','StartSelector':{" + selector + "}}");

    assertThat(refusal)
        .isEqualTo(
            "InvalidArgumentException: The request is valid, but kvslocal does not serve GetMedia"
                + " yet. The whole recording of the stream is at"
                + " http://kvs.example:4580/_kvslocal/streams/door/recording.mkv");
  }

  @Test
  void recordingOfAnotherOwnerIsNamedWithItsOwner() throws Exception {
    Owner abroad = new Owner(RouteCalls.OWNER.account(), "eu-west-1");
    RouteCalls.stream(registry, abroad, "door", 24);

    String refusal =
        calls.refusal(
            "/getMedia",
            "{'StreamName':'door','StartSelector':{'StartSelectorType':'NOW'}}",
            abroad);

    assertThat(refusal)
        .endsWith("/_kvslocal/streams/door/recording.mkv?account=000000000000&region=eu-west-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|at 'StartSelector' failed to satisfy constraint: Member must not be null",
        "'StartSelector':3|must be a structure",
        "'StartSelector':{}|at 'StartSelector.StartSelectorType'",
        "'StartSelector':{'StartSelectorType':'LATER'}|enum value set: [FRAGMENT_NUMBER,",
        "'StartSelector':{'StartSelectorType':'FRAGMENT_NUMBER'}|at 'StartSelector.AfterFragment",
        "'StartSelector':{'StartSelectorType':'NOW','AfterFragmentNumber':'x'}|pattern: ^[0-9]+$",
        "'StartSelector':{'StartSelectorType':'NOW','AfterFragmentNumber':''}|greater than or",
        "'StartSelector':{'StartSelectorType':'SERVER_TIMESTAMP'}|at 'StartSelector.StartTimestamp'",
        "'StartSelector':{'StartSelectorType':'PRODUCER_TIMESTAMP','StartTimestamp':'9'}|seconds",
        "'StartSelector':{'StartSelectorType':'NOW','StartTimestamp':1e999999999}|seconds since",
        "'StartSelector':{'StartSelectorType':'NOW','StartTimestamp':-1}|seconds since",
        "'StartSelector':{'StartSelectorType':'CONTINUATION_TOKEN'}|at 'StartSelector.Continuation",
        "'StartSelector':{'StartSelectorType':'NOW','ContinuationToken':'a b'}|pattern:",
        "'StreamARN':'arn:aws-cn:kinesisvideo:a:0:stream/door/1'|pattern: arn:aws:kinesisvideo"
      })
  void violationIsNamed(String members, String complaint) {
    String body = "{'StreamName':'door'" + (members.isEmpty() ? "" : "," + members) + "}";

    assertThat(calls.refusal("/getMedia", body))
        .startsWith("InvalidArgumentException: 1 validation error detected")
        .contains(complaint);
  }

  @Test
  void longestFragmentNumberHas128Digits() {
    String body =
        "{'StreamName':'door','StartSelector':"
            + "{'StartSelectorType':'FRAGMENT_NUMBER','AfterFragmentNumber':'%s'}}";

    assertThat(calls.refusal("/getMedia", body.formatted("9".repeat(128)))).contains("is valid");
    assertThat(calls.refusal("/getMedia", body.formatted("9".repeat(129))))
        .contains("length less than or equal to 128");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{%s}|InvalidArgumentException: Either StreamName or StreamARN is required.",
        "{'StreamName':'attic',%s}|ResourceNotFoundException: The requested stream is not found",
        "{'StreamARN':'arn:aws:kinesisvideo:us-east-1:000000000000:stream/door/1',%s}"
            + "|ResourceNotFoundException: The requested stream is not found",
        "{'StreamARN':'arn:aws:kinesisvideo:us-east-1:000000000000:stream/door/1',"
            + "'StreamName':'attic',%s}|at 'StreamName' failed to satisfy constraint",
        "{'StreamName':'a b',%s}|InvalidArgumentException: 1 validation error"
      })
  void streamHasToBeNamedAndThere(String body, String complaint) {
    String selector = "'StartSelector':{'StartSelectorType':'NOW'}";

    assertThat(calls.refusal("/getMedia", body.formatted(selector))).contains(complaint);
  }

  @Test
  void nameAndArnOfOneStreamPass() throws Exception {
    String arn = registry.stream(RouteCalls.OWNER, "door").arn().toString();

    String refusal =
        calls.refusal(
            "/getMedia",
            "{'StreamName':'door','StreamARN':'"
                + arn
                + "','StartSelector':{'StartSelectorType':'NOW'}}");

    assertThat(refusal).contains("is valid");
  }
}
