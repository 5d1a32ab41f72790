package io.github.kvslocal.conformance.master;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Frames with the sizes and the rhythm of 2 Mbit/s of 720p at 30 pictures a second with Opus beside
 * it. Only the parameter sets are real: the emulator looks into nothing else, and no encoder works
 * beside what is measured.
 */
public final class SyntheticStream {
  private static final int FRAMES_PER_SECOND = 30;
  private static final int KEY_FRAME_INTERVAL = 2 * FRAMES_PER_SECOND;
  private static final int BITS_PER_SECOND = 2_000_000;
  private static final int KEY_FRAME_BYTES = 60_000;
  private static final int OPUS_MILLIS = 20;
  private static final int OPUS_BYTES = 80;

  private static final int NAL_IDR = 0x65;
  private static final int NAL_SLICE = 0x41;

  /** Constrained Baseline, level 3.1, 1280x720. */
  private static final byte[] SPS =
      HexFormat.of().parseHex("6742c01fda014016e8400000030040000f03c60ca8");

  private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");

  private SyntheticStream() {}

  /** Both tracks by time, from zero, with a key frame every two seconds. */
  public static List<EncodedFrame> seconds(int seconds) {
    return seconds(seconds, KEY_FRAME_INTERVAL);
  }

  /** The same with another number of pictures from key frame to key frame. */
  public static List<EncodedFrame> seconds(int seconds, int keyFrameInterval) {
    return seconds(seconds, keyFrameInterval, BITS_PER_SECOND);
  }

  /**
   * The same at another bit rate, of at least 500 kbit/s. Every two seconds have the same bytes,
   * once in memory, so that it may last for hours.
   */
  public static List<EncodedFrame> repeated(int seconds, int bitsPerSecond) {
    List<EncodedFrame> interval =
        seconds(3, KEY_FRAME_INTERVAL, bitsPerSecond).stream()
            .filter(frame -> frame.time().isBefore(MediaTime.ofMillis(2_000)))
            .toList();
    List<EncodedFrame> frames = new ArrayList<>();
    for (int start = 0; start < seconds; start += 2) {
      Duration later = Duration.ofSeconds(start);
      interval.forEach(frame -> frames.add(frame.at(frame.time().plus(later))));
    }
    return frames;
  }

  private static List<EncodedFrame> seconds(int seconds, int keyFrameInterval, int bitsPerSecond) {
    int frameBytes = (2 * bitsPerSecond / 8 - KEY_FRAME_BYTES) / (KEY_FRAME_INTERVAL - 1);
    Random random = new Random(1);
    List<EncodedFrame> frames = new ArrayList<>();
    int opus = 0;
    for (int picture = 0; picture < seconds * FRAMES_PER_SECOND; picture++) {
      MediaTime time = new MediaTime(picture * 1_000_000_000L / FRAMES_PER_SECOND);
      for (; MediaTime.ofMillis((long) opus * OPUS_MILLIS).compareTo(time) <= 0; opus++) {
        frames.add(sound(opus, random));
      }
      boolean key = picture % keyFrameInterval == 0;
      frames.add(picture(key, key ? KEY_FRAME_BYTES : frameBytes, time, random));
    }
    return frames;
  }

  /** The same pictures with this sound, which is ordered by time. */
  public static List<EncodedFrame> withSound(int seconds, List<EncodedFrame> sound) {
    Stream<EncodedFrame> pictures =
        seconds(seconds).stream().filter(frame -> frame.track() == Track.VIDEO);
    return Stream.concat(pictures, sound.stream())
        .sorted(Comparator.comparing(EncodedFrame::time))
        .toList();
  }

  private static EncodedFrame sound(int number, Random random) {
    byte[] packet = bytes(random, OPUS_BYTES);
    // One frame of 20 ms, stereo (RFC 6716 section 3.1).
    packet[0] = (byte) 0xfc;
    return new EncodedFrame(
        Track.AUDIO, MediaTime.ofMillis((long) number * OPUS_MILLIS), true, packet);
  }

  private static EncodedFrame picture(boolean key, int size, MediaTime time, Random random) {
    byte[] slice = bytes(random, size);
    slice[0] = (byte) (key ? NAL_IDR : NAL_SLICE);
    ByteBuffer unit = ByteBuffer.allocate(slice.length + SPS.length + PPS.length + 12);
    if (key) {
      unit.putInt(SPS.length).put(SPS).putInt(PPS.length).put(PPS);
    }
    unit.putInt(slice.length).put(slice).flip();
    byte[] data = new byte[unit.remaining()];
    unit.get(data);
    return new EncodedFrame(Track.VIDEO, time, key, data);
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
