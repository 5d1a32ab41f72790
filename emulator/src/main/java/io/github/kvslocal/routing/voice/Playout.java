package io.github.kvslocal.routing.voice;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One talker's packets on their way to an even beat: pushed as they come, taken at every tick.
 *
 * <p>While nothing is there that should be, the gap is concealed without deciding whether the
 * packet is lost or late: one that comes late is played, and the talker is behind by that much
 * until the {@link PlayoutPace} catches up. After 80 ms the talker is silent, and what comes then
 * begins anew with the delay that is right by now.
 */
final class Playout {
  /** What a tick brings. */
  enum Slot {
    /** Nothing, and nothing is missing. */
    SILENT,
    /** Something is missing: conceal it. */
    GAP,
    /** One packet of exactly a frame: {@link #packet}. */
    PACKET,
    /** A frame out of packets of other lengths: {@link #taken}. */
    SOUND
  }

  /** Clocks of 48 kHz in nanoseconds do not meet exactly. */
  private static final long TOLERANCE = 1_000_000L;

  private static final long CONCEALED_AT_MOST = 80_000_000L;

  /** More than this waits beyond the target only after the talker's way was blocked. */
  private static final long EXCESS = 250_000_000L;

  private ArrivalJitter jitter = new ArrivalJitter();
  private PlayoutPace pace = new PlayoutPace();
  private final WaitingPackets waiting = new WaitingPackets();
  private final PlayedPackets packets = new PlayedPackets();
  private boolean playing;

  /** Whether {@link #played} and {@link #newest} mean anything. */
  private boolean placed;

  /** The end of what was taken, on the talker's clock. */
  private long played;

  /** The end of what has come. */
  private long newest;

  /** What was concealed since then. */
  private long bridged;

  /** Samples that were taken and not yet played. */
  private int left;

  /** The same before the newest tick. */
  private int leftBefore;

  private boolean whole;
  private Slot slot = Slot.SILENT;
  private Slot slotBefore = Slot.SILENT;
  private long slotStart;
  private long ticks;
  private long late;
  private long concealed;
  private long dropped;

  /** Forgets the talker's packets and clock, not the counts. */
  void restart() {
    jitter = new ArrivalJitter();
    stop();
  }

  private void stop() {
    ticks++; // what was decoded before is not continued
    pace = new PlayoutPace();
    waiting.clear();
    packets.forgetRecent();
    playing = false;
    placed = false;
    left = 0;
    bridged = 0;
  }

  /** Takes a packet that came now; what is not after the one before it is too late. */
  void push(VoicePacket packet, long now) {
    if (jitter.arrived(packet.start(), now)) {
      stop();
    }
    if (placed && packet.start() < newest - TOLERANCE) {
      late++;
      return;
    }
    if (!placed) {
      placed = true;
      played = packet.start();
    }
    newest = packet.end();
    waiting.add(packet);
    while (waiting.areTooMany()) {
      drop();
    }
  }

  private void drop() {
    played = waiting.take().end();
    bridged = 0;
    dropped++;
  }

  /** Moves on by a frame. */
  void tick(long at, boolean quiet) {
    ticks++;
    packets.tick();
    leftBefore = left;
    slotBefore = slot;
    VoicePacket next = waiting.first();
    while (next != null && newest - next.start() > jitter.target() + EXCESS) {
      drop();
      next = waiting.first();
    }
    if (!playing && next != null && delay(next, at) >= jitter.target()) {
      playing = true;
      played = next.start();
      bridged = 0;
    }
    slotStart = played - PcmFrame.nanos(left) + bridged;
    slot = playing ? nextSlot(at, quiet) : Slot.SILENT;
    if (slot == Slot.GAP) {
      bridged += PcmFrame.NANOS;
    } else if (slot == Slot.SILENT) {
      slotStart = at - jitter.base() - jitter.target();
    }
  }

  private long delay(VoicePacket next, long at) {
    return at - next.start() - jitter.base();
  }

