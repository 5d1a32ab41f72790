package io.github.kvslocal.routing.voice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a decoder has to be given for a talker's newest tick, and what it should have heard before.
 */
final class PlayedPackets {
  /** Packets from before a tick that tell a decoder where the talker is. */
  private static final int RECENT = 4;

  private final Deque<VoicePacket> recent = new ArrayDeque<>();
  private final List<VoicePacket> skipped = new ArrayList<>();
  private final List<VoicePacket> taken = new ArrayList<>();

  /** The next tick begins. */
  void tick() {
    keep(skipped);
    keep(taken);
  }

  private void keep(List<VoicePacket> packets) {
    for (VoicePacket packet : packets) {
      recent.add(packet);
      if (recent.size() > RECENT) {
        recent.remove();
      }
    }
    packets.clear();
  }

  /** This packet's sound begins in the tick's frame. */
  void take(VoicePacket packet) {
    taken.add(packet);
  }

  /** This packet is left out just before the tick's frame. */
  void skip(VoicePacket packet) {
    skipped.add(packet);
  }

  List<VoicePacket> taken() {
    return taken;
  }

  List<VoicePacket> skipped() {
    return skipped;
  }

  /** The packets before those, oldest first. */
  Iterable<VoicePacket> recent() {
    return recent;
  }

  /** The talker begins anew. What the newest tick has brought stays until the next. */
  void forgetRecent() {
    recent.clear();
  }
}
