package io.github.kvslocal.conformance.sdk;

import java.net.URI;

/**
 * Where and as whom an SDK asks.
 *
 * @param accessKey the access key; twelve digits are the account itself
 * @param token the session token; empty for none
 */
public record Access(URI endpoint, String region, String accessKey, String secret, String token) {
  /** Access with a long-term key, as any in the region us-east-1. */
  public static Access of(URI endpoint, String accessKey) {
    return new Access(endpoint, "us-east-1", accessKey, "secret", "");
  }
}
