package io.github.kvslocal.channel;

/**
 * The name of a stream, {@code arn:aws:kinesisvideo:<region>:<account>:stream/<name>/<creation time
 * in milliseconds>} (CreateStream API page, pattern of the ARN).
 *
 * @param account 12 digits
 * @param createdAtMillis since the epoch; 13 digits, since the KVS C SDK takes no other
 */
public record StreamArn(
    String partition, String region, String account, String name, long createdAtMillis) {
  private static final String KIND = "stream";

  /** Reads a foreign ARN of at most 1024 characters. */
  public static StreamArn parse(String text) throws RefusedException {
    ResourceArn arn = ResourceArn.parse(KIND, text);
    return new StreamArn(
        arn.partition(), arn.region(), arn.account(), arn.name(), arn.createdAtMillis());
  }

  @Override
  public String toString() {
    return new ResourceArn(partition, region, account, KIND, name, createdAtMillis).toString();
  }
}
