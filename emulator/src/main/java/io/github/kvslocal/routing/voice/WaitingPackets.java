package io.github.kvslocal.routing.voice;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A talker's packets that have come and are not played yet, in the order of their times. */
final class WaitingPackets {
  /** How many there should be at most. */
  static final int MAX_COUNT = 256;

  /** Their bytes at most, likewise. */
  static final int MAX_BYTES = 64 << 10;

  private final Deque<VoicePacket> packets = new ArrayDeque<>();
  private int bytes;

  void add(VoicePacket packet) {
    packets.add(packet);
    bytes += packet.frame().size();
  }

  /** The oldest, if there is one. */
  @Nullable VoicePacket first() {
    return packets.peek();
  }

  /** Takes the oldest; there must be one. */
  VoicePacket take() {
    VoicePacket packet = packets.remove();
    bytes -= packet.frame().size();
    return packet;
  }

  /** Whether there are more than should be: the oldest has to go. */
  boolean areTooMany() {
    return packets.size() > MAX_COUNT || bytes > MAX_BYTES;
  }

  /**
   * Whether they complete a frame without a hole of a frame or more in it.
   *
   * @param samples what there is of the frame already
   * @param end when that is over, in nanoseconds of the talker's clock
   * @param hole the shortest hole, in nanoseconds
   */
  boolean completeFrame(int samples, long end, long hole) {
    int there = samples;
    long until = end;
    for (VoicePacket packet : packets) {
      if (there >= PcmFrame.SAMPLES || packet.start() - until >= hole) {
        break;
      }
      there += packet.samples();
      until = packet.end();
    }
    return there >= PcmFrame.SAMPLES;
  }

  void clear() {
    packets.clear();
    bytes = 0;
  }
}
