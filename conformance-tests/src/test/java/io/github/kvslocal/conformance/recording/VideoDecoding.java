package io.github.kvslocal.conformance.recording;

import io.github.kvslocal.conformance.clip.BlockCode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every picture of a file, decoded by ffmpeg and read. */
final class VideoDecoding {
  // A pixel for each sixteen: a block is four of them wide and high, the row the uppermost four
  // lines.
  private static final int WIDTH = 80;
  private static final int HEIGHT = 45;
  private static final int BLOCK = WIDTH / BlockCode.BLOCKS;
  private static final Pattern SHOWN =
      Pattern.compile("\\bn: *\\d+ .*?pts_time:([-\\d.]+) .*? s:(\\d+)x(\\d+) ");

  private VideoDecoding() {}

  static List<DecodedFrame> of(Path file) {
    FilteredStream stream =
        FilteredStream.decode(
            file,
            "-map",
            "0:v:0",
            "-vf",
            "showinfo=checksum=0,scale=" + WIDTH + ":" + HEIGHT + ":flags=area,format=gray",
            "-fps_mode",
            "passthrough",
            "-f",
            "rawvideo");
    List<DecodedFrame> frames = new ArrayList<>();
    Matcher shown = SHOWN.matcher(stream.log());
    while (shown.find()) {
      byte[] row = row(stream.bytes(), frames.size() * WIDTH * HEIGHT);
      frames.add(
          new DecodedFrame(
              Double.parseDouble(shown.group(1)),
              Integer.parseInt(shown.group(2)),
              Integer.parseInt(shown.group(3)),
              BlockCode.number(row).orElse(DecodedFrame.UNREADABLE),
              BlockCode.lamp(row)));
    }
    if (frames.size() * WIDTH * HEIGHT != stream.bytes().capacity()) {
      throw new IllegalStateException(
          "ffmpeg named %d frames and wrote %d bytes"
              .formatted(frames.size(), stream.bytes().capacity()));
    }
    return frames;
  }

  /** The inner pixels of each block, averaged: their rims are blurred. */
  private static byte[] row(ByteBuffer pixels, int start) {
    byte[] row = new byte[BlockCode.BLOCKS];
    for (int block = 0; block < row.length; block++) {
      int sum = 0;
      for (int y = 1; y <= 2; y++) {
        for (int x = 1; x <= 2; x++) {
          sum += Byte.toUnsignedInt(pixels.get(start + y * WIDTH + block * BLOCK + x));
        }
      }
      row[block] = (byte) (sum / 4);
    }
    return row;
  }
}
