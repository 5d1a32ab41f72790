package io.github.kvslocal.conformance.rest;

import io.github.kvslocal.conformance.evidence.Evidence;
import io.github.kvslocal.conformance.sdk.Sdk;
import io.github.kvslocal.conformance.sdk.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects a row; one of the three labels completes it. */
final class RowBuilder {
  private final String sentence;
  private final List<Given> given = new ArrayList<>();
  private final List<Row.Check> then = new ArrayList<>();
  private final Map<Sdk, String> excused = new EnumMap<>(Sdk.class);
  private Setting setting = Setting.PLAIN;
  private Row.Identity identity = Row.Identity.OWN;
  private Row.Call call = new Row.Call(Service.KINESIS_VIDEO, "", "{}");
  private Expectation expectation = new Expectation.Success("{}");

  RowBuilder(String sentence) {
    this.sentence = sentence;
  }

  /** What is there before; in order. */
  RowBuilder given(Given... steps) {
    given.addAll(List.of(steps));
    return this;
  }

  /** Starts the emulator so. */
  RowBuilder in(Setting setting) {
    this.setting = setting;
    return this;
  }

  /** Calls with these credentials. */
  RowBuilder as(String accessKey, String secret, String token) {
    this.identity = new Row.Identity(accessKey, secret, token);
    return this;
  }

  /** Calls an operation of the control plane. */
  RowBuilder calling(String operation, String input) {
    return calling(Service.KINESIS_VIDEO, operation, input);
  }

  /** Calls an operation. */
  RowBuilder calling(Service service, String operation, String input) {
    this.call = new Row.Call(service, operation, input);
    return this;
  }

  /** The call succeeds, with these members at least. */
  RowBuilder answers(String pattern) {
    this.expectation = new Expectation.Success(pattern);
    return this;
  }

  /** The call is declined. */
  RowBuilder fails(Expectation.Failure failure) {
    this.expectation = failure;
    return this;
  }

  /** Afterwards the control plane answers so. */
  RowBuilder then(String operation, String input, String pattern) {
    then.add(new Row.Check(new Row.Call(Service.KINESIS_VIDEO, operation, input), pattern));
    return this;
  }

  /** This SDK cannot send the input. */
  RowBuilder except(Sdk sdk, String reason) {
    excused.put(sdk, reason);
    return this;
  }

  /** AWS's documentation or models say so. */
  Row documented(String source) {
    return row(Evidence.documented(source));
  }

  /** It was seen. */
  Row observed(String source) {
    return row(Evidence.observed(source));
  }

  /** Nobody has published it. */
  Row assumed(String source) {
    return row(Evidence.assumed(source));
  }

  private Row row(Evidence evidence) {
    if ((call.operation() + call.input()).contains("StreamStorageConfiguration")) {
      excused.put(Sdk.JS_V2, "its last model does not know the storage configuration of streams");
    }
    return new Row(
        sentence,
        setting,
        identity,
        List.copyOf(given),
        call,
        expectation,
        List.copyOf(then),
        evidence,
        Map.copyOf(excused));
  }
}
