package io.github.kvslocal.routing.voice;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.rtp.opus.OpusPacket;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The stored sound of one master's connection: its packets bit for bit while no viewer sends audio,
 * and the mix of everybody meanwhile (JoinStorageSessionAsViewer: the viewer's audio is stored as
 * long as the master is connected). One continuous track: times increase, nothing overlaps.
 *
 * <p>While there is a mix, the master's packets are kept until the mix has passed them, so that
 * none is lost where the mix begins, pauses or ends. Mix frames take their places: a frame is moved
 * to the time of the packet that it replaces.
 */
public final class RecordedSound {
  /** Mix frames that wait for {@link #liveToMedia} or the master's packets: 5 s. */
  private static final int MAX_MIXED = 250;

  /** The master's packets kept for a mix that does not come. */
  private static final int MAX_KEPT = 4_096;

  /** One of the two ways is silent if it is this far behind the other. */
  private static final long PATIENCE = 600_000_000L;

  /** How far a mix frame may be from the packet that it replaces. */
  private static final long SNAP = PcmFrame.NANOS / 2;

  private static final long TOLERANCE = 1_000_000L;
  private static final int HEAD = 2;

  /** Before all times, and far enough from the smallest number to count with. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final Consumer<EncodedFrame> sink;
  private final Deque<EncodedFrame> kept = new ArrayDeque<>();

  /** Timed on the live clock. */
  private final Deque<EncodedFrame> mixed = new ArrayDeque<>();

  private final byte[] head = new byte[HEAD];
  private boolean mixing;
  private boolean placeable;
  private long liveToMedia;

  /** What snapping last added to the time of a mix frame. */
  private long correction;

  /** Whether mix frames wait for the master's packets of their time. */
  private boolean masterAwaited = true;

  private long masterNewest = NEVER;

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
    masterNewest = packet.time().nanos();
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
      storeKept(mixing ? masterNewest - PATIENCE : Long.MAX_VALUE);
    }
  }

  private boolean isReady(EncodedFrame mix) {
    if (!placeable) {
      return false;
    }
    if (masterAwaited && span() > PATIENCE) {
      masterAwaited = false;
    }
    return !masterAwaited || time(mix) <= masterNewest + SNAP;
  }

  private long span() {
    return mixed.getLast().time().nanos() - mixed.getFirst().time().nanos();
  }

  private long time(EncodedFrame mix) {
    return mix.time().nanos() + liveToMedia;
  }

  private void place(EncodedFrame mix) {
    long at = snapped(time(mix));
    storeKept(at + TOLERANCE);
    if (at < end - TOLERANCE) {
      discarded++;
      return;
    }
    store(mix.at(new MediaTime(Math.max(at, end))));
    end = Math.max(at, end) + PcmFrame.NANOS;
    mixEnd = end;
    while (!kept.isEmpty() && kept.element().time().nanos() < mixEnd - TOLERANCE) {
      kept.remove();
    }
  }

  /** The time of the master's packet that a mix frame replaces, or what it would be. */
  private long snapped(long time) {
    for (EncodedFrame packet : kept) {
      long distance = packet.time().nanos() - time;
      if (Math.abs(distance) <= SNAP) {
        correction = distance;
        return time + distance;
      }
    }
    return time + correction;
  }

  /** Stores the kept packets that end by then, except what the mix has passed. */
  private void storeKept(long by) {
    while (!kept.isEmpty()) {
      EncodedFrame packet = kept.element();
      long packetEnd = packet.time().nanos() + nanos(packet);
      if (packetEnd > by) {
        return;
      }
      kept.remove();
      if (packet.time().nanos() >= mixEnd - TOLERANCE) {
        store(packet);
        end = Math.max(end, packetEnd);
      }
    }
  }

  private void store(EncodedFrame frame) {
    sink.accept(frame);
  }

  private long nanos(EncodedFrame packet) {
    int length = Math.min(HEAD, packet.size());
    packet.data().get(head, 0, length);
    try {
      return PcmFrame.nanos(OpusPacket.samples(head, 0, length));
    } catch (MalformedPacketException notOpus) {
      return 0;
    }
  }
}
