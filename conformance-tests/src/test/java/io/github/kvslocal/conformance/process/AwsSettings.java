package io.github.kvslocal.conformance.process;

import java.util.Map;

/** How a user of this machine steers the AWS SDKs, which must not steer a test. */
public final class AwsSettings {
  private static final String NOWHERE = "/dev/null";

  private AwsSettings() {}

  /** Takes all of it from these variables of a program's environment. */
  public static void remove(Map<String, String> variables) {
    variables.keySet().removeIf(name -> name.startsWith("AWS_"));
    variables.put("AWS_CONFIG_FILE", NOWHERE);
    variables.put("AWS_SHARED_CREDENTIALS_FILE", NOWHERE);
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
  }
}
