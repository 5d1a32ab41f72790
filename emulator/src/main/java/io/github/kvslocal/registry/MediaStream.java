package io.github.kvslocal.registry;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;

/**
 * A stream as DescribeStream shows it; its status is always ACTIVE.
 *
 * @param settings what its creator asked for, and what was updated since
 * @param version changes with each update; {@code [a-zA-Z0-9]{1,64}}
 */
public record MediaStream(StreamArn arn, Settings settings, String version, Tags tags)
    implements Resource<StreamArn> {

  /**
   * What CreateStream takes; a text that was left out is empty.
   *
   * @param retentionHours 0 keeps nothing for later reading; at most {@link
   *     Registry#LONGEST_RETENTION_HOURS}
   * @param kmsKeyId empty stands for the service's own key
   */
  public record Settings(
      int retentionHours,
      String mediaType,
      String deviceName,
      String kmsKeyId,
      StorageTier storageTier) {
    /** A stream that keeps its media for this long and says nothing else. */
    public static Settings keeping(int hours) {
      return new Settings(hours, "", "", "", StorageTier.HOT);
    }

    Settings withRetention(int hours) {
      return new Settings(hours, mediaType, deviceName, kmsKeyId, storageTier);
    }

    Settings withStorageTier(StorageTier tier) {
      return new Settings(retentionHours, mediaType, deviceName, kmsKeyId, tier);
    }

    /** With another description; an empty text leaves what there was. */
    Settings described(String newMediaType, String newDeviceName) {
      return new Settings(
          retentionHours,
          newMediaType.isEmpty() ? mediaType : newMediaType,
          newDeviceName.isEmpty() ? deviceName : newDeviceName,
          kmsKeyId,
          storageTier);
    }
  }

  /** When it was created, to the millisecond; the ARN says the same. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(arn.createdAtMillis());
  }

  MediaStream with(Tags others) {
    return new MediaStream(arn, settings, version, others);
  }

  /** Declines what only a stream that keeps its media can be asked (NoDataRetentionException). */
  public void requireRetention() throws RefusedException {
    if (settings.retentionHours() == 0) {
      throw new RefusedException(
          Reason.NO_DATA_RETENTION,
          "The stream "
              + arn.name()
              + " keeps no data; its DataRetentionInHours has to be greater than 0.");
    }
  }
}
