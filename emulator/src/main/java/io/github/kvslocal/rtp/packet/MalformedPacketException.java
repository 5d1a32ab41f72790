package io.github.kvslocal.rtp.packet;

/**
 * A packet that no correct sender produces. Checked, because dropping it is the caller's decision;
 * without a stack trace, because a hostile sender chooses how often it is thrown.
 */
public final class MalformedPacketException extends Exception {
  /** With a complaint that names what is wrong and none of the sender's bytes. */
  public MalformedPacketException(String complaint) {
    super(complaint, null, false, false);
  }
}
