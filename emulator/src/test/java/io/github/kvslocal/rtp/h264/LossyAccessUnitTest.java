package io.github.kvslocal.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.FrameSink;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What came of access units that lost packets, dropped or kept. */
class LossyAccessUnitTest {
  private final List<String> journal = new ArrayList<>();
  private final H264Depacketizer dropping = new H264Depacketizer(new Journal());
  private final H264Depacketizer keeping = new H264Depacketizer(new Journal(), true);

  private final class Journal implements FrameSink {
    @Override
    public void frame(int timestamp, long arrival, boolean keyFrame, byte[] data) {
      String hex = HexFormat.of().withUpperCase().formatHex(data);
      journal.add(timestamp + (keyFrame ? " key " : " ") + hex);
    }

    @Override
    public void lossBefore() {
      journal.add("loss");
    }

    @Override
    public void dropped() {
      journal.add("dropped");
    }
  }

  @Test
  void sliceEndsAtTheHoleAndTheRestOfItIsLeftOut() throws MalformedPacketException {
    push(keeping, 1, false, "5C 81 AA");
    push(keeping, 1, false, "5C 01 BB");
    pushAfterGap(keeping, 1, false, "5C 01 DD");
    push(keeping, 1, false, "5C 41 EE");
    push(keeping, 1, true, "4140");

    assertThat(journal).containsExactly("loss", "1 0000000341AABB" + "000000024140");
  }

  @Test
  void parameterSetThatIsTornIsLeftOut() throws MalformedPacketException {
    push(keeping, 1, false, "7C 87 42");
    pushAfterGap(keeping, 1, false, "7C 47 01");
    push(keeping, 1, true, "4140");

    assertThat(journal).containsExactly("loss", "1 000000024140");
  }

  @Test
  void pictureOfWhichNothingCameIsDropped() throws MalformedPacketException {
    push(keeping, 1, false, "7C 87 42");
    pushAfterGap(keeping, 1, true, "7C 47 01");
    push(keeping, 2, true, "4188");

    assertThat(journal).containsExactly("dropped", "2 000000024188");
  }

  @Test
  void tornKeyFrameIsNone() throws MalformedPacketException {
    push(keeping, 1, false, "6588");
    pushAfterGap(keeping, 1, true, "6540");

    assertThat(journal).containsExactly("loss", "1 000000026588" + "000000026540");
  }

  @Test
  void beginningThatIsMissingLeavesTheEnd() throws MalformedPacketException {
    pushAfterGap(keeping, 1, false, "5C 01 AA");
    push(keeping, 1, false, "5C 41 BB");
    push(keeping, 1, true, "4140");

    assertThat(journal).containsExactly("loss", "1 000000024140");
  }

  @Test
  void whatCannotBeReadIsDroppedEvenIfTornIsKept() {
    try {
      push(keeping, 1, true, "78 0009 65");
    } catch (MalformedPacketException expected) {
      journal.add("malformed");
    }

    assertThat(journal).containsExactly("dropped", "malformed");
  }

  @Test
  void wholePictureBehindAHoleTellsOfTheHole() throws MalformedPacketException {
    push(dropping, 1, true, "4188");
    pushAfterGap(dropping, 3, true, "4188");

    assertThat(journal).containsExactly("1 000000024188", "loss", "3 000000024188");
  }

  @Test
  void pictureBehindATornOneNeedNotProveItsBeginning() throws MalformedPacketException {
    push(dropping, 1, false, "7C 85 AA");
    pushAfterGap(dropping, 1, true, "7C 45 CC");
    push(dropping, 2, true, "6588");

    assertThat(journal).containsExactly("dropped", "2 key 000000026588");
  }

  @Test
  void emptyNalUnitsOfAnAggregateAreNothing() throws MalformedPacketException {
    push(dropping, 1, false, "78 0000 0002 6742 0000 0001 68");
    push(dropping, 1, true, "6588");

    assertThat(journal).containsExactly("1 key 000000026742" + "0000000168" + "000000026588");
  }

  @Test
  void accessUnitWithTwoTimestampsIsTwoPictures() throws MalformedPacketException {
    push(dropping, 1, false, "4188");
    push(dropping, 2, true, "4140");

    assertThat(journal).containsExactly("1 000000024188", "2 000000024140");
  }

  @Test
  void trailingZeroBytesAndPaddingBitsAreKept() throws MalformedPacketException {
    push(dropping, 1, true, "65 88 80 00 00");

    assertThat(journal).containsExactly("1 key 000000056588800000");
  }

  private static void push(H264Depacketizer to, int timestamp, boolean marker, String hex)
      throws MalformedPacketException {
    to.push(packet(timestamp, marker, hex), false, 0);
  }

  private static void pushAfterGap(H264Depacketizer to, int timestamp, boolean marker, String hex)
      throws MalformedPacketException {
    to.push(packet(timestamp, marker, hex), true, 0);
  }

  private static RtpPacket packet(int timestamp, boolean marker, String hex)
      throws MalformedPacketException {
    byte[] payload = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] bytes = new byte[12 + payload.length];
    bytes[0] = (byte) 0x80;
    bytes[1] = (byte) (marker ? 0xFE : 0x7E);
    Bytes.put32(bytes, 4, timestamp);
    System.arraycopy(payload, 0, bytes, 12, payload.length);
    RtpPacket packet = new RtpPacket();
    packet.parse(bytes, 0, bytes.length);
    return packet;
  }
}
