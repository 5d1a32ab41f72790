package io.github.kvslocal.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.corpus.Fuzz;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Datagrams of a handshake that are nearly right. */
class FlightFuzzTest {
  /** A certificate's proof in two fragments, the change of ciphers and what follows it. */
  private static final List<byte[]> FLIGHT =
      List.of(
          hex("16fefd0000000000000005" + "0014" + "0f00000800040000000000040102" + "030405060708"),
          hex("16fefd0000000000000006" + "0010" + "0f000008000400000400000405060708"),
          hex(
              "14fefd0000000000000007"
                  + "0001"
                  + "01"
                  + "16fefd0001000000000000"
                  + "0004"
                  + "aabbccdd"));

  @Test
  void flightSurvivesAnyBytes() throws IOException {
    Fuzz.of("dtls-flight")
        .with(FLIGHT)
        .survive(
            bytes -> {
              ClientFlight flight = new ClientFlight();
              for (int i = 0; i < 2; i++) {
                assertThat(flight.arrived(bytes)).isNotNull();
                for (byte[] right : FLIGHT) {
                  assertThat(flight.arrived(right)).isNotNull();
                }
              }
            });
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
