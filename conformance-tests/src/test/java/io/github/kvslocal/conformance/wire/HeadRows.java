package io.github.kvslocal.conformance.wire;

import static io.github.kvslocal.conformance.evidence.Evidence.assumed;
import static io.github.kvslocal.conformance.evidence.Evidence.documented;
import static io.github.kvslocal.conformance.evidence.Evidence.observed;

import io.github.kvslocal.conformance.evidence.Evidence;
import java.util.stream.Stream;

/** Request lines and headers that no SDK sends, but a proxy, a script or a stranger does. */
final class HeadRows {
  private static final String HTTP = "RFC 9112";
  private static final String ROUTING = "service models: an operation is POST and its path";
  private static final String UNPUBLISHED = "AWS does not say";
  private static final Expected PORCH = Expected.success("\"StreamARN\":\"{stream}\"");

  private HeadRows() {}

  static Stream<WireRow> rows() {
    return Stream.of(contentTypes(), lines(), methods(), hosts(), framing()).flatMap(rows -> rows);
  }

  private static Stream<WireRow> contentTypes() {
    return Stream.of(
            "",
            "Content-Type: application/x-amz-json-1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: multipart/form-data",
            "Content-Type: image/png",
            "Content-Type: /;=")
        .map(
            type ->
                row(
                    "the body is JSON with " + (type.isEmpty() ? "no Content-Type" : type),
                    observed("official clients differ in their Content-Type"),
                    "POST /describeStream HTTP/1.1\nHost: localhost:{port}"
                        + (type.isEmpty() ? "" : "\n" + type),
                    PORCH));
  }

  private static Stream<WireRow> lines() {
    return Stream.of(
        line("a slash after the path", assumed(UNPUBLISHED), "/describeStream/", PORCH),
        line("a query after the path", assumed(UNPUBLISHED), "/describeStream?a=b&c", PORCH),
        line("three slashes before the path", assumed(UNPUBLISHED), "///describeStream", PORCH),
        line(
            "two slashes within the path",
            assumed(UNPUBLISHED),
            "//v1//get-ice-server-config",
            Expected.invalid("ChannelARN")),
        line(
            "the absolute form",
            documented(HTTP + " section 3.2.2"),
            "http://localhost:{port}/describeStream",
            PORCH),
        line(
            "the absolute form of another host",
            documented(HTTP + " section 3.2.2"),
            "http://kinesisvideo.us-east-1.amazonaws.com/describeStream",
            PORCH),
        line(
            "a path in another case",
            assumed(UNPUBLISHED),
            "/DescribeStream",
            Expected.nothingThere()),
        line(
            "an unknown operation",
            assumed(UNPUBLISHED),
            "/describeNothing",
            Expected.nothingThere()),
        line("the root", assumed(UNPUBLISHED), "/", Expected.nothingThere()),
        line(
            "a path into the file system",
            assumed(UNPUBLISHED),
            "/../../../etc/passwd",
            Expected.nothingThere()),
        line("an escape that is none", assumed(UNPUBLISHED), "/%zz", Expected.unreadable()),
        line(
            "script in the path",
            assumed(UNPUBLISHED),
            "/<script>alert(1)</script>",
            Expected.nothingThere()));
  }

  private static Stream<WireRow> methods() {
    return Stream.of("GET", "PUT", "DELETE", "PATCH", "TRACE", "post", "BREW")
        .map(
            method ->
                row(
                    method + " on an operation",
                    assumed(ROUTING),
                    method + " /describeStream HTTP/1.1\nHost: localhost:{port}",
                    Expected.nothingThere()));
  }

  private static Stream<WireRow> hosts() {
    return Stream.of(
        row(
            "HTTP/1.1 without Host",
            documented(HTTP + " section 3.2"),
            "POST /describeStream HTTP/1.1",
            Expected.unreadable()),
        row(
            "two Hosts",
            documented(HTTP + " section 3.2"),
            "POST /describeStream HTTP/1.1\nHost: localhost\nHost: example.org",
            Expected.unreadable()),
        row(
            "HTTP/1.0 without Host",
            documented(HTTP + " section 3.2"),
            "POST /describeStream HTTP/1.0",
            PORCH),
        row(
            "HTTP/1.0 that is kept alive",
            documented(HTTP + " appendix C.2.2"),
            "POST /describeStream HTTP/1.0\nHost: localhost\nConnection: keep-alive",
            PORCH));
  }

  private static Stream<WireRow> framing() {
    return Stream.of(
        new WireRow(
            "a body in chunks",
            documented(HTTP + " section 7.1"),
            new WireRequest(
                "POST /describeStream HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked",
                chunks("{\"StreamName\"", ":\"porch\"}")),
            PORCH),
        unframed("a length that is no number", "Content-Length: x"),
        unframed("a negative length", "Content-Length: -1"),
        unframed("two different lengths", "Content-Length: 22\nContent-Length: 21"),
        unframed("a header without a colon", "nonsense"),
        unframed("a header whose name has a blank", "Zz Zz: 1\nContent-Length: 22"),
        unframed("an encoding that nobody knows", "Transfer-Encoding: zz"));
  }

  private static byte[] chunks(String... texts) {
    StringBuilder body = new StringBuilder();
    for (String text : texts) {
      body.append(Integer.toHexString(text.length())).append("\r\n").append(text).append("\r\n");
    }
    return body.append("0\r\n\r\n").toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private static WireRow unframed(String what, String header) {
    return new WireRow(
        what,
        documented(HTTP + " sections 5 and 6"),
        WireRequest.text(
            "POST /describeStream HTTP/1.1\nHost: localhost\n"
                + header
                + "\n\n{\"StreamName\":\"porch\"}"),
        Expected.unreadable());
  }

  private static WireRow line(String what, Evidence evidence, String target, Expected expected) {
    return row(what, evidence, "POST " + target + " HTTP/1.1\nHost: localhost:{port}", expected);
  }

  private static WireRow row(String what, Evidence evidence, String head, Expected expected) {
    return new WireRow(
        what,
        evidence,
        WireRequest.text(head + "\nContent-Length: {length}\n\n{\"StreamName\":\"porch\"}"),
        expected);
  }
}
