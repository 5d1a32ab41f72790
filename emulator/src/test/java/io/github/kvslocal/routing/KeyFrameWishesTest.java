package io.github.kvslocal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a viewer's wishes for a key frame are passed on; ten pictures a second, from zero on. */
class KeyFrameWishesTest {
  private static final long MILLI = 1_000_000;

  private final VideoForwarder forwarder = new VideoForwarder();

  /** When the master was asked, in milliseconds. */
  private final List<Integer> asked = new ArrayList<>();

  private int millis;

  @Test
  void aViewerThatSeesIsGrantedOneASecond() {
    VideoForwarder.Viewer ann = seeingViewer();

    for (; millis < 5_000; millis += 100) {
      ann.keyFrameWanted(millis * MILLI);
      picture(false);
    }

    assertThat(asked).containsExactly(0, 1_000, 2_000, 3_000, 4_000);
  }

  @Test
  void aWishThatComesTooSoonIsNotForgotten() {
    VideoForwarder.Viewer ann = seeingViewer();
    ann.keyFrameWanted(0);
    millis = 300;
    ann.keyFrameWanted(millis * MILLI);

    for (; millis < 5_000; millis += 100) {
      picture(false);
    }

    assertThat(asked).containsExactly(0, 1_000);
  }

  @Test
  void aKeyFrameThatComesByItselfFulfilsTheWish() {
    VideoForwarder.Viewer ann = seeingViewer();
    ann.keyFrameWanted(0);
    ann.keyFrameWanted(300 * MILLI);

    millis = 400;
    picture(true);
    millis = 1_500;
    picture(false);

    assertThat(asked).containsExactly(0);
  }

  @Test
  void aViewerThatWaitsForItsFirstKeyFrameIsHeardAtOnce() {
    forwarder.masterArrived(() -> asked.add(millis));
    VideoForwarder.Viewer ann = forwarder.admit(frame -> true);
    asked.clear();

    for (; millis < 500; millis += 100) {
      ann.keyFrameWanted(millis * MILLI);
    }

    assertThat(asked).containsExactly(0, 100, 200, 300, 400);
  }

  @Test
  void oneViewersWishesDoNotDelayAnothers() {
    VideoForwarder.Viewer ann = seeingViewer();
    VideoForwarder.Viewer bob = forwarder.admit(frame -> true);
    picture(true);
    asked.clear();
    ann.keyFrameWanted(0);
    millis = 600;

    ann.keyFrameWanted(millis * MILLI);
    bob.keyFrameWanted(millis * MILLI);

    assertThat(asked).containsExactly(0, 600);
  }

  private VideoForwarder.Viewer seeingViewer() {
    forwarder.masterArrived(() -> asked.add(millis));
    VideoForwarder.Viewer viewer = forwarder.admit(frame -> true);
    picture(true);
    asked.clear();
    return viewer;
  }

  private void picture(boolean keyFrame) {
    byte[] slice = {0, 0, 0, 2, (byte) (keyFrame ? 0x65 : 0x41), (byte) 0x88};
    forwarder.picture(
        new EncodedFrame(Track.VIDEO, MediaTime.ofMillis(millis), keyFrame, slice), millis * MILLI);
  }
}
