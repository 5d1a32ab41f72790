package io.github.kvslocal.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.conformance.libwebrtc.LibwebrtcMaster;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.conformance.signaling.SignalingMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of signaling, as the JDK's WebSocket hears them; the master at the gate is let alone. */
@NeedsClient({Client.EMULATOR, Client.WEBRTC_JAVA})
class SignalingFaultsIT {
  private static final String OFFER = "SDP_OFFER";
  private static final String CANDIDATE = "ICE_CANDIDATE";

  private static FaultBench bench;

  @BeforeAll
  static void start(@TempDir Path folder) {
    bench =
        FaultBench.start(
            folder,
            "gate",
            "withheld",
            "late",
            "repeated",
            "turned",
            "cut",
            "away",
            "relays",
            "declined");
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void withheldOfferComesToTheNextJoin() {
    bench.add("withhold-offer channel=withheld count=1");
    try (Participant struck = new Participant(bench, "withheld").join();
        Participant other = new Participant(bench, "gate").join()) {
      assertThat(other.next().type()).isEqualTo(OFFER);
      assertThat(struck.all()).isEmpty();

      struck.join();

      assertThat(struck.next().type()).isEqualTo(OFFER);
    }
  }

  @Test
  void delayedOfferComesWhenItsTimeHasPassed() {
    bench.add("delay-offer=20s channel=late");
    try (Participant struck = new Participant(bench, "late").join();
        Participant other = new Participant(bench, "gate").join()) {
      assertThat(other.next().type()).isEqualTo(OFFER);
      assertThat(struck.all()).isEmpty();

      bench.advance("PT20S");

      assertThat(struck.next().type()).isEqualTo(OFFER);
    }
  }

  @Test
  void repeatedOfferIsTheSameEachTime() {
    bench.add("repeat-offer=2 channel=repeated");
    try (Participant struck = new Participant(bench, "repeated").join();
        Participant other = new Participant(bench, "gate").join()) {
      List<SignalingMessage> offers = offers(struck);

      assertThat(offers).hasSize(3).allMatch(offers.get(0)::equals);
      assertThat(offers(other)).hasSize(1);
    }
  }

  private static List<SignalingMessage> offers(Participant participant) {
    return participant.all().stream().filter(each -> each.type().equals(OFFER)).toList();
  }

  @Test
  void candidatesComeBeforeTheirOffer() {
    bench.add("candidates-first channel=turned");
    try (Participant struck = new Participant(bench, "turned").join();
        Participant other = new Participant(bench, "gate").join()) {
      List<String> turned = struck.all().stream().map(SignalingMessage::type).toList();
      List<String> usual = other.all().stream().map(SignalingMessage::type).toList();

      assertThat(turned).startsWith(CANDIDATE).endsWith(OFFER).hasSameSizeAs(usual);
      assertThat(usual).startsWith(OFFER).endsWith(CANDIDATE);
    }
  }

  @ParameterizedTest
  @CsvSource({"drop-socket, 1006", "drop-socket=1011, 1011", "drop-socket=4000, 4000"})
  void droppedSocketIsClosedOnceAndTheNextOneStays(String fault, int code) throws Exception {
    try (Participant struck = new Participant(bench, "cut");
        Participant other = new Participant(bench, "gate")) {
      bench.add(fault + " channel=cut count=1");

      assertThat(struck.closed().get(10, TimeUnit.SECONDS)).isEqualTo(code);

      assertThat(other.join().next().type()).isEqualTo(OFFER);
      try (Participant next = new Participant(bench, "cut").join()) {
        assertThat(next.next().type()).isEqualTo(OFFER);
      }
      assertThat(other.closed()).isNotDone();
    }
  }

  @Test
  void goAwayIsFollowedByTheEndOfItsSocketOnly() throws Exception {
    try (Participant struck = new Participant(bench, "away");
        Participant other = new Participant(bench, "gate")) {
      bench.add("go-away channel=away count=1");
      assertThat(struck.next().type()).isEqualTo("GO_AWAY");
      assertThat(struck.join().next().type()).isEqualTo(OFFER);

      bench.advance("PT1M");

      assertThat(struck.closed().get(10, TimeUnit.SECONDS)).isEqualTo(1001);
      assertThat(other.all()).isEmpty();
      assertThat(other.closed()).isNotDone();
    }
  }

  @Test
  void reconnectIceServerIsSaidToItsChannelOnly() {
    try (Participant struck = new Participant(bench, "relays");
        Participant other = new Participant(bench, "gate")) {
      bench.add("reconnect-ice-server channel=relays");

      assertThat(struck.next().type()).isEqualTo("RECONNECT_ICE_SERVER");

      assertThat(struck.join().next().type()).isEqualTo(OFFER);
      assertThat(other.all()).isEmpty();
    }
  }

  @Test
  void declinedAnswerIsToldToItsSenderWhoIsConnectedByTheNextOne() {
    bench.add("status-response=InvalidArgumentException channel=declined count=1");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> connect("declined"))
        .withCauseInstanceOf(CompletionException.class)
        .withStackTraceContaining("InvalidArgumentException");

    connect("gate").close();
    connect("declined").close();
  }

  private static LibwebrtcMaster connect(String channel) {
    return LibwebrtcMaster.connect(bench.endpoint(), channel, bench.tls());
  }
}
