package io.github.kvslocal.conformance.capture;

import io.github.kvslocal.peer.SrtpContext;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The genuine packets of a sender, unprotected, with the instants at which they were.
 *
 * <p>The file is pcap with nanoseconds (draft-ietf-opsawg-pcap) of link type IPV4: each packet lies
 * in a datagram from 127.0.0.1 port 5004 to 127.0.0.1 port 5004. RTP and RTCP share the port (RFC
 * 5761). Time begins with the first.
 */
final class PacketCapture {
  private static final int NANOSECOND_MAGIC = 0xa1b23c4d;
  private static final int LINK_TYPE_IPV4 = 228;
  private static final int SNAPSHOT = 65_535;
  private static final int IP_HEADER = 20;
  private static final int UDP_HEADER = 8;
  private static final int LOOPBACK = 0x7f000001;
  private static final int PORT = 5_004;

  private final int limit;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private long start;
  private int packets;

  /**
   * An empty capture.
   *
   * @param limit bytes of the file at most; packets beyond are not captured
   */
  PacketCapture(int limit) {
    this.limit = limit;
    try {
      out.writeInt(NANOSECOND_MAGIC);
      out.writeShort(2);
      out.writeShort(4);
      out.writeLong(0);
      out.writeInt(SNAPSHOT);
      out.writeInt(LINK_TYPE_IPV4);
    } catch (IOException e) {
      throw new UncheckedIOException("memory refused a header", e);
    }
  }

  /** Contexts that do as these do; what they unprotect is captured. */
  SrtpContext.Factory around(SrtpContext.Factory contexts) {
    return keys -> new Watched(contexts.create(keys));
  }

  /** How many packets it holds. */
  synchronized int packets() {
    return packets;
  }

  /** Writes all that was captured so far. */
  synchronized void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, bytes.toByteArray());
  }

  private synchronized void add(byte[] packet, int offset, int length) {
    int total = IP_HEADER + UDP_HEADER + length;
    if (length == SrtpContext.REJECTED || bytes.size() + 16 + total > limit) {
      return;
    }
    long now = System.nanoTime();
    start = packets == 0 ? now : start;
    packets++;
    try {
      out.writeInt((int) ((now - start) / TimeUnit.SECONDS.toNanos(1)));
      out.writeInt((int) ((now - start) % TimeUnit.SECONDS.toNanos(1)));
      out.writeInt(total);
      out.writeInt(total);
      writeHeaders(total);
      out.write(packet, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException("memory refused a packet", e);
    }
  }

  /** Without checksums, as an analyser sees what its own machine sends. */
  private void writeHeaders(int total) throws IOException {
    out.writeShort(0x4500);
    out.writeShort(total);
    out.writeInt(0);
    out.writeInt(0x40_11_0000);
    out.writeInt(LOOPBACK);
    out.writeInt(LOOPBACK);
    out.writeShort(PORT);
    out.writeShort(PORT);
    out.writeShort(total - IP_HEADER);
    out.writeShort(0);
  }

  /** Captures what comes in. */
  private final class Watched implements SrtpContext {
    private final SrtpContext context;

    Watched(SrtpContext context) {
      this.context = context;
    }

    @Override
    public int unprotectRtp(byte[] buffer, int offset, int length) {
      int plain = context.unprotectRtp(buffer, offset, length);
      add(buffer, offset, plain);
      return plain;
    }

    @Override
    public int unprotectRtcp(byte[] buffer, int offset, int length) {
      int plain = context.unprotectRtcp(buffer, offset, length);
      add(buffer, offset, plain);
      return plain;
    }

    @Override
    public int protectRtp(byte[] buffer, int offset, int length) {
      return context.protectRtp(buffer, offset, length);
    }

    @Override
    public int protectRtcp(byte[] buffer, int offset, int length) {
      return context.protectRtcp(buffer, offset, length);
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
