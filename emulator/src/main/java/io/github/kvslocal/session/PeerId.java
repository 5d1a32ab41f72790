package io.github.kvslocal.session;

/** Names one peer of a storage session; a participant who joins again gets another one. */
public record PeerId(long number) {
  @Override
  public String toString() {
    return "peer-" + number;
  }
}
