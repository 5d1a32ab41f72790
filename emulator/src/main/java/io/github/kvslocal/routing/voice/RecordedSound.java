package io.github.kvslocal.routing.voice;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.rtp.opus.OpusPacket;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stored sound of one master's connection: its packets bit for bit while no viewer sends audio,
 * and the mix of everybody meanwhile (JoinStorageSessionAsViewer: the viewer's audio is stored as
 * long as the master is connected). One continuous track: times increase, nothing overlaps.
 *
 * <p>While there is a mix, the master's packets are kept until the mix has passed them, so that
 * none is lost where the mix begins, pauses or ends. Mix frames take their places: a frame is moved
 * to the time of the packet that it replaces, and a packet longer than a frame is replaced whole or
 * not at all.
 */
public final class RecordedSound {
  /** Mix frames that wait for {@link #liveToMedia} or the master's packets: 5 s. */
  private static final int MAX_MIXED = 250;

  /** The master's packets kept for a mix that does not come. */
  private static final int MAX_KEPT = 4_096;

  /** One of the two ways is silent if it is this far behind the other. */
  private static final long PATIENCE = 600_000_000L;

  /** How far a mix frame may be moved: to the packet that it replaces, or out of the way. */
  private static final long REACH = PcmFrame.NANOS / 4;

  /** The master's packets may overlap the mix by this much; what does more is in it. */
  private static final long HALF = PcmFrame.NANOS / 2;

  private static final long TOLERANCE = 1_000_000L;
  private static final int HEAD = 2;

  /** Before all times, and far enough from the smallest number to count with. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final Consumer<EncodedFrame> sink;
  private final Deque<EncodedFrame> kept = new ArrayDeque<>();

  /** Timed on the live clock. */
  private final Deque<EncodedFrame> mixed = new ArrayDeque<>();

  private boolean mixing;
  private boolean placeable;
  private long liveToMedia;

  /** What snapping last added to the time of a mix frame. */
  private long correction;

  /** Whether mix frames wait for the master's packets of their time. */
  private boolean masterAwaited = true;

  /** The end of what has come of the master. */
  private long masterEnd = NEVER;

  /** The end of what was stored, and of what was stored of the mix. */
  private long end = NEVER;

  private long mixEnd = NEVER;
  private long discarded;

  /**
   * @param sink gets the frames of the audio track, in order
   */
  public RecordedSound(Consumer<EncodedFrame> sink) {
    this.sink = sink;
  }

  /** Takes the master's next packet, at its final time. */
  public void master(EncodedFrame packet) {
    masterAwaited = true;
    masterEnd = end(packet);
    kept.add(packet);
    settle();
  }

  /**
   * Tells what to add to a time on the live clock of the room, in nanoseconds, to get its final
   * time. To be told after the master's packets that became ready with it, and whenever it changes.
   */
  public void liveToMedia(long nanos) {
    placeable = true;
    liveToMedia = nanos;
    settle();
  }

  /** From here on the mix is to be stored. */
  public void mixBegins() {
    mixing = true;
  }

  /** Takes a mix frame of 20 ms, timed on the live clock. */
  public void mixed(EncodedFrame frame) {
    if (mixed.size() == MAX_MIXED) {
      mixed.remove();
      discarded++;
    }
    mixed.add(frame);
    settle();
  }

  /** From here on the master's packets are to be stored. */
  public void mixEnds() {
    mixing = false;
    masterAwaited = false;
    settle();
  }

  /** The master is gone: stores what waits. */
  public void finish() {
    while (placeable && !mixed.isEmpty()) {
      place(mixed.remove());
    }
    mixed.clear();
    storeKept(Long.MAX_VALUE);
  }

  /** Mix frames that are not stored: their time was taken, or is unknown. */
  public long discarded() {
    return discarded;
  }

  private void settle() {
    while (!mixed.isEmpty() && isReady(mixed.element())) {
      place(mixed.remove());
    }
    if (kept.size() > MAX_KEPT) {
      storeKept(Long.MAX_VALUE);
    } else if (mixed.isEmpty()) { // otherwise kept packets may be the ones that it replaces
      storeKept(mixing ? masterEnd - PATIENCE : Long.MAX_VALUE);
    }
  }

