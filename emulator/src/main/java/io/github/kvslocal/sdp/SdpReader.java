package io.github.kvslocal.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads session descriptions (RFC 8866), forgiving what clients vary and refusing what has no
 * sense.
 */
public final class SdpReader {
  /** Characters; the KVS C SDK's own limit is 25,000. */
  static final int MAX_LENGTH = 65_536;

  /** A storage session uses two. */
  static final int MAX_SECTIONS = 16;

  private static final int MAX_LINES = 2_000;

  private SdpReader() {}

  /** Reads a description with line ends of CRLF or LF. */
  public static SessionDescription read(String text) throws MalformedSdpException {
    if (text.length() > MAX_LENGTH) {
      throw new MalformedSdpException(
          "a session description may have " + MAX_LENGTH + " characters, not " + text.length());
    }
    String[] lines = text.split("\r\n|\n|\r", MAX_LINES + 1);
    if (lines.length > MAX_LINES) {
      throw new MalformedSdpException("a session description may have " + MAX_LINES + " lines");
    }
    if (!lines[0].equals("v=0")) {
      throw new MalformedSdpException("a session description begins with v=0 (RFC 8866)");
    }
    long sessionId = 0;
    List<String> mediaLines = new ArrayList<>();
    List<List<Attribute>> blocks = new ArrayList<>();
    blocks.add(new ArrayList<>());
    for (String line : lines) {
      if (line.startsWith("o=")) {
        sessionId = sessionId(line);
      } else if (line.startsWith("m=")) {
        mediaLines.add(line);
        blocks.add(new ArrayList<>());
      } else if (line.startsWith("a=")) {
        blocks.get(mediaLines.size()).add(attribute(line));
      } else if (!line.isEmpty() && (line.length() < 2 || line.charAt(1) != '=')) {
        throw new MalformedSdpException("not a line of a session description: " + shortened(line));
      }
    }
    if (mediaLines.size() > MAX_SECTIONS) {
      throw new MalformedSdpException("more than " + MAX_SECTIONS + " media sections");
    }
    List<MediaSection> media = new ArrayList<>();
    for (int i = 0; i < mediaLines.size(); i++) {
      media.add(section(mediaLines.get(i), blocks.get(i + 1)));
    }
    return new SessionDescription(sessionId, blocks.get(0), media);
  }

  // RFC 8866 section 5.14: m=<media> <port> <proto> <fmt> ...
  private static MediaSection section(String line, List<Attribute> attributes)
      throws MalformedSdpException {
    String[] words = line.substring(2).trim().split(" +", -1);
    OptionalInt port = words.length < 3 ? OptionalInt.empty() : SdpNumbers.number(words[1], 65_535);
    if (port.isEmpty()) {
      throw new MalformedSdpException("not a media line: " + shortened(line));
    }
    List<Integer> payloadTypes = new ArrayList<>();
    for (int i = 3; i < words.length; i++) {
      // The formats of other protocols (webrtc-datachannel) are no numbers.
      SdpNumbers.number(words[i], 127).ifPresent(payloadTypes::add);
    }
    return new MediaSection(words[0], port.getAsInt(), words[2], payloadTypes, attributes);
  }

  // RFC 8866 section 5.2: o=<username> <sess-id> <sess-version> ...; nobody depends on its value.
  private static long sessionId(String line) {
    String[] words = line.substring(2).split(" ", 3);
    if (words.length < 2 || !words[1].matches("[0-9]{1,18}")) {
      return 0;
    }
    return Long.parseLong(words[1]);
  }

  private static Attribute attribute(String line) {
    int colon = line.indexOf(':');
    return colon < 0
        ? new Attribute(line.substring(2).trim(), "")
        : new Attribute(line.substring(2, colon), line.substring(colon + 1).trim());
  }

  private static String shortened(String line) {
    return line.substring(0, Math.min(40, line.length()));
  }
}
