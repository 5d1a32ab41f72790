package io.github.kvslocal.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParameterSetsTest {
  // The id of a sequence parameter set is the fifth byte's first bits: 1 is id 0, 010 is id 1.
  private static final byte[] SEQUENCE_0 = {0x67, 0x42, (byte) 0xC0, 0x1F, (byte) 0x8C};
  private static final byte[] SEQUENCE_0_LARGER = {0x67, 0x42, (byte) 0xC0, 0x20, (byte) 0x8C, 5};
  private static final byte[] SEQUENCE_1 = {0x67, 0x42, (byte) 0xC0, 0x1F, 0x4C};
  private static final byte[] PICTURE_0 = {0x68, (byte) 0xCE, 0x3C};
  private static final byte[] PICTURE_1 = {0x68, 0x4E, 0x3C};

  /** Seven bits, 0001000: id 7. */
  private static final byte[] PICTURE_7 = {0x68, 0x10, (byte) 0x80};

  private static final byte[] DELIMITER = {0x09, 0x10};
  private static final byte[] IDR = {0x65, (byte) 0x88, 1, 2, 3};
  private static final byte[] SLICE = {0x41, (byte) 0x9A, 4};

  private final ParameterSets sets = new ParameterSets();

  @Test
  void aKeyFrameWithItsSetsStaysAsItIs() {
    EncodedFrame whole = unit(SEQUENCE_0, PICTURE_0, IDR);

    assertThat(sets.complete(whole)).isSameAs(whole);
  }

  @Test
  void aKeyFrameWithoutGetsTheNewestInFront() {
    sets.complete(unit(SEQUENCE_0, PICTURE_0, IDR));
    sets.complete(unit(SEQUENCE_0_LARGER, PICTURE_0, IDR));

    assertThat(sets.complete(unit(IDR))).isEqualTo(unit(SEQUENCE_0_LARGER, PICTURE_0, IDR));
  }

  @Test
  void setsThatCameByThemselvesAreRemembered() {
    sets.complete(unit(SEQUENCE_0, SLICE));
    sets.complete(unit(PICTURE_0, SLICE));

    assertThat(sets.complete(unit(IDR))).isEqualTo(unit(SEQUENCE_0, PICTURE_0, IDR));
  }

  @Test
  void setsOfDifferentIdsAreAllSentSequenceSetsFirst() {
    sets.complete(unit(SEQUENCE_1, PICTURE_7, PICTURE_1, SEQUENCE_0, PICTURE_0, IDR));

    assertThat(sets.complete(unit(IDR)))
        .isEqualTo(unit(SEQUENCE_0, SEQUENCE_1, PICTURE_0, PICTURE_1, PICTURE_7, IDR));
  }

  @Test
  void aKeyFrameThatLacksOneKindGetsBoth() {
    sets.complete(unit(SEQUENCE_0, PICTURE_0, IDR));

    assertThat(sets.complete(unit(SEQUENCE_0_LARGER, IDR)))
        .isEqualTo(unit(SEQUENCE_0_LARGER, PICTURE_0, SEQUENCE_0_LARGER, IDR));
  }

  @Test
  void theDelimiterStaysFirst() {
    sets.complete(unit(SEQUENCE_0, PICTURE_0, IDR));

    assertThat(sets.complete(unit(DELIMITER, IDR)))
        .isEqualTo(unit(DELIMITER, SEQUENCE_0, PICTURE_0, IDR));
  }

  @Test
  void otherPicturesAndUnknownSetsChangeNothing() {
    EncodedFrame key = unit(IDR);
    assertThat(sets.complete(key)).isSameAs(key);
    sets.complete(unit(SEQUENCE_0, IDR));
    assertThat(sets.complete(key)).isSameAs(key);
    sets.complete(unit(PICTURE_0, IDR));
    EncodedFrame delta = unit(SLICE);

    assertThat(sets.complete(delta)).isSameAs(delta);
    sets.clear();
    assertThat(sets.complete(key)).isSameAs(key);
  }

  @Test
  void setsThatAreTooLargeOrHaveNoIdAreNotRemembered() {
    byte[] large = new byte[513];
    System.arraycopy(SEQUENCE_0, 0, large, 0, SEQUENCE_0.length);
    sets.complete(unit(large, new byte[] {0x68}, new byte[] {0x67, 1}, new byte[] {0x68, 0, 1}));

    EncodedFrame key = unit(IDR);
    assertThat(sets.complete(key)).isSameAs(key);
  }

  @Test
  void realKeyFramesAreCompleteBefore() {
    assertThat(Clip.video()).allSatisfy(each -> assertThat(sets.complete(each)).isSameAs(each));
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(6);
    for (int i = 0; i < 200_000; i++) {
      byte[] data = new byte[random.nextInt(40)];
      random.nextBytes(data);
      for (int at = 0; at + 5 < data.length; at += 5 + data[at + 3]) {
        data[at] = data[at + 1] = data[at + 2] = 0;
        data[at + 3] = (byte) random.nextInt(12);
        data[at + 4] = (byte) (random.nextInt(4) + 6);
      }
      EncodedFrame unit = new EncodedFrame(Track.VIDEO, MediaTime.ZERO, true, data);

      EncodedFrame complete = sets.complete(unit);

      assertThat(complete.size()).isBetween(unit.size(), unit.size() + 288 * 516);
    }
  }

  private static EncodedFrame unit(byte[]... nals) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean key = false;
    for (byte[] nal : nals) {
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(nal.length).array());
      bytes.writeBytes(nal);
      key |= nal == IDR;
    }
    return new EncodedFrame(Track.VIDEO, MediaTime.ZERO, key, bytes.toByteArray());
  }
}
