package io.github.kvslocal.conformance.rest;

import static io.github.kvslocal.conformance.rest.Setting.STRICT_KEY;
import static io.github.kvslocal.conformance.rest.Setting.STRICT_SECRET;
import static io.github.kvslocal.conformance.rest.Setting.STRICT_SESSION_KEY;
import static io.github.kvslocal.conformance.rest.Setting.STRICT_TOKEN;
import static io.github.kvslocal.conformance.sdk.Service.WEBRTC_STORAGE;

import io.github.kvslocal.conformance.sdk.JavaOperation;
import io.github.kvslocal.conformance.sdk.Service;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Who may ask at all, and how often: permissions, quotas, signatures. */
final class AccessRows {
  private static final String NOT_AUTHORIZED = "NotAuthorizedException";

  private AccessRows() {}

  static List<Row> rows() {
    return Stream.of(
            Operations.all().stream().map(AccessRows::denied),
            Operations.all().stream()
                .filter(call -> DocumentedRates.include(call.operation()))
                .map(AccessRows::throttled),
            signed(),
            Arrays.stream(Service.values()).map(AccessRows::signedWrong))
        .flatMap(rows -> rows)
        .toList();
  }

  private static Row denied(Row.Call call) {
    boolean notAuthorized =
        JavaOperation.of(call.service(), call.operation()).errors().contains(NOT_AUTHORIZED);
    RowBuilder row =
        Row.that(call.operation() + " is denied to who may not call it")
            .in(Setting.DENYING)
            .calling(call.service(), call.operation(), call.input())
            .fails(
                new Expectation.Failure(
                    call.service() == WEBRTC_STORAGE ? 403 : 401,
                    notAuthorized ? NOT_AUTHORIZED : "AccessDeniedException",
                    "is not authorized to perform: kinesisvideo:" + call.operation(),
                    true));
    return call.operation().equals("CreateStream") || call.operation().equals("ListStreams")
        ? row.assumed("the model lists no error for this; as of channels")
        : row.documented("service model " + call.service().label() + "; IAM's text");
  }

  private static Row throttled(Row.Call call) {
    return Row.that(call.operation() + " is throttled where it is called too often")
        .in(Setting.THROTTLING)
        .calling(call.service(), call.operation(), call.input())
        .fails(Errors.error(Errors.THROTTLED, "exceeded the limit"))
        .documented("service quotas of webrtc-dg and dg");
  }

  private static Stream<Row> signed() {
    return Stream.of(
        Row.that("a signature with a known secret is accepted")
            .in(Setting.STRICT)
            .as(STRICT_KEY, STRICT_SECRET, "")
            .calling("ListSignalingChannels", "{}")
            .answers("{'ChannelInfoList':[]}")
            .documented("IAM User Guide, Signature Version 4"),
        Row.that("a signature with a known secret and its session token is accepted")
            .in(Setting.STRICT)
            .as(STRICT_SESSION_KEY, STRICT_SECRET, STRICT_TOKEN)
            .calling("ListStreams", "{}")
            .answers("{'StreamInfoList':[]}")
            .documented("IAM User Guide, Signature Version 4"),
        Row.that("a signature of a body with characters beyond ASCII is accepted")
            .in(Setting.STRICT)
            .as(STRICT_KEY, STRICT_SECRET, "")
            .calling(
                "TagResource",
                "{'ResourceARN':'${missing.channel}','Tags':[{'Key':'Straße','Value':'日本'}]}")
            .fails(Errors.noChannel())
            .documented("IAM User Guide, Signature Version 4"),
        Row.that("a session token that is another is declined")
            .in(Setting.STRICT)
            .as(STRICT_SESSION_KEY, STRICT_SECRET, "wrong-token")
            .calling("ListStreams", "{}")
            .fails(unrecognized())
            .observed("text of AWS's services for such credentials"),
        Row.that("an access key that nobody has is declined")
            .in(Setting.STRICT)
            .as("555566667777", STRICT_SECRET, "")
            .calling("ListStreams", "{}")
            .fails(unrecognized())
            .observed("text of AWS's services for such credentials"));
  }

  private static Row signedWrong(Service service) {
    Row.Call call =
        Operations.all().stream().filter(one -> one.service() == service).findFirst().orElseThrow();
    return Row.that("a signature with another secret is declined by " + service.label())
        .in(Setting.STRICT)
        .as(STRICT_KEY, "wrong", "")
        .calling(service, call.operation(), call.input())
        .fails(
            new Expectation.Failure(
                403,
                "InvalidSignatureException",
                "The request signature we calculated does not match the signature you provided.",
                false))
        .observed("text of AWS's services for such a signature");
  }

  private static Expectation.Failure unrecognized() {
    return new Expectation.Failure(
        403,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
        false);
  }
}
