package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.KvsLocalOptions.LossyPictures;
import io.github.kvslocal.KvsLocalOptions.QuotaProfile;
import io.github.kvslocal.KvsLocalOptions.RecordedAudio;
import io.github.kvslocal.api.Credentials;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.signaling.SignalingLimits.OlderConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KvsLocalOptionsTest {
  private static final Credentials CREDENTIALS = Credentials.parse("test:hidden:hidden");
  private static final KvsLocalOptions DEFAULTS = KvsLocalOptions.defaults();

  @Test
  void eachIsChangedAloneAndNoneIsLost() {
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);

    SessionLimits limits =
        new SessionLimits(
            9,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(4));
    SignalingOptions signaling =
        SignalingOptions.DEFAULT
            .withCandidateSdpMid(true)
            .withLimits(SignalingLimits.DOCUMENTED.withOlder(OlderConnection.LEAVE));
    NetworkModel network = NetworkModel.parse("loss=3%");
    KvsLocalOptions options =
        DEFAULTS
            .withPort(1)
            .withTlsPort(2)
            .withDataDirectory(Path.of("elsewhere"))
            .withEphemeral(true)
            .withOwner("123456789012", "eu-west-1")
            .withChannels(List.of("door"))
            .withAdvertise(List.of("192.0.2.1:4580"))
            .withPublicUrl("https://kvs.example")
            .withFragmentLength(Duration.ofSeconds(3))
            .withClock(clock)
            .withRequiredSignatures(List.of(CREDENTIALS))
            .withDenied(List.of("Join*"))
            .withQuotas(QuotaProfile.DOCUMENTED)
            .withSessionLimits(limits)
            .withRecordedAudio(RecordedAudio.MASTER)
            .withLossyPictures(LossyPictures.KEEP)
            .withNetwork(network)
            .withSignaling(signaling)
            .withAdminRemote(true);

    assertThat(options)
        .isEqualTo(
            new KvsLocalOptions(
                1,
                2,
                Path.of("elsewhere"),
                true,
                "123456789012",
                "eu-west-1",
                List.of("door"),
                List.of("192.0.2.1:4580"),
                "https://kvs.example",
                Duration.ofSeconds(3),
                clock,
                true,
                List.of(CREDENTIALS),
                List.of("Join*"),
                QuotaProfile.DOCUMENTED,
                limits,
                RecordedAudio.MASTER,
                LossyPictures.KEEP,
                network,
                signaling,
                true));
  }

  @Test
  void asManyViewersReachAChannelAsItsSessionTakes() {
    SessionLimits documented = SessionLimits.DOCUMENTED;
    SessionLimits crowded =
        new SessionLimits(
            30,
            documented.handshake(),
            documented.seatHold(),
            documented.masterlessGrace(),
            documented.length());

    assertThat(DEFAULTS.signalingLimits().viewers()).isEqualTo(10);
    assertThat(DEFAULTS.withSessionLimits(crowded).signalingLimits().viewers()).isEqualTo(30);
  }

  @Test
  void documentedQuotasAreThoseOfTheSocketsToo() {
    assertThat(DEFAULTS.signalingLimits().rates().enforced()).isFalse();
    assertThat(DEFAULTS.withQuotas(QuotaProfile.DOCUMENTED).signalingLimits().rates().enforced())
        .isTrue();
  }

  @Test
  void textShowsNoSecret() {
    KvsLocalOptions options = DEFAULTS.withRequiredSignatures(List.of(CREDENTIALS));

    assertThat(options.toString()).contains("requireSignatures=true").doesNotContain("hidden");
  }

  @ParameterizedTest
  @MethodSource
  void whatCannotBeIsOneClearLine(UnaryOperator<KvsLocalOptions> change, String complaint) {
    assertThatThrownBy(() -> change.apply(DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint)
        .message()
        .hasLineCount(1);
  }

  static Stream<Arguments> whatCannotBeIsOneClearLine() {
    return Stream.of(
        bad(options -> options.withPort(65_536), "the port must be 0 to 65535, but is 65536"),
        bad(options -> options.withTlsPort(-2), "the TLS port must be 0 to 65535, but is -2"),
        bad(options -> options.withTlsPort(4580), "must be another than the port"),
        bad(options -> options.withOwner("12", "us-east-1"), "12 digits, unlike 12"),
        bad(options -> options.withOwner("000000000000", "US"), "not a region: US"),
        bad(options -> options.withChannels(List.of("a b")), "[a-zA-Z0-9_.-], unlike a b"),
        bad(
            options -> options.withAdvertise(List.of("192.0.2.1", "kvs.example")),
            "'kvs.example' is not ADDRESS[:PORT] with a literal IP address"),
        bad(options -> options.withAdvertise(List.of("192.0.2.1:x")), "not a port"),
        bad(
            options -> options.withPublicUrl("kvs.example"),
            "the public URL must be http://<host>[:<port>]"),
        bad(
            options -> options.withPublicUrl("http://kvs.example:65536"),
            "the public URL's port must be 1 to 65535, but it is http://kvs.example:65536"),
        bad(
            options -> options.withRequiredSignatures(List.of()),
            "signatures can be required only of somebody"),
        bad(options -> options.withFragmentLength(Duration.ofMillis(999)), "1 to 20 seconds"),
        bad(
            options ->
                options.withSignaling(
                    SignalingOptions.DEFAULT.withLimits(
                        SignalingLimits.DOCUMENTED.withPings(Duration.ofSeconds(-1)))),
            "0 (none) to 3600 seconds apart, not -1"));
  }

  private static Arguments bad(UnaryOperator<KvsLocalOptions> change, String complaint) {
    return Arguments.of(change, complaint);
  }
}
