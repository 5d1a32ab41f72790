package io.github.kvslocal.registry;

import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;

/**
 * A stream as DescribeStream shows it; its status is always ACTIVE.
 *
 * @param settings what its creator asked for
 * @param version changes with each update; {@code [a-zA-Z0-9]{1,64}}
 */
public record MediaStream(StreamArn arn, Settings settings, String version) {

  /**
   * What CreateStream takes; a text that was left out is empty.
   *
   * @param retentionHours 0 keeps nothing for later reading
   * @param kmsKeyId empty stands for the service's own key
   */
  public record Settings(int retentionHours, String mediaType, String deviceName, String kmsKeyId) {
    /** A stream that keeps its media for this long and says nothing else. */
    public static Settings keeping(int hours) {
      return new Settings(hours, "", "", "");
    }
  }

  /** When it was created, to the millisecond; the ARN says the same. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(arn.createdAtMillis());
  }
}
