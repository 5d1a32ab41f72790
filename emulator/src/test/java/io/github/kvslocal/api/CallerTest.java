package io.github.kvslocal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {
  private static final Caller UNNAMED = new Caller("000000000000", "us-east-1");

  @ParameterizedTest
  @CsvSource({
    "'', '', 000000000000, us-east-1",
    "Basic abc, '', 000000000000, us-east-1",
    "'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/eu-west-1/kinesisvideo/aws4_request,"
        + " SignedHeaders=host, Signature=00', '', 000000000000, eu-west-1",
    "'AWS4-HMAC-SHA256 Credential=123456789012/20261120/eu-west-1/kinesisvideo/aws4_request', '',"
        + " 123456789012, eu-west-1",
    "'AWS4-HMAC-SHA256 Credential=AKID/2026/eu-west-1/x', '', 000000000000, us-east-1",
    "'AWS4-HMAC-SHA256 Credential=%zz/20261120/eu-west-1/x', '', 000000000000, eu-west-1",
    "'AWS4-HMAC-SHA256 Credential = 123456789012/20261120/eu-west-1/kinesisvideo/aws4_request',"
        + " X-Amz-Credential=222222222222/20261120/eu-west-2/x, 123456789012, eu-west-1",
    "'', a=b&X-Amz-Credential=123456789012%2F20261120%2Feu-west-1%2Fkinesisvideo%2Faws4_request,"
        + " 123456789012, eu-west-1",
    "'', X-Amz-Credential=AKID/20261120/eu-west-1/kinesisvideo/aws4_request, 000000000000,"
        + " eu-west-1",
    "'', X-Amz-Credential=%zz, 000000000000, us-east-1"
  })
  void callerIsWhomTheCredentialNames(
      String authorization, String query, String account, String region) {
    Arrival request =
        Arrival.of("POST", "/", query, Map.of("Authorization", authorization).entrySet(), 4580);

    Caller caller = CredentialScope.claimed(request).map(UNNAMED::named).orElse(UNNAMED);

    assertThat(caller.account()).isEqualTo(account);
    assertThat(caller.region()).isEqualTo(region);
  }
}
