package io.github.kvslocal.corpus;

import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.ReceiveParameters;
import io.github.kvslocal.rtp.TrackFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a real sender sent, unprotected: pcap with nanoseconds of link type IPV4
 * (draft-ietf-opsawg-pcap). The README beside the files says where they came from.
 */
public final class Capture {
  /** What the emulator had offered, and each of the senders accepted. */
  public static final ReceiveParameters NEGOTIATED =
      ReceiveParameters.of(
          new TrackFormat(126, 127, /* nack= */ true, "1"),
          new TrackFormat(111, TrackFormat.NONE, /* nack= */ false, "0"),
          new HeaderExtensions(3, 4),
          "replay");

  private static final Path FOLDER = Path.of("src/test/resources/corpus/captures");
  private static final String SUFFIX = ".pcap";
  private static final int MAGIC = 0xa1b23c4d;
  private static final int FILE_HEADER = 24;
  private static final int DATAGRAM_HEADERS = 20 + 8;

  private Capture() {}

  /** A packet, RTP or RTCP, and when it came, in nanoseconds since the first one. */
  public static final class Packet {
    private final long nanos;
    private final byte[] data;

    Packet(long nanos, byte[] data) {
      this.nanos = nanos;
      this.data = data;
    }

    long nanos() {
      return nanos;
    }

    /** Its bytes themselves, not to be changed. */
    public byte[] data() {
      return data;
    }

    /** RFC 5761 section 4: the second octet tells them apart. */
    public boolean isRtcp() {
      int type = data[1] & 0xff;
      return type >= 192 && type <= 223;
    }

    /** The same packet at another time. */
    Packet at(long otherNanos) {
      return new Packet(otherNanos, data);
    }
  }

  /** The senders of which there is a capture. */
  public static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** The packets of this sender, in the order in which they came. */
  public static List<Packet> of(String name) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name + SUFFIX)));
    if (file.getInt() != MAGIC) {
      throw new IOException(name + " is no pcap with nanoseconds");
    }
    file.position(FILE_HEADER);
    List<Packet> packets = new ArrayList<>();
    while (file.hasRemaining()) {
      long nanos = file.getInt() * 1_000_000_000L + file.getInt();
      byte[] data = new byte[file.getInt() - DATAGRAM_HEADERS];
      file.position(file.position() + Integer.BYTES + DATAGRAM_HEADERS);
      file.get(data);
      packets.add(new Packet(nanos, data));
    }
    packets.sort(Comparator.comparingLong(Packet::nanos));
    return packets;
  }
}
