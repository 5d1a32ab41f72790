package io.github.kvslocal.conformance.browser;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * What a browser says it sent, from its own statistics.
 *
 * @param sentSeconds from the first frame to the stop of the tracks
 * @param framesSent pictures handed to the network
 * @param framesEncoded pictures that the encoder made
 * @param bytesSent bytes of video payload
 * @param frameWidth pixels across of the last picture
 * @param frameHeight pixels down of the last picture
 * @param qualityLimitationReason what held the encoder back in the end, {@code none} if nothing
 * @param kilobitsPerSecond video by second
 * @param pairs every flash and beep as the page's own camera and microphone delivered them
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SentMedia(
    double sentSeconds,
    int framesSent,
    int framesEncoded,
    long bytesSent,
    int frameWidth,
    int frameHeight,
    String qualityLimitationReason,
    List<Double> kilobitsPerSecond,
    List<Pair> pairs) {
  private static final int NEIGHBOURS = 3;

  /**
   * The offset of a flash that was there before anything was sent, in seconds; a browser that is
   * short of processor time lets its camera fall behind its microphone.
   *
   * @param frame the flash's first picture, or one beside it if that was lost
   * @throws IllegalStateException if the page saw no flash with its beep there
   */
  public double ownOffset(int frame) {
    return pairs.stream()
            .filter(pair -> Math.abs(pair.frame() - frame) <= NEIGHBOURS)
            .mapToDouble(Pair::offsetMs)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("the page saw no flash with its beep at " + frame))
        / 1000;
  }

  /**
   * A flash and its beep in the page.
   *
   * @param frame the number of the first picture with the lamp on
   * @param offsetMs the beep's beginning minus the flash's, in milliseconds
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Pair(int frame, double offsetMs) {}
}
