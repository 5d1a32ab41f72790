package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnedUrlsTest {
  @ParameterizedTest
  @CsvSource({
    "false, localhost:4580, http://localhost:4580, wss://localhost:4580/master",
    "true, localhost:4580, https://localhost:4580, wss://localhost:4580/master",
    "true, 'kinesisvideo.us-east-1.amazonaws.com',"
        + " https://kinesisvideo.us-east-1.amazonaws.com,"
        + " wss://kinesisvideo.us-east-1.amazonaws.com",
    "false, kvs, http://kvs:4580, wss://kvs:4580",
    "true, '[::1]:9', https://[::1]:9, wss://[::1]:9/master",
    "true, '[::1]', https://[::1], wss://[::1]",
    "false, kvs_local:80, http://kvs_local:80, wss://kvs_local:80/master",
    "false, '', http://localhost:4580, wss://localhost:4580/master",
    "false, 'a b\"<script>', http://localhost:4580, wss://localhost:4580/master"
  })
  void urlsAreThoseByWhichTheRequestCame(boolean tls, String host, String rest, String socket) {
    ReturnedUrls urls = ReturnedUrls.of(tls, host, 4580);

    assertThat(urls.rest()).isEqualTo(rest);
    assertThat(urls.socket(ReturnedUrls.Role.MASTER)).isEqualTo(socket);
  }

  @ParameterizedTest
  @CsvSource({
    "https://kvs.example, https://kvs.example, wss://kvs.example",
    "https://kvs.example/, https://kvs.example, wss://kvs.example",
    "http://kvs.example:81, http://kvs.example:81, wss://kvs.example:81/viewer"
  })
  void publicUrlOverridesAll(String publicUrl, String rest, String socket) {
    ReturnedUrls urls = ReturnedUrls.fixed(publicUrl);

    assertThat(urls.rest()).isEqualTo(rest);
    assertThat(urls.socket(ReturnedUrls.Role.VIEWER)).isEqualTo(socket);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kvs.example", "ftp://kvs.example", "https://", "https://a/b?c"})
  void publicUrlThatIsNoneIsRefused(String publicUrl) {
    assertThatThrownBy(() -> ReturnedUrls.fixed(publicUrl))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(publicUrl);
  }
}
