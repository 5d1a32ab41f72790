package io.github.kvslocal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutOfBandParameterSetsTest {
  private static final String SETS = "00000009" + "6742C01FDA0280F640" + "00000004" + "68CE3C80";
  private static final String KEY_FRAME = "00000002" + "6588";

  private final VideoForwarder forwarder = new VideoForwarder();
  private final List<EncodedFrame> shown = new ArrayList<>();

  @Test
  void setsThatTheAnswerToldAreInFrontOfAKeyFrame() {
    forwarder.masterArrived(() -> {});
    forwarder.parameterSets(ByteBuffer.wrap(HexFormat.of().parseHex(SETS)));
    forwarder.admit(shown::add);

    forwarder.picture(keyFrame(KEY_FRAME), 0);

    assertThat(shown).containsExactly(keyFrame(SETS + KEY_FRAME));
  }

  @Test
  void setsOfAnotherMasterAreForgotten() {
    forwarder.masterArrived(() -> {});
    forwarder.parameterSets(ByteBuffer.wrap(HexFormat.of().parseHex(SETS)));
    forwarder.admit(shown::add);

    forwarder.masterArrived(() -> {});
    forwarder.picture(keyFrame(KEY_FRAME), 0);

    assertThat(shown).containsExactly(keyFrame(KEY_FRAME));
  }

  private static EncodedFrame keyFrame(String hex) {
    return new EncodedFrame(
        Track.VIDEO, MediaTime.ofMillis(33), true, HexFormat.of().parseHex(hex));
  }
}
