package io.github.kvslocal.conformance.sdk;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClient;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaClient;
import software.amazon.awssdk.services.kinesisvideomedia.KinesisVideoMediaClient;
import software.amazon.awssdk.services.kinesisvideosignaling.KinesisVideoSignalingClient;
import software.amazon.awssdk.services.kinesisvideowebrtcstorage.KinesisVideoWebRtcStorageClient;

/**
 * An operation as the AWS SDK for Java was generated from its service's model.
 *
 * @param method of the client, from a request to a response or to a stream of bytes
 */
public record JavaOperation(Service service, Method method) {
  /** All operations of a service. */
  public static List<JavaOperation> all(Service service) {
    return methods(service).map(method -> new JavaOperation(service, method)).toList();
  }

  /**
   * The operation that the API reference calls so; acronyms are spelled in another case in Java.
   *
   * @throws IllegalArgumentException if the service has none
   */
  public static JavaOperation of(Service service, String name) {
    return all(service).stream()
        .filter(operation -> operation.isCalled(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(service + " has no operation " + name));
  }

  /** Whether the API reference calls it so. */
  public boolean isCalled(String name) {
    return method.getName().equalsIgnoreCase(name);
  }

  /** The names of the errors that the model lists for it. */
  public Set<String> errors() {
    return Arrays.stream(method.getExceptionTypes())
        .filter(AwsServiceException.class::isAssignableFrom)
        .filter(type -> type.getSuperclass().getSuperclass() == AwsServiceException.class)
        .map(Class::getSimpleName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Class<?> requestType() {
    return method.getParameterTypes()[0];
  }

  String modelPackage() {
    return requestType().getPackageName();
  }

  private static Stream<Method> methods(Service service) {
    // Not those that take a lambda, a file or nothing, and no paginators.
    return Arrays.stream(type(service).getMethods())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
        .filter(
            method ->
                AwsResponse.class.isAssignableFrom(method.getReturnType())
                    || method.getReturnType() == ResponseInputStream.class);
  }

  private static Class<? extends AwsClient> type(Service service) {
    return switch (service) {
      case KINESIS_VIDEO -> KinesisVideoClient.class;
      case SIGNALING -> KinesisVideoSignalingClient.class;
      case WEBRTC_STORAGE -> KinesisVideoWebRtcStorageClient.class;
      case MEDIA -> KinesisVideoMediaClient.class;
      case ARCHIVED_MEDIA -> KinesisVideoArchivedMediaClient.class;
    };
  }
}
