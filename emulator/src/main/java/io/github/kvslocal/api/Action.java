package io.github.kvslocal.api;

import java.util.Locale;

/**
 * What a request wants to do, by the name that IAM policies call it (Service Authorization
 * Reference, "Actions defined by Amazon Kinesis Video Streams").
 *
 * @param name such as {@code JoinStorageSession}, without the prefix {@code kinesisvideo:}
 */
public record Action(Service service, String name) {
  /** To open the socket of a channel as its master. */
  public static final Action CONNECT_AS_MASTER = new Action(Service.SIGNALING, "ConnectAsMaster");

  /** To open the socket of a channel as a viewer. */
  public static final Action CONNECT_AS_VIEWER = new Action(Service.SIGNALING, "ConnectAsViewer");

  /** That of an operation, by its path, such as {@code /v1/get-ice-server-config}. */
  public static Action ofPath(Service service, String path) {
    StringBuilder name = new StringBuilder();
    for (String word : path.substring(path.lastIndexOf('/') + 1).split("-", -1)) {
      name.append(word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT))
          .append(word.substring(Math.min(1, word.length())));
    }
    return new Action(service, name.toString());
  }

  /** Whether it is to open a socket, which is none of REST's operations. */
  boolean opensSocket() {
    return equals(CONNECT_AS_MASTER) || equals(CONNECT_AS_VIEWER);
  }

  @Override
  public String toString() {
    return "kinesisvideo:" + name;
  }
}
