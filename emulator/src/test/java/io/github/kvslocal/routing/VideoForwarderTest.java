package io.github.kvslocal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoForwarderTest {
  private final VideoForwarder forwarder = new VideoForwarder();
  private final Screen ann = new Screen();
  private final Screen bob = new Screen();
  private int asked;
  private long now;

  /** What one viewer was sent; it can refuse. */
  private static final class Screen implements VideoForwarder.Outlet {
    private final List<EncodedFrame> shown = new ArrayList<>();
    private boolean refuses;
    private Runnable meanwhile = () -> {};

    @Override
    public boolean send(EncodedFrame accessUnit) {
      meanwhile.run();
      if (!refuses) {
        shown.add(accessUnit);
      }
      return !refuses;
    }
  }

  @Test
  void everyViewerIsSentThePicturesFromAKeyFrameOn() {
    masterArrives();
    forwarder.admit(ann);
    forwarder.picture(delta(0), now);
    forwarder.picture(key(33), now);
    forwarder.admit(bob);

    forwarder.picture(delta(67), now);
    forwarder.picture(key(100), now);
    forwarder.picture(delta(133), now);

    assertThat(ann.shown).containsExactly(key(33), delta(67), key(100), delta(133));
    assertThat(bob.shown).containsExactly(key(100), delta(133));
  }

  @Test
  void aViewerThatJoinsAsksForAKeyFrameIfThereIsAMaster() {
    forwarder.admit(ann);
    assertThat(asked).isZero();
    masterArrives();
    assertThat(asked).isZero();

    forwarder.admit(bob);

    assertThat(asked).isEqualTo(1);
  }

  @Test
  void afterAGapNothingIsSentUntilTheNextKeyFrame() {
    masterArrives();
    forwarder.admit(ann);
    forwarder.picture(key(0), now);
    asked = 0;

    forwarder.gap();
    forwarder.picture(delta(67), now);
    forwarder.picture(key(100), now);

    assertThat(ann.shown).containsExactly(key(0), key(100));
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void aGapThatNobodySeesIsNoReasonToAsk() {
    masterArrives();

    forwarder.gap();

    assertThat(asked).isZero();
  }

  @Test
  void aViewersWishGoesToTheMasterOfTheMoment() {
    VideoForwarder.Viewer place = forwarder.admit(ann);
    place.keyFrameWanted(now);
    masterArrives();

    place.keyFrameWanted(now);
    assertThat(asked).isEqualTo(1);
    forwarder.masterLeft();
    place.keyFrameWanted(now);

    assertThat(asked).isEqualTo(1);
  }

  @Test
  void whatAViewerCannotBeSentClosesItsGateAndNoOther() {
    masterArrives();
    forwarder.admit(ann);
    forwarder.admit(bob);
    forwarder.picture(key(0), now);
    asked = 0;
    ann.refuses = true;
    forwarder.picture(delta(33), now);
    ann.refuses = false;

    forwarder.picture(delta(67), now);
    forwarder.picture(key(100), now);

    assertThat(ann.shown).containsExactly(key(0), key(100));
    assertThat(bob.shown).containsExactly(key(0), delta(33), delta(67), key(100));
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void aKeyFrameThatCannotBeSentIsNotAskedForAgain() {
    masterArrives();
    forwarder.admit(ann);
    asked = 0;
    ann.refuses = true;

    forwarder.picture(key(0), now);
    forwarder.picture(delta(33), now);

    assertThat(asked).isZero();
  }

  @Test
  void aViewerThatLeftIsSentNothing() {
    masterArrives();
    VideoForwarder.Viewer place = forwarder.admit(ann);
    forwarder.admit(bob);
    forwarder.picture(key(0), now);

    place.leave();
    place.leave();
    forwarder.picture(delta(33), now);

    assertThat(ann.shown).hasSize(1);
    assertThat(bob.shown).hasSize(2);
  }

  @Test
  void viewersMayComeAndGoWhileAPictureIsPassedOn() {
    masterArrives();
    VideoForwarder.Viewer place = forwarder.admit(ann);
    Screen late = new Screen();
    ann.meanwhile =
        () -> {
          place.leave();
          forwarder.admit(late);
        };
    forwarder.admit(bob);

    forwarder.picture(key(0), now);
    forwarder.picture(key(33), now);

    assertThat(ann.shown).containsExactly(key(0));
    assertThat(bob.shown).containsExactly(key(0), key(33));
    assertThat(late.shown).containsExactly(key(33));
  }

  @Test
  void theNextMastersPicturesFollowFromItsKeyFrameOn() {
    masterArrives();
    forwarder.admit(ann);
    forwarder.picture(key(0), now);
    forwarder.masterLeft();
    masterArrives();

    forwarder.picture(delta(5_000), now);
    forwarder.picture(key(5_033), now);

    assertThat(ann.shown).containsExactly(key(0), key(5_033));
  }

  @Test
  void theNextMastersPicturesKeepTheirDistancesThoughItsClockIsBehind() {
    masterArrives();
    forwarder.admit(ann);
    forwarder.picture(key(1_000), now);
    assertThat(forwarder.shifted()).isZero();
    masterArrives();

    forwarder.picture(key(640), now);
    forwarder.picture(delta(673), now);
    forwarder.picture(delta(707), now);

    assertThat(ann.shown).containsExactly(key(1_000), key(1_001), delta(1_034), delta(1_068));
    assertThat(forwarder.shifted()).isEqualTo(Duration.ofMillis(361));
  }

  @Test
  void eachMasterIsShiftedByItsOwnNeed() {
    masterArrives();
    forwarder.admit(ann);
    forwarder.picture(key(1_000), now);
    masterArrives();
    forwarder.picture(key(640), now);

    masterArrives();
    forwarder.picture(key(2_000), now);

    assertThat(ann.shown).containsExactly(key(1_000), key(1_001), key(2_000));
    assertThat(forwarder.shifted()).isZero();
  }

  @Test
  void aKeyFrameGetsTheParameterSetsOfItsOwnMaster() {
    EncodedFrame whole = unit(0, true, 0x67, 0x68, 0x65);
    EncodedFrame bare = unit(33, true, 0x65);
    masterArrives();
    forwarder.picture(whole, now);
    forwarder.admit(ann);
    forwarder.picture(bare, now);

    masterArrives();
    forwarder.picture(bare.at(MediaTime.ofMillis(67)), now);

    assertThat(ann.shown)
        .containsExactly(unit(33, true, 0x67, 0x68, 0x65), bare.at(MediaTime.ofMillis(67)));
  }

  private void masterArrives() {
    forwarder.masterArrived(() -> asked++);
  }

  private static EncodedFrame key(int millis) {
    return unit(millis, true, 0x65);
  }

  private static EncodedFrame delta(int millis) {
    return unit(millis, false, 0x41);
  }

  /** NAL units with these first bytes; parameter sets among them have id 0. */
  private static EncodedFrame unit(int millis, boolean keyFrame, int... headers) {
    byte[] data = new byte[9 * headers.length];
    for (int i = 0; i < headers.length; i++) {
      data[9 * i + 3] = 5;
      data[9 * i + 4] = (byte) headers[i];
      data[9 * i + 5] = (byte) 0xC2;
      data[9 * i + 8] = (byte) 0x88;
    }
    return new EncodedFrame(Track.VIDEO, MediaTime.ofMillis(millis), keyFrame, data);
  }
}
