package io.github.kvslocal.routing.voice;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The voices of those who have the {@link Floor} in a tick, decoded and added up when needed. */
final class Chorus {
  private final Floor floor = new Floor();
  private final int[] sum = new int[PcmFrame.SAMPLES];
  private long tick;
  private long summedTick = -1;

  /** The next tick: of those who talk, some are heard. */
  void tick(List<Talker> talkers) {
    tick++;
    floor.choose(talkers);
  }

  long tick() {
    return tick;
  }

  /** Whether this one is among the voices. */
  boolean has(Talker talker) {
    return floor.holds(talker);
  }

  /** Whether this one's voice is left out for those of others. */
  boolean leavesOut(Talker talker) {
    return floor.leavesOut(talker);
  }

  /** The only voice beside this one, if there is exactly one. */
  @Nullable Talker loneBeside(@Nullable Talker except) {
    Talker lone = null;
    int count = 0;
    for (int i = 0; i < floor.size(); i++) {
      if (floor.talker(i) != except) {
        lone = floor.talker(i);
        count++;
      }
    }
    return count == 1 ? lone : null;
  }

  /** Whether there is anything to hear beside this one's voice. */
  boolean isHeardBeside(@Nullable Talker except) {
    for (int i = 0; i < floor.size(); i++) {
      if (floor.talker(i) != except && !floor.talker(i).isSilent()) {
        return true;
      }
    }
    return false;
  }

  /** The sum of all voices but this one's. */
  void beside(@Nullable Talker except, int[] sound) {
    sumUp();
    System.arraycopy(sum, 0, sound, 0, sum.length);
    if (except != null && !except.isSilent() && has(except)) {
      short[] own = except.sound();
      for (int i = 0; i < sound.length; i++) {
        sound[i] -= own[i];
      }
    }
  }

  /** The same of the tick before, of those who are heard in this one. */
  void beforeBeside(@Nullable Talker except, int[] sound) {
    sumUp();
    Arrays.fill(sound, 0);
    for (int i = 0; i < floor.size(); i++) {
      Talker talker = floor.talker(i);
      if (talker != except && !talker.isSilent() && floor.fade(i) != Floor.Fade.IN) {
        add(talker.soundBefore(), sound);
      }
    }
  }

  private void sumUp() {
    if (summedTick == tick) {
      return;
    }
    summedTick = tick;
    Arrays.fill(sum, 0);
    for (int i = 0; i < floor.size(); i++) {
      Talker talker = floor.talker(i);
      if (!talker.isSilent()) {
        fade(talker.sound(), floor.fade(i));
        add(talker.sound(), sum);
      }
    }
  }

  private static void add(short[] voice, int[] sound) {
    for (int i = 0; i < sound.length; i++) {
      sound[i] += voice[i];
    }
  }

  private static void fade(short[] voice, Floor.Fade fade) {
    if (fade == Floor.Fade.NONE) {
      return;
    }
    for (int i = 0; i < voice.length; i++) {
      int part = fade == Floor.Fade.IN ? i : voice.length - i;
      voice[i] = (short) (voice[i] * part / voice.length);
    }
  }
}
