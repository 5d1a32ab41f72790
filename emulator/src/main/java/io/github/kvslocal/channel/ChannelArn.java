package io.github.kvslocal.channel;

/**
 * The name of a channel, {@code arn:aws:kinesisvideo:<region>:<account>:channel/<name>/<creation
 * time in milliseconds>} (CreateSignalingChannel API page, pattern of the ARN).
 *
 * @param account 12 digits
 * @param createdAtMillis since the epoch; 13 digits, since the KVS C SDK takes no other
 */
public record ChannelArn(
    String partition, String region, String account, String name, long createdAtMillis) {
  private static final String KIND = "channel";

  /** Reads a foreign ARN of at most 1024 characters. */
  public static ChannelArn parse(String text) throws RefusedException {
    ResourceArn arn = ResourceArn.parse(KIND, text);
    return new ChannelArn(
        arn.partition(), arn.region(), arn.account(), arn.name(), arn.createdAtMillis());
  }

  @Override
  public String toString() {
    return new ResourceArn(partition, region, account, KIND, name, createdAtMillis).toString();
  }
}
