package io.github.kvslocal.session;

/** Why a session closes a peer of its own accord. */
public enum CloseCause {
  REPLACED("a newer connection of the same participant was answered"),
  MASTER_ABSENT("no master was connected for as long as viewers wait for one"),
  LENGTH("the session has had its full length"),
  STORAGE_ENDED("media storage of the channel has ended"),
  SHUT_DOWN("the emulator ends");

  private final String description;

  CloseCause(String description) {
    this.description = description;
  }

  /** For a person to read. */
  public String description() {
    return description;
  }
}
