package doorbell;

import java.io.IOException;
import java.net.http.HttpResponse;

/** What a person sees a door with, as far as there is a seat. */
final class ViewerApp {
  /** What it shows. */
  enum Screen {
    CONNECTING,
    TOO_MANY_VIEWERS,
    ERROR
  }

  private final Service service;
  private final String clientId;

  ViewerApp(Service service, String clientId) {
    this.service = service;
    this.clientId = clientId;
  }

  Screen watch(String channelArn) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        service.post(
            "/joinStorageSessionAsViewer",
            "{\"channelArn\":\"%s\",\"clientId\":\"%s\"}".formatted(channelArn, clientId));
    if (answer.statusCode() == 200) {
      return Screen.CONNECTING;
    }
    return answer
            .headers()
            .firstValue("x-amzn-ErrorType")
            .orElse("")
            .startsWith("ClientLimitExceededException")
        ? Screen.TOO_MANY_VIEWERS
        : Screen.ERROR;
  }
}
