package io.github.kvslocal.websocket;

import io.github.kvslocal.api.Action;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.util.Locale;

/**
 * Who wants to open a socket of which channel (ConnectAsMaster, ConnectAsViewer API pages).
 *
 * <p>The service tells roles apart by host. Here the path does: at {@code /master} everybody is the
 * master, whatever the client id. Without a path the client id decides: a master's socket has none,
 * or {@code MASTER}, which AWS's Python sample sends.
 */
record UpgradeRequest(Caller caller, ChannelArn channel, Participant participant) {
  private static final String MASTER_ID = "MASTER";
  private static final String RESERVED_PREFIX = "AWS_";

  /** The pages' pattern knows no other, unlike the models of the REST interface. */
  private static final String PARTITION = "aws";

  /** Whether a socket can be opened at this path at all. */
  static boolean knowsPath(String path) {
    return switch (plain(path)) {
      case "/", "/master", "/viewer" -> true;
      default -> false;
    };
  }

  /**
   * Reads the request's facts; an argument that is absent is the empty text.
   *
   * @throws RefusedException naming the query parameter at fault
   */
  static UpgradeRequest of(Caller caller, String path, String channelArn, String clientId)
      throws RefusedException {
    if (channelArn.isEmpty()) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT, "The query parameter X-Amz-ChannelARN is required.");
    }
    ChannelArn channel = ChannelArn.parse(channelArn);
    if (!channel.partition().equals(PARTITION)) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "X-Amz-ChannelARN has to begin with arn:aws:kinesisvideo:, but begins with arn:"
              + channel.partition());
    }
    if (isMaster(plain(path), clientId)) {
      return new UpgradeRequest(caller, channel, Participant.MASTER);
    }
    if (clientId.isEmpty()) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The query parameter X-Amz-ClientId is required to connect as a viewer.");
    }
    if (clientId.toUpperCase(Locale.ROOT).startsWith(RESERVED_PREFIX)) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT, "X-Amz-ClientId must not start with AWS_, which is reserved.");
    }
    return new UpgradeRequest(caller, channel, new Participant.Viewer(ClientId.parse(clientId)));
  }

  /** What somebody has to be allowed to do. */
  Action action() {
    return participant.equals(Participant.MASTER)
        ? Action.CONNECT_AS_MASTER
        : Action.CONNECT_AS_VIEWER;
  }

  /** The same of a request that may be none; empty if nothing can be done at its path. */
  static String actionName(String path, String clientId) {
    if (!knowsPath(path)) {
      return "";
    }
    return (isMaster(plain(path), clientId) ? Action.CONNECT_AS_MASTER : Action.CONNECT_AS_VIEWER)
        .name();
  }

  private static boolean isMaster(String path, String clientId) {
    return switch (path) {
      case "/master" -> true;
      case "/viewer" -> false;
      default -> clientId.isEmpty() || clientId.equals(MASTER_ID);
    };
  }

  private static String plain(String path) {
    String plain = path.replaceAll("/{2,}", "/");
    return plain.length() > 1 && plain.endsWith("/")
        ? plain.substring(0, plain.length() - 1)
        : plain;
  }
}
