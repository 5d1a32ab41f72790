package io.github.kvslocal.routing.voice;

/**
 * How much a talker seems to say, told by the size of his packets: an encoder of variable rate, as
 * all of WebRTC are, spends few bits on silence and many on speech. It is an estimate that needs no
 * decoder; whoever is mixed is decoded, and then it is known who is silent at great length.
 */
final class Effort {
  /** It rises by this part of what is missing with every tick, and falls by the other. */
  private static final float RISE = 1 / 4f;

  private static final float FALL = 1 / 32f;

  /** Ticks of quiet after which a talker's packets are not believed: 1 s. */
  private static final int QUIET_TICKS = 50;

  /** For how many ticks they are not: 5 s. */
  private static final int DISBELIEVED_TICKS = 250;

  private float bytes;
  private int quietTicks;
  private int disbelieved;

  /** A tick has brought these packets, or none. */
  void tick(Playout playout) {
    disbelieved = Math.max(0, disbelieved - 1);
    if (playout.slot() == Playout.Slot.SILENT) {
      move(0);
    }
    for (VoicePacket packet : playout.taken()) {
      move((float) packet.frame().size() * PcmFrame.SAMPLES / packet.samples());
    }
  }

  private void move(float towards) {
    bytes += (towards - bytes) * (towards > bytes ? RISE : FALL);
  }

  /** The tick's sound was decoded. */
  void heard(boolean quiet) {
    quietTicks = quiet ? quietTicks + 1 : 0;
    if (quietTicks > QUIET_TICKS) {
      disbelieved = DISBELIEVED_TICKS;
    }
  }

  /** In bytes for 20 ms; 0 for somebody who is known to be silent. */
  float bytes() {
    return disbelieved > 0 ? 0 : bytes;
  }
}
