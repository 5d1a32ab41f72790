package io.github.kvslocal.sdp;

import java.util.List;
import java.util.stream.Collectors;

/** Writes session descriptions (RFC 8866), lines ended by CRLF. */
public final class SdpWriter {
  private static final String END = "\r\n";

  private SdpWriter() {}

  /** The text of a description. */
  public static String write(SessionDescription description) {
    StringBuilder out = new StringBuilder(2_048);
    out.append("v=0").append(END);
    out.append("o=- ").append(description.sessionId()).append(" 0 IN IP4 0.0.0.0").append(END);
    out.append("s=-").append(END);
    out.append("t=0 0").append(END);
    attributes(description.attributes(), out);
    for (MediaSection section : description.media()) {
      out.append("m=").append(section.kind()).append(' ').append(section.port()).append(' ');
      out.append(section.protocol()).append(' ').append(formats(section)).append(END);
      out.append("c=IN IP4 0.0.0.0").append(END);
      attributes(section.attributes(), out);
    }
    return out.toString();
  }

  private static String formats(MediaSection section) {
    return section.payloadTypes().stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static void attributes(List<Attribute> attributes, StringBuilder out) {
    for (Attribute attribute : attributes) {
      out.append("a=").append(attribute.name());
      if (!attribute.value().isEmpty()) {
        out.append(':').append(attribute.value());
      }
      out.append(END);
    }
  }
}
