package io.github.kvslocal.api;

import io.github.kvslocal.channel.Reason;
import java.util.Locale;
import java.util.Set;

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

  /** Those of the control plane whose models list NotAuthorizedException. */
  private static final Set<String> NOT_AUTHORIZED =
      Set.of(
          "DeleteStream",
          "DescribeStream",
          "GetDataEndpoint",
          "ListEdgeAgentConfigurations",
          "ListTagsForStream",
          "TagStream",
          "UntagStream",
          "UpdateDataRetention",
          "UpdateStream");

  /** That of an operation, by its path, such as {@code /v1/get-ice-server-config}. */
  public static Action ofPath(Service service, String path) {
    StringBuilder name = new StringBuilder();
    for (String word : path.substring(path.lastIndexOf('/') + 1).split("-", -1)) {
      name.append(word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT))
          .append(word.substring(Math.min(1, word.length())));
    }
    return new Action(service, name.toString());
  }

  /**
   * What somebody is answered who may not do it, by the error lists of the models; for the socket,
   * by the ConnectAsMaster page. CreateStream and ListStreams list no such error; AWS does not say
   * what they answer (assumed as of channels).
   */
  ServiceError denied() {
    if (equals(CONNECT_AS_MASTER) || equals(CONNECT_AS_VIEWER)) {
      return ServiceError.ACCESS_DENIED_403;
    }
    return service == Service.KINESIS_VIDEO && NOT_AUTHORIZED.contains(name)
        ? ServiceError.NOT_AUTHORIZED
        : ServiceError.of(service, Reason.NOT_PERMITTED);
  }

  @Override
  public String toString() {
    return "kinesisvideo:" + name;
  }
}
