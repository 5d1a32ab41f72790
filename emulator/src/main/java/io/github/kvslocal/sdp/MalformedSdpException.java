package io.github.kvslocal.sdp;

/**
 * Text that is no session description. Without a stack trace: a hostile sender chooses how often.
 */
public final class MalformedSdpException extends Exception {
  public MalformedSdpException(String complaint) {
    super(complaint, null, false, false);
  }
}
