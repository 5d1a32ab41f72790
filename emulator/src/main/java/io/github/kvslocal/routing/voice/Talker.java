package io.github.kvslocal.routing.voice;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.rtp.opus.OpusPacket;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One participant's voice: what it sends, evened out, as packets and as sound. */
final class Talker {
  /**
   * Who has sent nothing for this long sends no audio. With discontinuous transmission a packet
   * comes at least every 400 ms.
   */
  static final long PAUSE = 1_000_000_000L;

  /** What a packet's length is told by: the table of contents and the count of frames. */
  private static final int HEAD = 2;

  /** Ticks since a packet that is too large to be sent, until one is believed not to come: 1 s. */
  private static final int LARGE_PACKET_TICKS = 50;

  private final boolean master;
  private final Playout playout = new Playout();
  private final Effort effort = new Effort();
  private final DecodedVoice voice;
  private final byte[] head = new byte[HEAD];
  private int largePackets;
  private boolean heard;
  private long heardAt;
  private long malformed;

  /** How much later than its live time it was heard last, once it is known. */
  private long lateness;

  private boolean latenessKnown;

  /** Whether that is of sound, not of the silence before. */
  private boolean sounded;

  Talker(OpusCodec codec, boolean master) {
    this.master = master;
    voice = new DecodedVoice(codec, playout);
  }

  boolean isMaster() {
    return master;
  }

  /** A packet came from it, whether or not it is needed. */
  void heard(long now) {
    heard = true;
    heardAt = now;
  }

  boolean isSending(long now) {
    return heard && now - heardAt < PAUSE;
  }

  /** Takes a packet that is needed; one that is no Opus is counted. */
  void push(EncodedFrame frame, long now) {
    ByteBuffer data = frame.data();
    int length = Math.min(HEAD, data.remaining());
    data.get(head, 0, length);
    try {
      playout.push(new VoicePacket(frame, OpusPacket.samples(head, 0, length)), now);
    } catch (MalformedPacketException notOpus) {
      malformed++;
    }
  }

  /** Nobody needs its voice for a while: what waits is forgotten. */
  void rest() {
    playout.restart();
    sounded = false;
  }

  void tick(long at) {
    if (voice.isDecoded()) {
      effort.heard(voice.isQuiet());
    }
    playout.tick(at, voice.isQuiet());
    noteLateness(at);
    effort.tick(playout);
    VoicePacket packet = playout.packet();
    boolean large = packet != null && packet.frame().size() > OpusEncoder.MAX_PACKET;
    largePackets = large ? LARGE_PACKET_TICKS : Math.max(0, largePackets - 1);
  }

  /** How much it seems to say, in bytes for 20 ms. */
  float effort() {
    return effort.bytes();
  }

  /** In a pause it is what it was in the sound before. */
  private void noteLateness(long at) {
    boolean sounds = !isSilent();
    if (playout.isPlaced() && (sounds || !sounded)) {
      sounded |= sounds;
      lateness = at - playout.slotStart();
      latenessKnown = true;
    }
  }

  /** Whether there is nothing of it in the newest tick, not even a gap to conceal. */
  boolean isSilent() {
    return playout.slot() == Playout.Slot.SILENT;
  }

  /** Whether its packets are such as go to a lone listener untouched. */
  boolean passesThrough() {
    return playout.isWhole() && largePackets == 0;
  }

  /** The newest tick's packet as it came, unless that is silent, a gap, or no single packet. */
  @Nullable EncodedFrame packet() {
    VoicePacket packet = playout.packet();
    return packet == null ? null : packet.frame();
  }

  /** The newest tick's sound; valid until the next. */
  short[] sound() {
    return voice.frame();
  }

  /** The sound of the tick before; valid after {@link #sound}. */
  short[] soundBefore() {
    return voice.frameBefore();
  }

  /** Whether the newest tick's sound, which this decodes, is as good as silent. */
  boolean isQuiet() {
    voice.frame();
    return voice.isQuiet();
  }

  /** How much later than on a live clock of this origin it was heard last, or is likely to be. */
  long delay(long origin) {
    return latenessKnown ? lateness - origin : ArrivalJitter.FIRST_TARGET;
  }

  Playout playout() {
    return playout;
  }

  long malformed() {
    return malformed;
  }
}
