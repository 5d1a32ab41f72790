package io.github.kvslocal.ice;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import kotlin.Unit;
import org.ice4j.ice.harvest.AbstractUdpListener;
import org.ice4j.util.Buffer;
import org.ice4j.util.BufferPool;
import org.jitsi.config.JitsiConfig;

/**
 * What ice4j keeps for the whole JVM: its settings, its buffers and its log. Applied once, before
 * the first socket is opened; a property that the user has set stays.
 */
final class IceSettings {
  /** Room behind a datagram, so that its packet can be changed in place. */
  private static final int ROOM_BEHIND = 32;

  private static final int LARGEST_DATAGRAM = 1500;
  private static final int POOLED = 512;

  /** Held, since the JDK forgets the level of a logger that nobody holds. */
  private static final List<Logger> LIBRARY_LOGS =
      List.of(
          Logger.getLogger("org.ice4j"),
          Logger.getLogger("org.jitsi.config"),
          Logger.getLogger("org.jitsi.utils"),
          Logger.getLogger("JitsiConfig"));

  /** Logs a stack trace for every STUN message that cannot be read; strangers can send any. */
  private static final Logger UNREADABLE_MESSAGES =
      Logger.getLogger("org.ice4j.stack.NetAccessManager");

  private static final ArrayBlockingQueue<Buffer> POOL = new ArrayBlockingQueue<>(POOLED);

  static {
    for (Logger log : LIBRARY_LOGS) {
      if (log.getLevel() == null) {
        log.setLevel(Level.SEVERE);
      }
    }
    if (UNREADABLE_MESSAGES.getLevel() == null) {
      UNREADABLE_MESSAGES.setLevel(Level.OFF);
    }
    // no request to the cloud's address 169.254.169.254
    set("ice4j.harvest.mapping.aws.enabled", "false");
    // one socket per address: a pool would set SO_REUSEADDR, and a port in use would go unnoticed
    set("ice4j.harvest.udp.socket-pool-size", "1");
    set("ice4j.harvest.udp.use-dynamic-ports", "false");
    set("ice4j.harvest.udp.receive-buffer-size", "2097152");
    set("ice4j.use-component-socket", "false");
    // consent every 5 s (RFC 7675 section 5.1), so that its loss shows within our limit
    set("ice4j.consent-freshness.interval", "5 seconds");
    // A check is repeated for longer than a peer may take to connect (36 s, at most every 1.6 s):
    // once all checks have failed the library gives up for good, however many are still to come.
    set("org.ice4j.MAX_RETRANSMISSIONS", "24");
    set("ice4j.software", "kvslocal");
    JitsiConfig.Companion.reloadNewConfig();

    AbstractUdpListener.USE_PUSH_API = true;
    AbstractUdpListener.BYTES_TO_LEAVE_AT_END_OF_PACKET = ROOM_BEHIND;
    BufferPool.getBuffer = IceSettings::take;
    BufferPool.returnBuffer = IceSettings::giveBack;
  }

  private IceSettings() {}

  /** Does nothing but see to it that the settings have been made. */
  static void apply() {}

  private static Buffer take(int size) {
    if (size > LARGEST_DATAGRAM + ROOM_BEHIND) {
      return new Buffer(new byte[size], 0, size);
    }
    Buffer pooled = POOL.poll();
    return pooled == null ? new Buffer(new byte[LARGEST_DATAGRAM + ROOM_BEHIND], 0, size) : pooled;
  }

  private static Unit giveBack(Buffer buffer) {
    if (buffer.getBuffer().length == LARGEST_DATAGRAM + ROOM_BEHIND) {
      POOL.offer(buffer);
    }
    return Unit.INSTANCE;
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