  private Slot nextSlot(long at, boolean quiet) {
    VoicePacket next = waiting.first();
    if (!frameIsReady()) {
      return gap();
    }
    if (left == 0 && next != null) {
      long delay = delay(next, at);
      PlayoutPace.Step step = pace.step(delay, jitter.target(), quiet, at);
      if (step == PlayoutPace.Step.STRETCH) {
        return gap();
      }
      long nanos = PcmFrame.nanos(next.samples());
      if (step == PlayoutPace.Step.SKIP && PlayoutPace.affords(delay, jitter.target(), nanos)) {
        skipNext();
      }
    }
    return frameIsReady() ? frame() : gap();
  }

  private void skipNext() {
    VoicePacket packet = waiting.take();
    packets.skip(packet);
    played = packet.end();
    bridged = 0;
    dropped++;
  }

  private Slot gap() {
    if (bridged >= CONCEALED_AT_MOST) {
      playing = false;
      left = 0;
      return Slot.SILENT;
    }
    concealed++;
    return Slot.GAP;
  }

  /** Whether a frame can be had without a hole of a frame or more in it. */
  private boolean frameIsReady() {
    return waiting.completeFrame(left, played + bridged, PcmFrame.NANOS - TOLERANCE);
  }

  private Slot frame() {
    boolean fromTheStart = left == 0;
    slotStart = played - PcmFrame.nanos(left);
    while (left < PcmFrame.SAMPLES) {
      VoicePacket packet = waiting.take();
      if (left == 0) {
        slotStart = packet.start();
      }
      packets.take(packet);
      left += packet.samples();
      played = packet.end();
    }
    left -= PcmFrame.SAMPLES;
    bridged = 0;
    whole = fromTheStart && packets.taken().get(0).isWholeFrame();
    return whole ? Slot.PACKET : Slot.SOUND;
  }

  /** What the newest tick brought. */
  Slot slot() {
    return slot;
  }

  /** Whether the tick before the newest brought nothing. */
  boolean wasSilent() {
    return slotBefore == Slot.SILENT;
  }

  /** The packets whose sound begins in the newest tick's frame. */
  List<VoicePacket> taken() {
    return packets.taken();
  }

  /** The packets left out just before the newest tick's frame. */
  List<VoicePacket> skipped() {
    return packets.skipped();
  }

  /** The packets before those, oldest first. */
  Iterable<VoicePacket> recent() {
    return packets.recent();
  }

  /** Samples at the end of the last of those that are still to be heard with the newest tick. */
  int leftOfRecent() {
    return leftBefore;
  }

  /** The newest tick's packet, if it brought exactly one. */
  @Nullable VoicePacket packet() {
    return slot == Slot.PACKET ? packets.taken().get(0) : null;
  }

  /** The packet after the newest tick's gap, if it has come and nothing else is missing. */
  @Nullable VoicePacket afterGap() {
    VoicePacket next = waiting.first();
    boolean follows = next != null && Math.abs(next.start() - played - bridged) < TOLERANCE;
    return follows ? next : null;
  }

  /** Whether this is the last frame before a gap counts as silence. */
  boolean fadesOut() {
    return slot == Slot.GAP && bridged >= CONCEALED_AT_MOST;
  }

  /** Whether the packets are such as pass through unmixed. */
  boolean isWhole() {
    return whole;
  }

  /** Whether the talker has a clock, so that {@link #slotStart} means anything. */
  boolean isPlaced() {
    return placed;
  }

  /** When the newest tick's frame was, in nanoseconds of the talker's live clock. */
  long slotStart() {
    return slotStart;
  }

  /** Counts the ticks, and one more where what comes is no continuation of what was played. */
  long ticks() {
    return ticks;
  }

  /** The delay that is aimed at, in nanoseconds beyond a packet's fastest way. */
  long target() {
    return jitter.target();
  }

  /** Packets that came too late. */
  long late() {
    return late;
  }

  /** Frames that had to be concealed. */
  long concealed() {
    return concealed;
  }

  /** Packets left out, to catch up or for lack of room. */
  long dropped() {
    return dropped;
  }
}
