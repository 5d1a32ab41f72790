package io.github.kvslocal.fault;

/**
 * What a rule is for; an empty text is for all.
 *
 * @param operation of calls, such as {@code JoinStorageSession} or {@code ConnectAsViewer}; of
 *     messages, {@code SDP_ANSWER} or {@code ICE_CANDIDATE}
 * @param channel its name, or its ARN
 * @param client a viewer's client id, or {@value #MASTER}
 */
public record FaultScope(String operation, String channel, String client) {
  /** Stands for the master. */
  public static final String MASTER = "master";

  /** Everything. */
  public static final FaultScope ALL = new FaultScope("", "", "");

  boolean covers(Occasion occasion) {
    return isFor(operation, occasion.operation())
        && (isFor(channel, occasion.channelName()) || isSameArn(channel, occasion.channelArn()))
        && isFor(client, occasion.client());
  }

  /** Who calls a channel by its name does not tell when it was made, which is {@code *} then. */
  private static boolean isSameArn(String wanted, String at) {
    int time = at.lastIndexOf('/') + 1;
    return wanted.equals(at)
        || (at.endsWith("/*")
            && wanted.lastIndexOf('/') + 1 == time
            && wanted.startsWith(at.substring(0, time)));
  }

  private static boolean isFor(String wanted, String at) {
    return wanted.isEmpty() || wanted.equals(at);
  }
}
