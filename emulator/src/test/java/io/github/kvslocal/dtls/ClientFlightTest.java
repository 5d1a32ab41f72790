package io.github.kvslocal.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientFlightTest {
  private static final String KEY_EXCHANGE = message("10", "000002", "000000", "000002", "aabb");
  private static final String PROOF = message("0f", "000004", "000000", "000004", "01020304");
  private static final String FIRST_HALF = message("0f", "000004", "000000", "000002", "0102");
  private static final String SECOND_HALF = message("0f", "000004", "000002", "000002", "0304");
  private static final String CHANGE_CIPHERS = "14fefd0000000000000009" + "000101";
  private static final String FINISHED = "16fefd0001000000000000" + "0003eeeeee";

  private final ClientFlight flight = new ClientFlight();

  @Test
  void flightInOrderPassesAsItIs() {
    List<String> read = read(KEY_EXCHANGE, PROOF, CHANGE_CIPHERS, FINISHED);

    assertThat(read).containsExactly(KEY_EXCHANGE, PROOF, CHANGE_CIPHERS, FINISHED);
  }

  @Test
  void whatIsEncryptedWaitsForTheProof() {
    List<String> read = read(KEY_EXCHANGE, CHANGE_CIPHERS, FINISHED);

    assertThat(read).containsExactly(KEY_EXCHANGE);
    assertThat(read(PROOF)).containsExactly(PROOF, CHANGE_CIPHERS, FINISHED);
  }

  @Test
  void halfOfTheProofIsNone() {
    List<String> read = read(FIRST_HALF, CHANGE_CIPHERS);

    assertThat(read).containsExactly(FIRST_HALF);
    assertThat(read(SECOND_HALF)).containsExactly(SECOND_HALF, CHANGE_CIPHERS);
  }

  @Test
  void secondHalfAloneIsNone() {
    List<String> read = read(SECOND_HALF, CHANGE_CIPHERS);

    assertThat(read).containsExactly(SECOND_HALF);
  }

  @Test
  void flightInOneDatagramPassesAsItIs() {
    String whole = KEY_EXCHANGE + PROOF + CHANGE_CIPHERS + FINISHED;

    List<String> read = read(whole);

    assertThat(read).containsExactly(whole);
  }

  @Test
  void datagramIsCutWhereTheProofIsMissing() {
    List<String> read = read(KEY_EXCHANGE + CHANGE_CIPHERS + FINISHED);

    assertThat(read).containsExactly(KEY_EXCHANGE);
    assertThat(read(PROOF)).containsExactly(PROOF, CHANGE_CIPHERS + FINISHED);
  }

  @Test
  void noMoreWaitThanTheBound() {
    for (int i = 0; i < 3 * ClientFlight.MOST_HELD; i++) {
      read(FINISHED);
    }

    List<String> read = read(PROOF);

    assertThat(read).hasSize(1 + ClientFlight.MOST_HELD);
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(20_261_120);
    long before = 0;
    long after = 0;

    for (int i = 0; i < 20_000; i++) {
      ClientFlight any = new ClientFlight();
      byte[] datagram = HexFormat.of().parseHex(KEY_EXCHANGE + PROOF + CHANGE_CIPHERS + FINISHED);
      for (int changes = random.nextInt(6); changes >= 0; changes--) {
        datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
      }
      before += datagram.length;
      for (byte[] piece : any.arrived(datagram)) {
        after += piece.length;
      }
      any.arrived(new byte[random.nextInt(30)]);
    }

    assertThat(after).isPositive().isLessThanOrEqualTo(before);
  }

  private List<String> read(String... datagrams) {
    List<String> read = new ArrayList<>();
    for (String datagram : datagrams) {
      flight
          .arrived(HexFormat.of().parseHex(datagram))
          .forEach(bytes -> read.add(HexFormat.of().formatHex(bytes)));
    }
    return read;
  }

  /** A plain record with a fragment of a handshake message (RFC 6347 section 4.2.2). */
  private static String message(
      String type, String length, String offset, String fragment, String body) {
    String message = type + length + "0003" + offset + fragment + body;
    return "16fefd0000000000000005" + "%04x".formatted(message.length() / 2) + message;
  }
}
