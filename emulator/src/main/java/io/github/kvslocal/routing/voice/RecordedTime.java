package io.github.kvslocal.routing.voice;

import org.jspecify.annotations.Nullable;

/**
 * When the mix that is recorded was, on the live clock of the master's sound: by the master's own
 * voice in it, and while there is none by the master's pictures.
 *
 * <p>A voice may begin anew after each pause with another delay, a frame more or less. If the mix
 * followed, it would lose a frame of everybody with each step; so it may be behind by a frame. It
 * is never ahead of the master's voice: what is in the mix when it ends is followed by what comes
 * next, or by the last of it once more.
 */
final class RecordedTime {
  /** Clocks of 48 kHz and of 90 kHz in nanoseconds do not meet exactly. */
  private static final long TOLERANCE = 1_000_000L;

  private final ArrivalJitter pictures = new ArrivalJitter();
  private boolean pictured;
  private long skew;
  private boolean anchored;
  private boolean anchoredByVoice;
  private long delay;

  /** A mix begins: its first frame, and the first with the master's voice, are placed exactly. */
  void mixBegins() {
    anchored = false;
    anchoredByVoice = false;
  }

  /**
   * The master's next picture came.
   *
   * @param start its live time, and {@code now} its arrival, in nanoseconds of the room's clock
   * @param ahead by how much pictures are ahead of the sound on the master's live clocks
   */
  void picture(long start, long ahead, long now) {
    var unused = pictures.arrived(start, now);
    pictured = true;
    skew = ahead;
  }

  /**
   * The time of the frame that is mixed at a tick, both in nanoseconds of the room's clock.
   *
   * @param master the master's voice, if it sends audio; it has had the tick
   * @param usual how much later than its live time its sound was heard last
   */
  long of(long at, @Nullable Talker master, long usual) {
    boolean sounds = master != null && !master.isSilent();
    long wanted = master == null && pictured ? pictureDelay() : usual;
    if (!anchored || (sounds && !anchoredByVoice) || isOff(wanted - delay)) {
      anchored = true;
      delay = wanted;
    }
    anchoredByVoice |= sounds;
    return at - delay;
  }

  private long pictureDelay() {
    return pictures.base() - skew + ArrivalJitter.FIRST_TARGET;
  }

  private static boolean isOff(long change) {
    return change > TOLERANCE || change < -PcmFrame.NANOS - TOLERANCE;
  }
}
