package io.github.kvslocal.assertions;

import java.time.Duration;

/**
 * Sound against picture, by the timestamps of the recording; what is seen and heard at a time is
 * not compared. A frame's own length, 20 ms of sound and some 30 ms of picture, is no fault.
 *
 * @param start how much later the first packet of sound is than the first picture; negative if it
 *     is earlier
 * @param end the same of the last packet and the last picture
 */
public record Sync(Duration start, Duration end) {
  /** By how much the sound falls behind the picture from the start to the end. */
  public Duration drift() {
    return end.minus(start);
  }
}
