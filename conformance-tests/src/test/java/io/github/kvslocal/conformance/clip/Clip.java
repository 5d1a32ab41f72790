package io.github.kvslocal.conformance.clip;

import io.github.kvslocal.conformance.process.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The test film: {@value #WIDTH}x{@value #HEIGHT} at {@value #FRAME_RATE} frames a second, busy
 * enough to cost an encoder its whole bitrate. Every frame carries its number as a {@link
 * BlockCode} along its upper edge; every two seconds the lamp flashes for three frames, and in the
 * same instant a tenth of a second of 1 kHz begins.
 *
 * @param video the pictures, motion JPEG as Chromium's file-fed camera reads it
 * @param audio the sound, 48 kHz mono WAV
 * @param frames how many pictures there are; a longer run starts over with the first
 */
public record Clip(Path video, Path audio, int frames) {
  /** Pixels across. */
  public static final int WIDTH = 1280;

  /** Pixels down. */
  public static final int HEIGHT = 720;

  /** Frames in a second. */
  public static final int FRAME_RATE = 30;

  /** Frames from one flash to the next. */
  public static final int FLASH_PERIOD = 2 * FRAME_RATE;

  /** Frames for which the lamp is lit. */
  static final int FLASH_LENGTH = 3;

  /** Height of the row of blocks, in pixels. */
  static final int ROW = WIDTH / BlockCode.BLOCKS;

  private static final int MAX_FRAMES = 1 << BlockCode.BITS;

  /**
   * Makes a clip of so many seconds with ffmpeg, or takes the one that an earlier run left there.
   *
   * @throws IllegalArgumentException if it would outrun the numbers of its frames
   */
  public static Clip make(Path folder, int seconds) {
    return make(folder, seconds, 0);
  }

  /**
   * Makes one whose first picture has another number than 0, so that it can be told from others.
   *
   * @throws IllegalArgumentException if it would outrun the numbers of its frames
   */
  public static Clip make(Path folder, int seconds, int first) {
    int frames = seconds * FRAME_RATE;
    if (frames < FLASH_PERIOD || first + frames > MAX_FRAMES) {
      throw new IllegalArgumentException("no clip of " + seconds + " seconds from " + first);
    }
    String name = "clip-" + seconds + "s" + (first == 0 ? "" : "-from-" + first);
    Path video = folder.resolve(name + ".mjpeg");
    Path audio = folder.resolve(name + ".wav");
    try {
      if (!Files.exists(video) || !Files.exists(audio)) {
        Files.createDirectories(folder);
        Beeps.write(audio, seconds);
        draw(video, seconds, first);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the clip", e);
    }
    return new Clip(video, audio, frames);
  }

  private static void draw(Path video, int seconds, int first) throws IOException {
    Path rows = Files.createTempFile("rows", ".grey");
    Path unfinished = Files.createTempFile(video.toAbsolutePath().getParent(), "clip", ".mjpeg");
    try {
      try (OutputStream out = Files.newOutputStream(rows)) {
        for (int frame = 0; frame < seconds * FRAME_RATE; frame++) {
          out.write(BlockCode.row(first + frame, frame % FLASH_PERIOD < FLASH_LENGTH));
        }
      }
      Command.of(ffmpeg(rows, unfinished, seconds)).succeed(Duration.ofMinutes(4));
      Files.move(unfinished, video);
    } finally {
      Files.deleteIfExists(rows);
      Files.deleteIfExists(unfinished);
    }
  }

  private static List<String> ffmpeg(Path rows, Path video, int seconds) {
    String size = WIDTH + "x" + HEIGHT;
    String lit = "lt(mod(n\\," + FLASH_PERIOD + ")\\," + FLASH_LENGTH + ")";
    return List.of(
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=" + size + ":rate=" + FRAME_RATE + ":duration=" + seconds,
        "-f",
        "rawvideo",
        "-pix_fmt",
        "gray",
        "-video_size",
        BlockCode.BLOCKS + "x1",
        "-framerate",
        Integer.toString(FRAME_RATE),
        "-i",
        rows.toString(),
        "-filter_complex",
        // Noise is motion that no encoder predicts; the big square is for the human eye.
        ("[0]noise=alls=12:allf=t,drawbox=x=1000:y=440:w=240:h=240:color=white:t=fill:enable='%s'[picture];"
                + "[1]scale=%d:%d:flags=neighbor,format=yuvj420p[row];"
                + "[picture][row]overlay=0:0:format=auto,format=yuvj420p")
            .formatted(lit, WIDTH, ROW),
        "-c:v",
        "mjpeg",
        "-q:v",
        "5",
        "-f",
        "mjpeg",
        video.toString());
  }
}
