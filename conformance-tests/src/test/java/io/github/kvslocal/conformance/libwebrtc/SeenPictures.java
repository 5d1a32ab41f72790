package io.github.kvslocal.conformance.libwebrtc;

import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import io.github.kvslocal.conformance.clip.BlockCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a viewer of libwebrtc has seen: every picture's size and the number in its blocks. */
public final class SeenPictures implements VideoTrackSink {
  private static final int UNREADABLE = -1;

  private final List<Integer> numbers = new ArrayList<>();
  private Optional<Duration> firstWhole = Optional.empty();
  private long connected;

  /** From now on. */
  synchronized void begin() {
    connected = System.nanoTime();
  }

  @Override
  public void onVideoFrame(VideoFrame frame) {
    I420Buffer picture = frame.buffer.toI420();
    try {
      note(picture);
    } finally {
      picture.release();
    }
  }

  /** The number of each picture, in order; -1 if its blocks make no sense. */
  public synchronized List<Integer> numbers() {
    return List.copyOf(numbers);
  }

  /** When the first picture of 1280x720 came, since the connection was up; empty if none did. */
  public synchronized Optional<Duration> firstWhole() {
    return firstWhole;
  }

  private synchronized void note(I420Buffer picture) {
    if (firstWhole.isEmpty() && picture.getWidth() == 1280 && picture.getHeight() == 720) {
      firstWhole = Optional.of(Duration.ofNanos(System.nanoTime() - connected));
    }
    numbers.add(BlockCode.number(row(picture)).orElse(UNREADABLE));
  }

  /** The middle of each block. */
  private static byte[] row(I420Buffer picture) {
    ByteBuffer luma = picture.getDataY();
    byte[] row = new byte[BlockCode.BLOCKS];
    int block = picture.getWidth() / BlockCode.BLOCKS;
    for (int index = 0; index < row.length; index++) {
      row[index] = luma.get(block / 2 * picture.getStrideY() + index * block + block / 2);
    }
    return row;
  }
}
