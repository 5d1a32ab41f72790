package io.github.kvslocal.assertions;

import java.time.Duration;
import java.time.Instant;

/**
 * How loud a piece of recorded sound is, a packet of it.
 *
 * @param at its producer timestamp
 * @param length of the piece
 * @param dbfs the root mean square of its samples in decibels below the largest that there can be:
 *     0 for a square wave of full scale, -3 for a sine, {@value #SILENCE} for silence
 */
public record AudioLevel(Instant at, Duration length, double dbfs) {
  /** What silence is given as: below what 16 bits can hold. */
  public static final double SILENCE = -120;
}
