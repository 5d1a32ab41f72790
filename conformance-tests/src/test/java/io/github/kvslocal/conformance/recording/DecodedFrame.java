package io.github.kvslocal.conformance.recording;

/**
 * One picture that came out of the decoder.
 *
 * @param at its presentation time in the file, in seconds
 * @param width pixels across, as coded
 * @param height pixels down, as coded
 * @param number the number that its blocks say, or {@link #UNREADABLE}
 * @param lit whether the lamp is on
 */
public record DecodedFrame(double at, int width, int height, int number, boolean lit) {
  /** The number of a picture whose blocks make no sense. */
  public static final int UNREADABLE = -1;
}
