package io.github.kvslocal.conformance.libwebrtc;

import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import io.github.kvslocal.conformance.clip.BlockCode;
import io.github.kvslocal.conformance.clip.Clip;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A camera and a microphone of numbers: moving grain with the {@link BlockCode} above it, a beep
 * with every flash. Pictures are {@link Clip#WIDTH} by {@link Clip#HEIGHT} at {@link
 * Clip#FRAME_RATE}.
 */
final class SyntheticMedia implements AutoCloseable {
  private static final int RATE = 48_000;

  /** Samples in the ten milliseconds that libwebrtc takes at once. */
  private static final int CHUNK = RATE / 100;

  private static final int CHUNKS_PER_FLASH = 100 * Clip.FLASH_PERIOD / Clip.FRAME_RATE;
  private static final int BEEP_CHUNKS = 10;
  private static final int FLASH_FRAMES = 3;

  /** How far the grain moves before it is back where it was. */
  private static final int DRIFT = 256;

  private static final int PITCH = Clip.WIDTH + DRIFT;
  private static final int BLOCK = Clip.WIDTH / BlockCode.BLOCKS;

  private final CustomVideoSource camera = new CustomVideoSource();
  private final CustomAudioSource microphone = new CustomAudioSource();
  private final byte[] grain = grain();
  private final byte[] row = new byte[Clip.WIDTH];
  private final byte[] beep = beep();
  private final byte[] silence = new byte[2 * CHUNK];

  // libwebrtc wants each source fed by one thread.
  private final ScheduledExecutorService cameraThread =
      Executors.newSingleThreadScheduledExecutor();
  private final ScheduledExecutorService microphoneThread =
      Executors.newSingleThreadScheduledExecutor();
  private final List<ScheduledFuture<?>> running = new ArrayList<>();
  private int frame;
  private int chunk;

  CustomVideoSource camera() {
    return camera;
  }

  CustomAudioSource microphone() {
    return microphone;
  }

  /** Begins with picture 0 and its beep, or goes on where it was stopped. */
  void start() {
    long period = TimeUnit.SECONDS.toNanos(1);
    running.add(
        cameraThread.scheduleAtFixedRate(
            this::pushFrame, 0, period / Clip.FRAME_RATE, TimeUnit.NANOSECONDS));
    running.add(
        microphoneThread.scheduleAtFixedRate(
            this::pushSound, 0, period / 100, TimeUnit.NANOSECONDS));
  }

  /** Stops both. */
  void stop() {
    running.forEach(task -> task.cancel(false));
    running.clear();
  }

  @Override
  public void close() {
    stop();
    cameraThread.shutdown();
    microphoneThread.shutdown();
    try {
      if (!cameraThread.awaitTermination(5, TimeUnit.SECONDS)
          || !microphoneThread.awaitTermination(5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a source did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the sources stopped", e);
    }
    camera.dispose();
    microphone.dispose();
  }

  private void pushFrame() {
    NativeI420Buffer picture = NativeI420Buffer.allocate(Clip.WIDTH, Clip.HEIGHT);
    fill(picture.getDataU(), (byte) 128);
    fill(picture.getDataV(), (byte) 128);
    ByteBuffer luma = picture.getDataY();
    byte[] blocks = BlockCode.row(frame, frame % Clip.FLASH_PERIOD < FLASH_FRAMES);
    for (int x = 0; x < Clip.WIDTH; x++) {
      row[x] = blocks[x / BLOCK];
    }
    int shift = frame * 4 % DRIFT;
    for (int y = 0; y < Clip.HEIGHT; y++) {
      luma.position(y * picture.getStrideY());
      if (y < BLOCK) {
        luma.put(row);
      } else {
        luma.put(grain, y * PITCH + shift, Clip.WIDTH);
      }
    }
    VideoFrame videoFrame = new VideoFrame(picture, System.nanoTime());
    camera.pushFrame(videoFrame);
    videoFrame.release();
    frame++;
  }

  private void pushSound() {
    boolean sounds = chunk % CHUNKS_PER_FLASH < BEEP_CHUNKS;
    microphone.pushAudio(sounds ? beep : silence, 16, RATE, 1, CHUNK);
    chunk++;
  }

  /** Ten periods of 1 kHz fill a chunk, so chunks follow each other without a click. */
  private static byte[] beep() {
    byte[] samples = new byte[2 * CHUNK];
    for (int sample = 0; sample < CHUNK; sample++) {
      int value =
          (int) (Short.MAX_VALUE / 2.0 * Math.cos(2 * Math.PI * 1_000 * sample / (double) RATE));
      samples[2 * sample] = (byte) value;
      samples[2 * sample + 1] = (byte) (value >> 8);
    }
    return samples;
  }

  /** Waves with noise on them: as it drifts, an encoder has work to do but can do it. */
  private static byte[] grain() {
    Random random = new Random(1);
    byte[] luma = new byte[PITCH * Clip.HEIGHT];
    for (int y = 0; y < Clip.HEIGHT; y++) {
      for (int x = 0; x < PITCH; x++) {
        double wave = 126 + 60 * Math.sin(x * 2 * Math.PI / 64) * Math.cos(y * Math.PI / 48);
        luma[y * PITCH + x] = (byte) (wave + random.nextInt(25) - 12);
      }
    }
    return luma;
  }

  private static void fill(ByteBuffer plane, byte value) {
    byte[] bytes = new byte[plane.remaining()];
    Arrays.fill(bytes, value);
    plane.put(bytes);
  }
}
