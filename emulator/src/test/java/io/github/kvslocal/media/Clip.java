package io.github.kvslocal.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Six seconds of real media, as a depacketizer would give them (see the clip's README): 15 pictures
 * per second of 160x90, a key frame every second, and packets of Opus of 20 ms.
 */
public final class Clip {
  private static final int PICTURES_PER_SECOND = 15;
  private static final long PACKET_NANOS = 20_000_000L;

  private Clip() {}

  /** Both tracks, interleaved by time. */
  public static List<EncodedFrame> frames() {
    List<EncodedFrame> frames = new ArrayList<>(video());
    frames.addAll(audio());
    frames.sort(Comparator.comparing(EncodedFrame::time).thenComparing(EncodedFrame::track));
    return frames;
  }

  /**
   * Both tracks over and over again, without the last packet's overlap, up to this many seconds.
   */
  public static List<EncodedFrame> frames(int seconds) {
    Duration length = Duration.ofSeconds(6);
    List<EncodedFrame> frames = new ArrayList<>();
    for (Duration at = Duration.ZERO; at.toSeconds() < seconds; at = at.plus(length)) {
      for (EncodedFrame frame : frames()) {
        MediaTime time = frame.time().plus(at);
        if (frame.time().isBefore(MediaTime.ZERO.plus(length))
            && time.isBefore(MediaTime.ofMillis(seconds * 1000L))) {
          frames.add(frame.at(time));
        }
      }
    }
    return frames;
  }

  /** 90 access units. */
  public static List<EncodedFrame> video() {
    return video(resource("clip.h264"), PICTURES_PER_SECOND);
  }

  /** 301 packets. */
  public static List<EncodedFrame> audio() {
    return audio(resource("clip.opus"));
  }

  /** The access units of a byte stream with start codes and one slice per picture. */
  public static List<EncodedFrame> video(byte[] annexB, int picturesPerSecond) {
    List<EncodedFrame> frames = new ArrayList<>();
    ByteArrayOutputStream unit = new ByteArrayOutputStream();
    for (int start = nextStart(annexB, 0); start < annexB.length; ) {
      int next = nextStart(annexB, start);
      int end = next < annexB.length ? next - 3 : next;
      while (end > start && annexB[end - 1] == 0) {
        end--;
      }
      unit.writeBytes(ByteBuffer.allocate(4).putInt(end - start).array());
      unit.write(annexB, start, end - start);
      int type = annexB[start] & 0x1f;
      if (type == 1 || type == 5) {
        MediaTime time = new MediaTime(frames.size() * 1_000_000_000L / picturesPerSecond);
        frames.add(new EncodedFrame(Track.VIDEO, time, type == 5, unit.toByteArray()));
        unit.reset();
      }
      start = next;
    }
    return frames;
  }

  /** The packets of an Ogg file with one stream of Opus in packets of 20 ms. */
  public static List<EncodedFrame> audio(byte[] ogg) {
    List<EncodedFrame> frames = new ArrayList<>();
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    int packets = 0;
    for (int page = 0; page < ogg.length; ) {
      int segments = ogg[page + 26] & 0xff;
      int at = page + 27 + segments;
      for (int i = 0; i < segments; i++) {
        int size = ogg[page + 27 + i] & 0xff;
        packet.write(ogg, at, size);
        at += size;
        if (size < 255) {
          if (packets++ >= 2) {
            MediaTime time = new MediaTime(frames.size() * PACKET_NANOS);
            frames.add(new EncodedFrame(Track.AUDIO, time, true, packet.toByteArray()));
          }
          packet.reset();
        }
      }
      page = at;
    }
    return frames;
  }

  /** Where the next NAL unit begins, behind its start code; the length if there is none. */
  private static int nextStart(byte[] bytes, int from) {
    for (int i = from; i + 3 <= bytes.length; i++) {
      if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
        return i + 3;
      }
    }
    return bytes.length;
  }

  private static byte[] resource(String name) {
    try (InputStream in = Clip.class.getResourceAsStream("/media/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
