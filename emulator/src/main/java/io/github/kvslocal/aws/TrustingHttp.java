package io.github.kvslocal.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.utils.AttributeMap;

/** Makes what another builder makes, but trusting one authority and nobody else. */
final class TrustingHttp implements SdkHttpClient.Builder<TrustingHttp> {
  private final SdkHttpClient.Builder<?> http;
  private final TrustManager[] managers;

  TrustingHttp(SdkHttpClient.Builder<?> http, String authorityPem) {
    this.http = http;
    this.managers = trusting(authorityPem);
  }

  @Override
  public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
    AttributeMap trust =
        AttributeMap.builder()
            .put(SdkHttpConfigurationOption.TLS_TRUST_MANAGERS_PROVIDER, managers::clone)
            .build();
    // What stands in the first map wins.
    return http.buildWithDefaults(trust.merge(defaults));
  }

  private static TrustManager[] trusting(String authorityPem) {
    try (var pem = new ByteArrayInputStream(authorityPem.getBytes(US_ASCII))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "kvslocal", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(store);
      return managers.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has PKIX, PKCS12 and X.509", e);
    }
  }
}
