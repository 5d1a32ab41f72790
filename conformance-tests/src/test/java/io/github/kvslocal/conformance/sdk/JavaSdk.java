package io.github.kvslocal.conformance.sdk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesisvideo.KinesisVideoClient;
import software.amazon.awssdk.services.kinesisvideoarchivedmedia.KinesisVideoArchivedMediaClient;
import software.amazon.awssdk.services.kinesisvideomedia.KinesisVideoMediaClient;
import software.amazon.awssdk.services.kinesisvideosignaling.KinesisVideoSignalingClient;
import software.amazon.awssdk.services.kinesisvideowebrtcstorage.KinesisVideoWebRtcStorageClient;

/** AWS SDK for Java v2, in this JVM, with the HTTP client that it takes by itself. */
final class JavaSdk implements SdkClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final SdkHttpClient http = ApacheHttpClient.builder().socketTimeout(TIMEOUT).build();

  @Override
  public SdkAnswer call(SdkCall call) {
    JavaOperation operation = JavaOperation.of(call.service(), call.operation());
    SdkPojo request = Pojos.request(operation.requestType(), call.input());
    Attempts attempts = new Attempts();
    try (AwsClient client = client(call.service(), call.access(), attempts)) {
      return output(invoke(client, operation, request), attempts);
    } catch (AwsServiceException e) {
      return failure(e, operation, attempts);
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private AwsClient client(Service service, Access access, ExecutionInterceptor ear) {
    return switch (service) {
      case KINESIS_VIDEO -> built(KinesisVideoClient.builder(), access, ear);
      case SIGNALING -> built(KinesisVideoSignalingClient.builder(), access, ear);
      case WEBRTC_STORAGE -> built(KinesisVideoWebRtcStorageClient.builder(), access, ear);
      case MEDIA -> built(KinesisVideoMediaClient.builder(), access, ear);
      case ARCHIVED_MEDIA -> built(KinesisVideoArchivedMediaClient.builder(), access, ear);
    };
  }

  private <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C built(
      B builder, Access access, ExecutionInterceptor ear) {
    return builder
        .endpointOverride(access.endpoint())
        .region(Region.of(access.region()))
        .credentialsProvider(StaticCredentialsProvider.create(credentials(access)))
        .httpClient(http)
        .overrideConfiguration(
            override ->
                override.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(ear))
        .build();
  }

  private static AwsCredentials credentials(Access access) {
    return access.token().isEmpty()
        ? AwsBasicCredentials.create(access.accessKey(), access.secret())
        : AwsSessionCredentials.create(access.accessKey(), access.secret(), access.token());
  }

  private static Object invoke(AwsClient client, JavaOperation operation, SdkPojo request) {
    try {
      return operation.method().invoke(client, request);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof AwsServiceException failure) {
        throw failure;
      }
      throw new IllegalStateException("the SDK failed: " + e.getCause(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot call " + operation, e);
    }
  }

  private static SdkAnswer output(Object answer, Attempts attempts) {
    if (answer instanceof ResponseInputStream<?> stream) {
      ObjectNode length = JsonNodeFactory.instance.objectNode();
      try (stream) {
        length.put("Payload", stream.readAllBytes().length);
      } catch (IOException e) {
        throw new UncheckedIOException("the SDK's stream broke", e);
      }
      return new SdkAnswer.Output(length, receipt((AwsResponse) stream.response(), attempts));
    }
    AwsResponse response = (AwsResponse) answer;
    return new SdkAnswer.Output(Pojos.json(response), receipt(response, attempts));
  }

  private static SdkAnswer.Receipt receipt(AwsResponse response, Attempts attempts) {
    return new SdkAnswer.Receipt(
        response.sdkHttpResponse().statusCode(),
        response.responseMetadata().requestId(),
        attempts.count);
  }

  private static SdkAnswer failure(
      AwsServiceException e, JavaOperation operation, Attempts attempts) {
    String type = e.awsErrorDetails().errorCode();
    String requestId = e.requestId();
    return new SdkAnswer.Failure(
        type == null ? "" : type,
        e.awsErrorDetails().errorMessage(),
        operation.modelPackage().equals(e.getClass().getPackageName())
                && e.getClass().getSimpleName().equals(type)
            ? SdkAnswer.Surface.MODELLED
            : SdkAnswer.Surface.GENERIC,
        new SdkAnswer.Receipt(e.statusCode(), requestId == null ? "" : requestId, attempts.count));
  }

  /** Counts what is sent for one call. */
  private static final class Attempts implements ExecutionInterceptor {
    private int count;

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      count++;
    }
  }
}
