package io.github.kvslocal.signaling;

/** A payload that says what its text is, without base64 and JSON. */
public record PlainPayload(String base64) implements Payload {
  @Override
  public String description() {
    return base64;
  }

  @Override
  public String candidate() {
    return base64;
  }
}