  private boolean isReady(EncodedFrame mix) {
    if (!placeable) {
      return false;
    }
    if (masterAwaited && span() > PATIENCE) {
      masterAwaited = false;
    }
    if (masterAwaited && time(mix) + HALF > masterEnd) {
      return false;
    }
    long at = snapped(time(mix));
    EncodedFrame packet = packetBehind(at);
    return packet == null || !mixing || isCovered(packet, at) || masterEnd > end(packet) + PATIENCE;
  }

  private long span() {
    return mixed.getLast().time().nanos() - mixed.getFirst().time().nanos();
  }

  private long time(EncodedFrame mix) {
    return mix.time().nanos() + liveToMedia;
  }

  private void place(EncodedFrame mix) {
    long at = snapped(time(mix));
    correction = at - time(mix);
    storeEarlier(at);
    EncodedFrame packet = packetBehind(at);
    boolean covered = packet == null || isCovered(packet, at);
    if (!covered || at < end - REACH) {
      discarded++;
      return;
    }
    at = Math.max(at, end);
    store(mix.at(new MediaTime(at)));
    end = at + PcmFrame.NANOS;
    mixEnd = end;
    while (!kept.isEmpty() && isReplaced(kept.element())) {
      kept.remove();
    }
  }

  /**
   * The time of the master's packet that a mix frame replaces, the nearest one, or what it would
   * be.
   */
  private long snapped(long time) {
    long nearest = Long.MAX_VALUE;
    for (EncodedFrame packet : kept) {
      long distance = packet.time().nanos() - time;
      if (Math.abs(distance) <= REACH && Math.abs(distance) < Math.abs(nearest)) {
        nearest = distance;
      }
    }
    return time + (nearest == Long.MAX_VALUE ? correction : nearest);
  }

  /** The kept packet, if any, that most of a mix frame at this time is in. */
  private @Nullable EncodedFrame packetBehind(long at) {
    for (EncodedFrame packet : kept) {
      if (packet.time().nanos() < at + HALF && at + HALF <= end(packet)) {
        return packet;
      }
    }
    return null;
  }

  /** Whether the mix, from this time on, lasts as long as this packet of the master. */
  private boolean isCovered(EncodedFrame packet, long at) {
    long last = mixed.isEmpty() ? at : Math.max(at, time(mixed.getLast()) + correction);
    return last + PcmFrame.NANOS >= end(packet) - TOLERANCE;
  }

  /** Stores the kept packets that the mix does not replace, since they began before it. */
  private void storeEarlier(long at) {
    while (!kept.isEmpty()) {
      EncodedFrame packet = kept.element();
      long start = packet.time().nanos();
      if (middle(packet) >= at && start >= at - HALF) {
        return;
      }
      storeUnlessPassed(kept.remove());
    }
  }

  /** Stores the kept packets that end by then. */
  private void storeKept(long by) {
    while (!kept.isEmpty() && end(kept.element()) <= by) {
      storeUnlessPassed(kept.remove());
    }
  }

  /** One that came after the mix of its beginning was stored is put behind it. */
  private void storeUnlessPassed(EncodedFrame packet) {
    if (isPassed(packet)) {
      return;
    }
    boolean late = packet.time().nanos() < mixEnd - HALF;
    EncodedFrame placed = late ? packet.at(new MediaTime(mixEnd)) : packet;
    store(placed);
    end = Math.max(end, end(placed));
  }

  /** Whether the mix, which covers it, has begun with a packet. */
  private boolean isReplaced(EncodedFrame packet) {
    return packet.time().nanos() + Math.min(HALF, nanos(packet) / 2) < mixEnd;
  }

  /** Whether most of a packet is in the mix already. */
  private boolean isPassed(EncodedFrame packet) {
    return middle(packet) < mixEnd;
  }

  private static long middle(EncodedFrame packet) {
    return packet.time().nanos() + nanos(packet) / 2;
  }

  private static long end(EncodedFrame packet) {
    return packet.time().nanos() + nanos(packet);
  }

  private void store(EncodedFrame frame) {
    sink.accept(frame);
  }

  private static long nanos(EncodedFrame packet) {
    byte[] head = new byte[HEAD];
    int length = Math.min(HEAD, packet.size());
    packet.data().get(head, 0, length);
    try {
      return PcmFrame.nanos(OpusPacket.samples(head, 0, length));
    } catch (MalformedPacketException notOpus) {
      return 0;
    }
  }
}
