package io.github.kvslocal.sdp;

/**
 * A well-formed answer that a storage session cannot accept; the message says why and what to do.
 */
public final class UnacceptableAnswerException extends Exception {
  public UnacceptableAnswerException(String complaint) {
    super(complaint, null, false, false);
  }
}
