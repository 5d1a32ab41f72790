package io.github.kvslocal.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An {@code m=} line with its attributes (RFC 8866 section 5.14).
 *
 * @param kind {@code audio}, {@code video} or another word
 * @param port 0 means rejected in an answer, and in an offer bundled (RFC 8843 section 6)
 */
public record MediaSection(
    String kind,
    int port,
    String protocol,
    List<Integer> payloadTypes,
    List<Attribute> attributes) {

  public MediaSection {
    payloadTypes = List.copyOf(payloadTypes);
    attributes = List.copyOf(attributes);
  }

  /** The values of every attribute of this name, in order. */
  public Stream<String> values(String name) {
    return attributes.stream().filter(a -> a.name().equals(name)).map(Attribute::value);
  }

  /** The first attribute of this name. */
  public Optional<String> value(String name) {
    return values(name).findFirst();
  }

  /** The media identification tag (RFC 5888 section 4); empty if there is none. */
  public String mid() {
    return value("mid").orElse("");
  }

  /** Sendrecv if none is given (RFC 8866 section 6.7). */
  public Direction direction() {
    return attributes.stream()
        .flatMap(attribute -> Direction.of(attribute.name()).stream())
        .findFirst()
        .orElse(Direction.SENDRECV);
  }

  /** What the payload types stand for; lines that cannot be read are left out. */
  public List<RtpMap> rtpMaps() {
    List<RtpMap> maps = new ArrayList<>();
    values("rtpmap").forEach(value -> SdpNumbers.rtpMap(value).ifPresent(maps::add));
    return maps;
  }

  /** The format parameters of a payload type (RFC 8866 section 6.15); empty if there are none. */
  public String formatParameters(int payloadType) {
    String prefix = payloadType + " ";
    return values("fmtp")
        .filter(value -> value.startsWith(prefix))
        .map(value -> value.substring(prefix.length()).trim())
        .findFirst()
        .orElse("");
  }

  /** The id of a header extension (RFC 8285 section 5), if it was agreed on. */
  public OptionalInt extensionId(String uri) {
    return values("extmap").flatMapToInt(value -> SdpNumbers.extensionId(value, uri)).findFirst();
  }

  /** The candidates that came with the description; lines that cannot be read are left out. */
  public List<IceCandidate> candidates() {
    return values("candidate").flatMap(value -> IceCandidate.parse(value).stream()).toList();
  }

  /** Whether the section was refused by the answerer (RFC 3264 section 6). */
  public boolean rejected() {
    return port == 0 && value("bundle-only").isEmpty();
  }
}
