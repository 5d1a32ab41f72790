package io.github.kvslocal.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DatagramQueueTest {
  private static final byte[] CHANGE_CIPHERS =
      HexFormat.of().parseHex("14fefd0000000000000009" + "000101");

  private final DatagramQueue queue = new DatagramQueue(datagram -> {});

  @Test
  void itTellsHowManyDatagramsHavePassed() {
    put(CHANGE_CIPHERS);
    put(CHANGE_CIPHERS);

    queue.send(CHANGE_CIPHERS, 0, CHANGE_CIPHERS.length);

    assertThat(queue.traffic()).isEqualTo("datagrams taken: 2, given: 1");
  }

  @Test
  void clientReadsWhatComesInItsOrder() throws IOException {
    put(CHANGE_CIPHERS);

    int length = queue.receive(new byte[100], 0, 100, 1);

    assertThat(length).isEqualTo(CHANGE_CIPHERS.length);
  }

  @Test
  void serverDoesNotReadOfNewCiphersBeforeTheProof() throws IOException {
    queue.readAsServer();
    put(CHANGE_CIPHERS);

    int length = queue.receive(new byte[100], 0, 100, 1);

    assertThat(length).isEqualTo(-1);
  }

  private void put(byte[] datagram) {
    queue.offer(datagram, 0, datagram.length);
  }
}
