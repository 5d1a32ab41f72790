package io.github.kvslocal.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.conformance.sdk.Sdk;
import io.github.kvslocal.conformance.sdk.SdkAnswer;
import io.github.kvslocal.conformance.sdk.SdkCall;
import io.github.kvslocal.conformance.sdk.SdkClient;

/** One row through one SDK. */
final class RowRun {
  /** So many calls of one client find the bucket that all share empty at least once. */
  private static final int MOST_CALLS = 100;

  private final Row row;
  private final Sdk sdk;
  private final SdkClient client;
  private final World world;

  RowRun(Row row, Sdk sdk, SdkClient client, World world) {
    this.row = row;
    this.sdk = sdk;
    this.client = client;
    this.world = world;
  }

  /** Makes what is given, calls, and looks at the answer and at what is seen afterwards. */
  void run() {
    row.given().forEach(given -> given.make(world));

    SdkAnswer answer =
        row.setting() == Setting.THROTTLING ? callAmongMany(row.call()) : call(row.call());

    verify(answer);
    row.then().forEach(this::verify);
  }

  private SdkAnswer call(Row.Call call) {
    return client.call(
        new SdkCall(call.service(), call.operation(), world.object(call.input()), world.access()));
  }

  /** Calls while others do, too often, until it is this call's turn to be one too many. */
  private SdkAnswer callAmongMany(Row.Call call) {
    try (Rush rush = world.rush(call)) {
      rush.awaitThrottled();
      SdkAnswer answer = call(call);
      for (int i = 1; i < MOST_CALLS && !isThrottled(answer); i++) {
        answer = call(call);
      }
      return answer;
    }
  }

  private static boolean isThrottled(SdkAnswer answer) {
    return answer instanceof SdkAnswer.Failure failure && failure.type().equals(Errors.THROTTLED);
  }

  private void verify(SdkAnswer answer) {
    if (row.expectation() instanceof Expectation.Success success) {
      JsonNode output = verified(answer, row.call(), success.pattern());
      world.knowOutput(output);
    } else if (row.expectation() instanceof Expectation.Failure failure) {
      verify(answer, failure);
    }
  }

  private void verify(Row.Check check) {
    world.knowOutput(verified(call(check.call()), check.call(), check.pattern()));
  }

  private JsonNode verified(SdkAnswer answer, Row.Call call, String pattern) {
    assertThat(answer).as(title(call)).isInstanceOf(SdkAnswer.Output.class);
    SdkAnswer.Output output = (SdkAnswer.Output) answer;
    assertThat(output.receipt().status()).as(title(call)).isEqualTo(200);
    assertThat(output.receipt().requestId()).as("request id: " + title(call)).isNotEmpty();
    assertThat(JsonPattern.differences(world.object(pattern), output.members()))
        .as(title(call) + " answered " + output.members())
        .isEmpty();
    return output.members();
  }

  private void verify(SdkAnswer answer, Expectation.Failure expected) {
    String title = title(row.call());
    assertThat(answer).as(title).isInstanceOf(SdkAnswer.Failure.class);
    SdkAnswer.Failure failure = (SdkAnswer.Failure) answer;
    assertThat(failure.type()).as(title + " was " + failure).isEqualTo(expected.type());
    assertThat(failure.receipt().status()).as(title).isEqualTo(expected.status());
    assertThat(failure.message()).as(title).isNotBlank().contains(expected.text());
    assertThat(failure.receipt().requestId()).as("request id: " + title).isNotEmpty();
    assertThat(failure.receipt().attempts()).as("attempts: " + title).isEqualTo(1);
    assertThat(failure.surface())
        .as(title)
        .isEqualTo(
            sdk == Sdk.JS_V2
                ? SdkAnswer.Surface.NAMED
                : expected.modelled() ? SdkAnswer.Surface.MODELLED : SdkAnswer.Surface.GENERIC);
  }

  private String title(Row.Call call) {
    return "%s: %s [%s %s]".formatted(sdk.title(), row.title(), call.operation(), call.input());
  }
}
