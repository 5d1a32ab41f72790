package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.kvslocal.api.Service;
import java.util.List;

/**
 * The running table of operations for a script to read: a JSON list of {@code
 * {"service","operation","path"}}, with the names that the service models have.
 */
final class OperationList {
  private OperationList() {}

  static byte[] json(List<Operation> operations) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Operation operation : operations) {
      list.addObject()
          .put("service", model(operation.service()))
          .put("operation", operation.action().name())
          .put("path", operation.path());
    }
    return Answer.json(list).bytes();
  }

  /** The name of the service's model, as the AWS CLI and SDKs have it. */
  private static String model(Service service) {
    return switch (service) {
      case KINESIS_VIDEO -> "kinesisvideo";
      case SIGNALING -> "kinesis-video-signaling";
      case WEBRTC_STORAGE -> "kinesis-video-webrtc-storage";
      case MEDIA -> "kinesis-video-media";
      case ARCHIVED_MEDIA -> "kinesis-video-archived-media";
    };
  }
}
