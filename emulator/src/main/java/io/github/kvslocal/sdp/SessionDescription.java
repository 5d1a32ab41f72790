package io.github.kvslocal.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An offer or an answer (RFC 8866): attributes of the session, then the media sections. What WebRTC
 * does not use (connection data, bandwidth, timing) is neither kept nor judged.
 *
 * @param sessionId the origin's session id
 */
public record SessionDescription(
    long sessionId, List<Attribute> attributes, List<MediaSection> media) {

  public SessionDescription {
    attributes = List.copyOf(attributes);
    media = List.copyOf(media);
  }

  /** The first section of this kind that was not rejected, else the first of this kind. */
  public Optional<MediaSection> section(String kind) {
    return media.stream()
        .filter(section -> section.kind().equals(kind))
        .reduce((first, second) -> first.rejected() && !second.rejected() ? second : first);
  }

  /**
   * The credentials that hold for a section: its own, else the session's; nothing if they are
   * missing or cannot be.
   */
  public Optional<IceCredentials> credentials(MediaSection section) {
    Optional<String> ufrag = value(section, "ice-ufrag");
    Optional<String> pwd = value(section, "ice-pwd");
    return IceCredentials.parse(ufrag.orElse(""), pwd.orElse(""));
  }

  /** The fingerprint that holds for a section; the strongest hash where there are several. */
  public Optional<Fingerprint> fingerprint(MediaSection section) {
    List<String> own = section.values("fingerprint").toList();
    Stream<String> values = own.isEmpty() ? values("fingerprint") : own.stream();
    return values
        .flatMap(value -> Fingerprint.parse(value).stream())
        .max((one, other) -> Integer.compare(one.value().length(), other.value().length()));
  }

  /** What a section says of its role in the DTLS handshake, a {@link Setup} or not. */
  Optional<String> setup(MediaSection section) {
    return value(section, "setup");
  }

  private Optional<String> value(MediaSection section, String name) {
    return section.value(name).or(() -> values(name).findFirst());
  }

  private Stream<String> values(String name) {
    return attributes.stream().filter(a -> a.name().equals(name)).map(Attribute::value);
  }
}
