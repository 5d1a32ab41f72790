package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.registry.Owner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialTest {
  private static final Owner DEFAULT = new Owner("000000000000", "us-east-1");

  @ParameterizedTest
  @CsvSource({
    "'', 000000000000, us-east-1",
    "Basic abc, 000000000000, us-east-1",
    "'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/eu-west-1/kinesisvideo/aws4_request,"
        + " SignedHeaders=host, Signature=00', 000000000000, eu-west-1",
    "'AWS4-HMAC-SHA256 Credential=123456789012/20261120/eu-west-1/kinesisvideo/aws4_request',"
        + " 123456789012, eu-west-1",
    "'AWS4-HMAC-SHA256 Credential=AKID/2026/eu-west-1/x', 000000000000, us-east-1"
  })
  void ownerIsWhomTheCredentialNames(String authorization, String account, String region) {
    Owner owner = Credential.owner(authorization, DEFAULT);

    assertThat(owner).isEqualTo(new Owner(account, region));
  }
}
