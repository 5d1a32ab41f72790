package io.github.kvslocal.conformance.routing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A port on 127.0.0.1 between one client and the emulator's media port. It notes the RTP that comes
 * from the emulator and may lose some of it; all else passes.
 */
final class UdpRelay implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int LARGEST = 2_048;
  private static final int BUFFER = 1 << 20;

  private final DatagramChannel front;
  private final Selector selector;
  private final SocketAddress emulator;
  private final double loss;
  private final Random dice;
  private final Map<SocketAddress, DatagramChannel> ways = new HashMap<>();
  private final Map<Integer, List<Integer>> numbers = new HashMap<>();
  private final Thread thread;
  private int lost;

  private UdpRelay(int port, double loss, long seed) throws IOException {
    this.emulator = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
    this.loss = loss;
    this.dice = new Random(seed);
    this.selector = Selector.open();
    this.front = open(null);
    front.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
    this.thread = new Thread(this::run, "relay-" + port);
  }

  /**
   * A relay to the emulator's port.
   *
   * @param loss how much of the emulator's RTP gets lost, 0 to 1; RTCP, STUN and DTLS never do
   * @param seed of the dice
   */
  static UdpRelay to(int port, double loss, long seed) {
    try {
      UdpRelay relay = new UdpRelay(port, loss, seed);
      relay.thread.start();
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a relay", e);
    }
  }

  int port() {
    return front.socket().getLocalPort();
  }

  /** The sequence numbers of this payload type that the emulator sent, as they came. */
  synchronized List<Integer> sequenceNumbers(int payloadType) {
    return List.copyOf(numbers.getOrDefault(payloadType, List.of()));
  }

  /** How many packets it has lost. */
  synchronized int lost() {
    return lost;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
      for (DatagramChannel way : ways.values()) {
        way.close();
      }
      front.close();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a relay", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DatagramChannel open(@Nullable SocketAddress client) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, client);
    return channel;
  }

  private void run() {
    ByteBuffer datagram = ByteBuffer.allocate(LARGEST);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        selector.select(
            key -> {
              try {
                carry(datagram, (SocketAddress) key.attachment(), (DatagramChannel) key.channel());
              } catch (IOException e) {
                throw new UncheckedIOException("cannot relay", e);
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot relay", e);
    }
  }

  /** Carries what has come, to this client or, if there is none, from one. */
  private void carry(ByteBuffer datagram, @Nullable SocketAddress client, DatagramChannel from)
      throws IOException {
    for (SocketAddress sender = from.receive(datagram.clear());
        sender != null;
        sender = from.receive(datagram.clear())) {
      datagram.flip();
      if (client == null) {
        way(sender).send(datagram, emulator);
      } else if (!isRtp(datagram) || arrives(datagram)) {
        front.send(datagram, client);
      }
    }
  }

  /** Each address of the client has a port of its own, as behind a NAT. */
  private DatagramChannel way(SocketAddress client) throws IOException {
    DatagramChannel way = ways.get(client);
    if (way == null) {
      way = open(client);
      ways.put(client, way);
    }
    return way;
  }

  private synchronized boolean arrives(ByteBuffer packet) {
    numbers
        .computeIfAbsent(packet.get(1) & 0x7F, type -> new ArrayList<>())
        .add(packet.getShort(2) & 0xFFFF);
    boolean arrives = dice.nextDouble() >= loss;
    if (!arrives) {
      lost++;
    }
    return arrives;
  }

  /** RFC 7983 section 7 and RFC 5761 section 4. */
  private static boolean isRtp(ByteBuffer datagram) {
    int first = datagram.get(0) & 0xFF;
    int second = datagram.get(1) & 0xFF;
    return first >= 128 && first <= 191 && (second < 192 || second > 223);
  }
}
