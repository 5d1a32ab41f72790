package io.github.kvslocal.runtime;

import static io.github.kvslocal.runtime.OddMaster.DELTA;
import static io.github.kvslocal.runtime.OddMaster.H264;
import static io.github.kvslocal.runtime.OddMaster.IDR;
import static io.github.kvslocal.runtime.OddMaster.OPUS;
import static io.github.kvslocal.runtime.OddMaster.PPS;
import static io.github.kvslocal.runtime.OddMaster.SPS;
import static io.github.kvslocal.runtime.OddMaster.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.fragment.Gaps;
import io.github.kvslocal.recording.FragmentMetadata;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the network takes for good, as the index, the journal and the recording show it. */
class LossyRecordingTest {
  private static final String SOUND = "78010203";

  private final TestWorld world = new TestWorld();
  private final OddMaster master = new OddMaster(world);

  @Test
  void missingPicturesAreAGapOfTheirFragment() {
    master.connect().pictures(0, 1_000, true).lose(H264, 3);
    master.pictures(1_300, 2_000, false).pictures(2_000, 3_000, true);

    master.leave();

    assertThat(master.fragments())
        .extracting(FragmentMetadata::gaps)
        .containsExactly(pictures(1, 300), Gaps.NONE);
    assertThat(world.detail("recording-ended"))
        .contains("; 1 gaps in the picture of 300 ms together, 0 in the sound of 0 ms; ");
  }

  @Test
  void picturesMissingBeforeACutBelongToTheFragmentThatEnds() {
    master.connect().pictures(0, 1_900, true).lose(H264, 1).pictures(2_000, 3_000, true);

    master.leave();

    assertThat(master.fragments())
        .extracting(FragmentMetadata::gaps)
        .containsExactly(pictures(1, 100), Gaps.NONE);
  }

  @Test
  void missingSoundIsAGapAndAPauseIsNone() {
    master.connect().pictures(0, 100, true);
    master.sound(0, SOUND).sound(20, SOUND).lose(OPUS, 2).sound(80, SOUND).sound(480, SOUND);

    master.leave();

    assertThat(master.fragments())
        .extracting(FragmentMetadata::gaps)
        .containsExactly(new Gaps(0, Duration.ZERO, 1, Duration.ofMillis(40)));
  }

  @Test
  void pictureThatLostAPacketIsDroppedWhole() {
    master.connect().pictures(0, 300, true);
    master.rtp(H264, false, 300, DELTA).lose(H264, 1).rtp(H264, true, 300, "4140");
    master.picture(400, DELTA);

    master.leave();

    assertThat(master.blocks(1))
        .extracting(OddMaster::millis)
        .containsExactly(0L, 100L, 200L, 400L);
    assertThat(master.fragments())
        .extracting(FragmentMetadata::gaps)
        .containsExactly(pictures(1, 100));
  }

  @Test
  void pictureThatLostAPacketIsKeptWhereThatIsWanted() {
    OddMaster keeping = new OddMaster(world, world.runtime().withLossyPictures(true));
    keeping.connect().pictures(0, 300, true);
    keeping.rtp(H264, false, 300, DELTA).lose(H264, 1).rtp(H264, true, 300, "4140");
    keeping.picture(400, DELTA);

    keeping.leave();

    assertThat(keeping.blocks(1))
        .containsExactly(
            "0 " + unit(SPS, PPS, IDR),
            "100 " + unit(DELTA),
            "200 " + unit(DELTA),
            "300 " + unit(DELTA, "4140"),
            "400 " + unit(DELTA));
    assertThat(keeping.fragments())
        .extracting(FragmentMetadata::gaps)
        .containsExactly(pictures(1, 0));
  }

  @Test
  void keyFrameThatLostAPacketStartsNoFragmentEvenIfItIsKept() {
    OddMaster keeping = new OddMaster(world, world.runtime().withLossyPictures(true));
    keeping.connect().pictures(0, 2_000, true);
    keeping.rtp(H264, false, 2_000, SPS).rtp(H264, false, 2_000, PPS).lose(H264, 1);
    keeping.rtp(H264, true, 2_000, IDR).pictures(2_100, 3_000, false);

    keeping.leave();

    assertThat(keeping.fragments()).hasSize(1);
    assertThat(keeping.blocks(1)).element(20).isEqualTo("2000 " + unit(SPS, PPS, IDR));
  }

  private static Gaps pictures(int count, long millis) {
    return new Gaps(count, Duration.ofMillis(millis), 0, Duration.ZERO);
  }
}
