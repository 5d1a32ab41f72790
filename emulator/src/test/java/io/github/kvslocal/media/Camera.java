package io.github.kvslocal.media;

import java.util.AbstractList;
import java.util.List;

/**
 * What a camera sends: a key frame first, and then only when it is asked for one. To be gone
 * through once, in order, while it is sent; fifteen pictures a second.
 */
public final class Camera extends AbstractList<EncodedFrame> {
  private static final int RATE = 15;
  private static final EncodedFrame KEY = Clip.video().get(0);
  private static final List<EncodedFrame> OTHERS =
      Clip.video().stream().filter(frame -> !frame.keyFrame()).toList();

  private final int pictures;
  private volatile Runnable look = () -> {};
  private volatile long requests;
  private long answered;

  public Camera(int seconds) {
    pictures = seconds * RATE;
  }

  /** Looks whether there are requests before each picture, and then calls {@link #asked}. */
  public void looking(Runnable before) {
    look = before;
  }

  /** It has been asked for so many key frames so far. */
  public void asked(long times) {
    requests = times;
  }

  @Override
  public EncodedFrame get(int index) {
    look.run();
    boolean key = index == 0 || requests > answered;
    answered = requests;
    EncodedFrame picture = key ? KEY : OTHERS.get(index % OTHERS.size());
    return picture.at(MediaTime.ofMillis(index * 1_000L / RATE));
  }

  @Override
  public int size() {
    return pictures;
  }
}
