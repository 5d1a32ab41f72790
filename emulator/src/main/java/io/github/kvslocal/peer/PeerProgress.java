package io.github.kvslocal.peer;

/** How far a peer has come on its way, told so that a person sees where it stopped. */
public enum PeerProgress {
  OFFERED("the offer was never answered"),
  ANSWERED("the answer came, but no pair of addresses worked (ICE)"),
  PATH_FOUND("ICE found a path, but the DTLS handshake did not finish"),
  CONNECTED("connected"),
  ENDED("ended");

  private final String description;

  PeerProgress(String description) {
    this.description = description;
  }

  /** For a person to read. */
  public String description() {
    return description;
  }
}
