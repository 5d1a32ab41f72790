package io.github.kvslocal.signaling;

/**
 * Why a signaling socket is closed (RFC 6455 section 7.4.1). AWS does not say which codes it closes
 * with.
 */
public enum CloseCode {
  NORMAL(1000),
  GOING_AWAY(1001),
  UNSUPPORTED_DATA(1003),
  INVALID_PAYLOAD(1007),
  POLICY_VIOLATION(1008),
  TOO_BIG(1009);

  private final int number;

  CloseCode(int number) {
    this.number = number;
  }

  /** As it is sent. */
  public int number() {
    return number;
  }
}
