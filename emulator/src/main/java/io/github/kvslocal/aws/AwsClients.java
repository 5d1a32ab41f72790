package io.github.kvslocal.aws;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.KvsLocalOptions;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Points clients of the AWS SDK for Java v2 at an emulator. Each is told its endpoint, its region,
 * and credentials that it takes: of the options' account, or, where signatures are required, the
 * first that may sign. The machine's own credentials and settings are never asked.
 *
 * <pre>{@code
 * KinesisVideoClient client =
 *     AwsClients.configure(KinesisVideoClient.builder(), emulator).build();
 * }</pre>
 */
public final class AwsClients {
  private AwsClients() {}

  /**
   * A client of any of its services, over HTTP.
   *
   * @return the same builder
   */
  public static <B extends AwsClientBuilder<B, C>, C> B configure(B builder, KvsLocal emulator) {
    return configure(builder, emulator, emulator.endpoint());
  }

  /**
   * A client that follows an endpoint which the emulator has returned, such as that of {@code
   * GetSignalingChannelEndpoint}; where it begins with {@code https}, the client has to trust the
   * emulator, as one of {@link #configureSecurely} does.
   *
   * @return the same builder
   */
  public static <B extends AwsClientBuilder<B, C>, C> B configure(
      B builder, KvsLocal emulator, URI endpoint) {
    KvsLocalOptions options = emulator.options();
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(options.region()))
        .credentialsProvider(StaticCredentialsProvider.create(credentials(options)));
  }

  /**
   * A client of any of its services, over HTTPS, which trusts this emulator and nobody else. It
   * closes its HTTP client when it is closed.
   *
   * @param http makes what carries the requests, such as {@code ApacheHttpClient.builder()}; one
   *     that knows the SDK's setting for trust managers, as those of the SDK do
   * @return the same builder
   */
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C>
      B configureSecurely(B builder, SdkHttpClient.Builder<?> http, KvsLocal emulator) {
    return configureSecurely(builder, http, emulator, emulator.secureEndpoint());
  }

  /**
   * The same for an endpoint which the emulator has returned.
   *
   * @return the same builder
   */
  public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C>
      B configureSecurely(
          B builder, SdkHttpClient.Builder<?> http, KvsLocal emulator, URI endpoint) {
    return configure(builder, emulator, endpoint)
        .httpClientBuilder(new TrustingHttp(http, emulator.authorityPem()));
  }

  /** An access key of twelve digits stands for its account. */
  private static AwsCredentials credentials(KvsLocalOptions options) {
    if (!options.requireSignatures() || options.credentials().isEmpty()) {
      return AwsBasicCredentials.create(options.account(), "kvslocal");
    }
    var signer = options.credentials().get(0);
    return signer.token().isEmpty()
        ? AwsBasicCredentials.create(signer.key().id(), signer.secret())
        : AwsSessionCredentials.create(signer.key().id(), signer.secret(), signer.token());
  }
}
