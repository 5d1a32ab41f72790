package io.github.kvslocal;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** What everything that can be read of an emulator says about a few names. */
final class Readings {
  private static final String ACCOUNT = ":us-east-1:000000000000:";

  /** Asked with a name; the path and the member that names the channel or stream. */
  private static final String[][] BY_NAME = {
    {"/describeSignalingChannel", "ChannelName"},
    {"/describeMediaStorageConfiguration", "ChannelName"},
    {"/describeStream", "StreamName"},
    {"/listTagsForStream", "StreamName"},
    {"/describeMappedResourceConfiguration", "StreamName"},
    {"/describeNotificationConfiguration", "StreamName"},
    {"/describeImageGenerationConfiguration", "StreamName"},
    {"/describeEdgeConfiguration", "StreamName"},
    {"/describeStreamStorageConfiguration", "StreamName"},
    {"/listFragments", "StreamName"},
  };

  private static final String[][] OTHERS = {
    {"/listSignalingChannels", "{}"},
    {"/listStreams", "{}"},
    {
      "/listEdgeAgentConfigurations",
      "{\"HubDeviceArn\":\"arn:aws:iot" + ACCOUNT + "thing/" + FullHouse.HUB + "\"}"
    },
  };

  /** These say what a request says, not what the emulator knows, beside what others say too. */
  private static final List<String> NOT_ASKED =
      List.of(
          "/getSignalingChannelEndpoint",
          "/getDataEndpoint",
          "/v1/get-ice-server-config",
          "/getMedia",
          "/getMediaForFragmentList",
          "/getHLSStreamingSessionURL",
          "/getDASHStreamingSessionURL",
          "/getClip",
          "/getImages");

  private static final List<String> ROUTES =
      List.of(
          "/_kvslocal/health",
          "/_kvslocal/ready",
          "/_kvslocal/ca.pem",
          "/_kvslocal/openapi.json",
          "/_kvslocal/operations",
          "/_kvslocal/clock",
          "/_kvslocal/sessions",
          "/_kvslocal/network",
          "/_kvslocal/faults");

  private static final List<String> ROUTES_BY_NAME =
      List.of("/_kvslocal/streams/{name}/fragments", "/_kvslocal/streams/{name}/recording.mkv");

  private static final String JOURNAL = "/_kvslocal/journal";

  private Readings() {}

  /** Every answer in order, without what is thrown by dice. */
  static List<String> of(KvsLocal emulator, List<String> names) throws Exception {
    Client client = new Client(emulator);
    List<String> said = new ArrayList<>();
    // First, since what comes then is in it.
    said.add(said(JOURNAL, client.get("https", JOURNAL)));
    for (String route : ROUTES) {
      said.add(said(route, client.get("https", route)));
    }
    for (String[] other : OTHERS) {
      said.add(said(other[0], client.post("https", other[0], other[1])));
    }
    for (String name : names) {
      for (String[] operation : BY_NAME) {
        String body = "{\"" + operation[1] + "\":\"" + name + "\"}";
        said.add(said(operation[0] + " " + name, client.post("https", operation[0], body)));
      }
      String arn = client.channelArn(name);
      said.add(
          said(
              "/ListTagsForResource " + name,
              client.post("https", "/ListTagsForResource", "{\"ResourceARN\":\"" + arn + "\"}")));
      for (String route : ROUTES_BY_NAME) {
        String path = route.replace("{name}", name);
        said.add(said(path, client.get("https", path)));
      }
    }
    return said;
  }

  /** The paths that say the same of every name in both. */
  static List<String> unchanged(List<String> before, List<String> after) {
    var paths = new TreeSet<String>();
    before.forEach(each -> paths.add(path(each)));
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i))) {
        paths.remove(path(before.get(i)));
      }
    }
    return List.copyOf(paths);
  }

  /** Of one answer, without the name in it. */
  private static String path(String said) {
    return said.substring(0, said.indexOf(' ')).replaceAll("/streams/[a-z]+/", "/streams/{name}/");
  }

  private static String said(String what, HttpResponse<String> answer) {
    return what
        + " "
        + answer.statusCode()
        + " "
        + answer.body().replaceAll("\"(Version|CurrentVersion)\":\"[^\"]*\"", "\"$1\":\"\"");
  }

  /**
   * The paths of all operations that only read, and of all routes by GET, that nobody asks here.
   */
  static List<String> notAsked(KvsLocal emulator) throws Exception {
    Client client = new Client(emulator);
    var left = new TreeSet<String>();
    StreamSupport.stream(
            Client.json(client.get("https", "/_kvslocal/operations")).spliterator(), false)
        .filter(row -> row.path("operation").asText().matches("(Describe|List|Get).*"))
        .forEach(row -> left.add(row.path("path").asText()));
    Client.json(client.get("https", "/_kvslocal/openapi.json"))
        .path("paths")
        .properties()
        .forEach(
            path -> {
              if (path.getValue().has("get")) {
                left.add(path.getKey());
              }
            });
    NOT_ASKED.forEach(left::remove);
    ROUTES.forEach(left::remove);
    ROUTES_BY_NAME.forEach(left::remove);
    left.remove(JOURNAL);
    left.remove("/ListTagsForResource");
    for (String[] operation : BY_NAME) {
      left.remove(operation[0]);
    }
    for (String[] operation : OTHERS) {
      left.remove(operation[0]);
    }
    return List.copyOf(left);
  }
}
