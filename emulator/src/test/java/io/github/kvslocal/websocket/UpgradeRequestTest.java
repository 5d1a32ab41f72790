package io.github.kvslocal.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.api.Caller;
import io.github.kvslocal.channel.RefusedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeRequestTest {
  private static final Caller CALLER = new Caller("000000000000", "us-east-1");
  private static final String ARN =
      "arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1795161600123";

  @ParameterizedTest
  @CsvSource({
    "/, '', master",
    "/, MASTER, master",
    "/, ann, viewer ann",
    "/master, '', master",
    "/master/, MASTER, master",
    "/master, ann, master",
    "/master, aws_device, master",
    "/viewer, ann, viewer ann",
    "//viewer/, MASTER, viewer MASTER"
  })
  void pathAndClientIdTellTheRole(String path, String clientId, String participant)
      throws RefusedException {
    UpgradeRequest request = UpgradeRequest.of(CALLER, path, ARN, clientId);

    assertThat(request.participant()).hasToString(participant);
    assertThat(request.channel()).hasToString(ARN);
  }

  @ParameterizedTest
  @CsvSource({
    "/, '', '', X-Amz-ChannelARN is required",
    "/, nonsense, '', Expected an ARN",
    "/, 'arn:aws-cn:kinesisvideo:cn-north-1:000000000000:channel/door/1795161600123', '',"
        + " has to begin with arn:aws:",
    "/viewer, 'arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1795161600123', '',"
        + " X-Amz-ClientId is required",
    "/, 'arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1795161600123', aws_ann,"
        + " must not start with AWS_",
    "/, 'arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1795161600123', 'a b',"
        + " The client id must be"
  })
  void badArgumentIsNamed(String path, String arn, String clientId, String complaint) {
    assertThatThrownBy(() -> UpgradeRequest.of(CALLER, path, arn, clientId))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "/, true",
    "/master, true",
    "/viewer/, true",
    "//, true",
    "/elsewhere, false",
    "'', false"
  })
  void socketsOpenAtThreePaths(String path, boolean known) {
    assertThat(UpgradeRequest.knowsPath(path)).isEqualTo(known);
  }
}
