package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.RefusedException;

/**
 * What a message carries. It is passed on between clients as it was written; what it says is read
 * only when the emulator's own storage session is meant.
 */
public interface Payload {
  /** The text as the client wrote it, base64 of either alphabet, with padding or without. */
  String base64();

  /**
   * The session description, the {@code sdp} of the payload's JSON.
   *
   * @throws RefusedException if there is none
   */
  String description() throws RefusedException;

  /**
   * The candidate attribute, {@code candidate:…}; empty at the end of candidates.
   *
   * @throws RefusedException if there is none
   */
  String candidate() throws RefusedException;
}
