package io.github.kvslocal.conformance.wire;

import static io.github.kvslocal.conformance.evidence.Evidence.assumed;
import static io.github.kvslocal.conformance.evidence.Evidence.documented;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kvslocal.conformance.evidence.Evidence;
import java.util.stream.Stream;

/** Bodies: those that mean what they say in an unusual way, and those that mean nothing. */
final class BodyRows {
  private static final String JSON = "RFC 8259";
  private static final String REST_JSON = "rest-json protocol: members are told by their names";
  private static final String UNPUBLISHED = "AWS does not say";
  private static final String PORCH = "{\"StreamName\":\"porch\"}";

  private BodyRows() {}

  static Stream<WireRow> rows() {
    return Stream.concat(understood(), refused());
  }

  private static Stream<WireRow> understood() {
    return Stream.of(
        fine(
            "unknown members are ignored",
            documented(REST_JSON),
            "{\"Zz\":[{}],\"StreamName\":\"porch\",\"a.b\":1e9}"),
        fine(
            "an explicit null counts as left out",
            documented(REST_JSON),
            "{\"StreamARN\":null,\"StreamName\":\"porch\"}"),
        fine(
            "blanks stand anywhere",
            documented(JSON + " section 2"),
            " \r\n\t{ \"StreamName\"\n:\t\"porch\" } \n"),
        fine(
            "letters may be escaped",
            documented(JSON + " section 7"),
            "{\"StreamN\\u0061me\":\"p\\u006frch\"}"),
        fine(
            "the last of two members of one name counts",
            assumed(UNPUBLISHED),
            "{\"StreamName\":\"none\",\"StreamName\":\"porch\"}"),
        fine(
            "a byte order mark is skipped",
            assumed(JSON + " section 8.1 permits it"),
            "\uFEFF" + PORCH),
        row("no body has no members", assumed(UNPUBLISHED), "", Expected.invalid("StreamName")),
        row(
            "names are told by their case",
            documented(REST_JSON),
            "{\"streamname\":\"porch\"}",
            Expected.invalid("StreamName")),
        row(
            "half a surrogate pair is a letter that no name has",
            assumed(UNPUBLISHED),
            "{\"StreamName\":\"\\ud800\"}",
            Expected.invalid("StreamName")),
        row(
            "an escaped NUL is a letter that no name has",
            assumed(UNPUBLISHED),
            "{\"StreamName\":\"a\\u0000\"}",
            Expected.invalid("StreamName")));
  }

  private static Stream<WireRow> refused() {
    return Stream.of(
        bad("a body that breaks off", "{\"StreamName\":\"por"),
        bad("a body that breaks off after a member", "{\"StreamName\":\"porch\""),
        bad("something after the object", PORCH + "x"),
        bad("a second object", PORCH + PORCH),
        bad("a closing bracket too many", PORCH + "}"),
        bad("a comma too many", "{\"StreamName\":\"porch\",}"),
        bad("a comment", "/* */" + PORCH),
        bad("single quotes", "{'StreamName':'porch'}"),
        bad("a name without quotes", "{StreamName:\"porch\"}"),
        bad("a line break in a string", "{\"StreamName\":\"por\nch\"}"),
        bad("not a number", "{\"Zz\":NaN,\"StreamName\":\"porch\"}"),
        bad("a number with a leading zero", "{\"Zz\":01,\"StreamName\":\"porch\"}"),
        bad("a lone number", "1"),
        bad("a lone string", "\"StreamName\""),
        bad("a lone null", "null"),
        bad("an array", "[" + PORCH + "]"),
        bad("only blanks", "  \n"),
        bad("a form", "StreamName=porch"),
        bad("XML", "<StreamName>porch</StreamName>"),
        bad("a hundred thousand brackets", "[".repeat(100_000)),
        bad("a hundred thousand objects", "{\"a\":".repeat(100_000)),
        bad(
            "an unknown member with a hundred thousand brackets",
            "{\"Zz\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
        bad("a number of a hundred thousand digits", "{\"Zz\":" + "9".repeat(100_000) + "}"),
        bad("a lone continuation byte", bytes("{\"StreamName\":\"", 0x80, "\"}")),
        bad("a surrogate in UTF-8", bytes("{\"StreamName\":\"", 0xEDA080, "\"}")),
        bad("a NUL byte at the start", bytes("", 0x00, PORCH)),
        row(
            "an integer that no machine holds",
            documented("model of ListStreams"),
            "/listStreams",
            "{\"MaxResults\":99999999999999999999}",
            Expected.invalid("MaxResults")),
        row(
            "an integer that is infinite",
            documented("model of ListStreams"),
            "/listStreams",
            "{\"MaxResults\":1e400}",
            Expected.invalid("MaxResults")));
  }

  private static WireRow fine(String what, Evidence evidence, String body) {
    return row(what, evidence, body, Expected.success("\"StreamARN\":\"{stream}\""));
  }

  private static WireRow bad(String what, String body) {
    return bad(what, body.getBytes(UTF_8));
  }

  /** The name of the error is that of AWS's JSON protocols; its status is 400 as of them all. */
  private static WireRow bad(String what, byte[] body) {
    return new WireRow(
        what,
        assumed("AWS JSON protocols: SerializationException"),
        WireRequest.post("/describeStream", body),
        Expected.unreadable());
  }

  private static WireRow row(String what, Evidence evidence, String body, Expected expected) {
    return row(what, evidence, "/describeStream", body, expected);
  }

  private static WireRow row(
      String what, Evidence evidence, String path, String body, Expected expected) {
    return new WireRow(what, evidence, WireRequest.post(path, body), expected);
  }

  /** Text around bytes that are none, given as one number, highest byte first. */
  private static byte[] bytes(String before, int foreign, String after) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    bytes.writeBytes(before.getBytes(UTF_8));
    for (int shift = 24; shift >= 0; shift -= 8) {
      int octet = foreign >>> shift & 0xFF;
      if (octet != 0 || shift == 0) {
        bytes.write(octet);
      }
    }
    bytes.writeBytes(after.getBytes(UTF_8));
    return bytes.toByteArray();
  }
}
