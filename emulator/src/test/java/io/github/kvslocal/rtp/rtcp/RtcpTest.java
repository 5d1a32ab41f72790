package io.github.kvslocal.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpTest {
  private final byte[] buffer = new byte[1_500];
  private final RtcpWriter writer = new RtcpWriter();
  private final Journal journal = new Journal();

  /** Writes down what it is told. */
  private static final class Journal implements RtcpHandler {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void senderReport(long ssrc, long ntp, int timestamp, long packets, long octets) {
      lines.add("sr %d %x %d %d %d".formatted(ssrc, ntp, timestamp, packets, octets));
    }

    @Override
    public void reportBlock(long reporter, ReportBlock block) {
      lines.add(reporter + " " + block);
    }

    @Override
    public void canonicalName(long ssrc, String name) {
      lines.add("cname " + ssrc + " " + name);
    }

    @Override
    public void bye(long ssrc) {
      lines.add("bye " + ssrc);
    }

    @Override
    public void nack(long mediaSsrc, int sequenceNumber) {
      lines.add("nack " + mediaSsrc + " " + sequenceNumber);
    }

    @Override
    public void pictureLoss(long mediaSsrc) {
      lines.add("pli " + mediaSsrc);
    }

    @Override
    public void fullIntraRequest(long mediaSsrc, int command) {
      lines.add("fir " + mediaSsrc + " " + command);
    }

    @Override
    public void maximumBitrate(long bitsPerSecond) {
      lines.add("remb " + bitsPerSecond);
    }

    @Override
    public void transportFeedback(byte[] bytes, int offset, int length)
        throws MalformedPacketException {
      lines.add("twcc " + TransportFeedback.parse(bytes, offset, length).statusCount());
    }
  }

  @Test
  void compoundOfEverythingIsReadAsWritten() throws MalformedPacketException {
    ReportBlock block = new ReportBlock(7, 128, -3, 0x1_0005L, 90, 0xAABBCCDDL, 65_536);
    writer.begin(buffer, 3);
    writer.senderReport(0xFFFF_FFFFL, 0x1122334455667788L, -1, 10, 0xFFFF_FFFFL);
    writer.block(block);
    writer.block(block);
    writer.receiverReport(9);
    writer.description(5, RtcpWriter.canonicalName("größe"));
    writer.pictureLoss(1, 2);
    writer.fullIntraRequest(1, 3, 200);
    writer.maximumBitrate(1, 2, 5_000_000);
    writer.bye(4);

    RtcpReader.read(buffer, 3, writer.length(), journal);

    assertThat(journal.lines)
        .containsExactly(
            "sr 4294967295 1122334455667788 -1 10 4294967295",
            "4294967295 " + block,
            "4294967295 " + block,
            "cname 5 größe",
            "pli 2",
            "fir 3 200",
            "remb 5000000",
            "bye 4");
  }

  @Test
  void missingPacketsArePackedAndUnpackedAcrossTheWrap() throws MalformedPacketException {
    int[] missing = {65_534, 65_535, 0, 14, 15, 40};
    writer.begin(buffer, 0);

    int written = writer.nack(1, 2, missing, missing.length, 100);

    RtcpReader.read(buffer, 0, writer.length(), journal);
    assertThat(written).isEqualTo(6);
    assertThat(writer.length()).isEqualTo(12 + 3 * 4);
    assertThat(journal.lines)
        .containsExactly(
            "nack 2 65534", "nack 2 65535", "nack 2 0", "nack 2 14", "nack 2 15", "nack 2 40");
  }

  @Test
  void nackStaysWithinItsRoom() {
    int[] missing = {0, 100, 200, 300};
    writer.begin(buffer, 0);

    int written = writer.nack(1, 2, missing, missing.length, 20);

    assertThat(written).isEqualTo(2);
    assertThat(writer.length()).isEqualTo(20);
  }

  @Test
  void unknownTypesAndPaddingAreSkipped() throws MalformedPacketException {
    read("80CF0001 00000001" + "A0CC0002 00000001 00000004" + "81CB0001 00000004");

    assertThat(journal.lines).containsExactly("bye 4");
  }

  @Test
  void reducedSizeFeedbackNeedsNoReport() throws MalformedPacketException {
    read("81CE0002 00000001 00000002");

    assertThat(journal.lines).containsExactly("pli 2");
  }

  @Test
  void emptyNameIsWrittenInWholeWords() throws MalformedPacketException {
    writer.begin(buffer, 0);
    writer.description(5, RtcpWriter.canonicalName(""));

    RtcpReader.read(buffer, 0, writer.length(), journal);

    assertThat(writer.length()).isEqualTo(12).isEqualTo(RtcpWriter.descriptionSize(new byte[0]));
    assertThat(journal.lines).containsExactly("cname 5 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80C9",
        "80C90002 00000001",
        "40C90001 00000001",
        "81C90001 00000001",
        "80C80001 00000001",
        "A0C90001 00000009",
        "A0C90001 00000000",
        "81CA0002 00000001 01FF4142",
        "81CA0001 00000001",
        "82CB0001 00000001",
        "81CE0001 00000001",
        "8FCD0002 00000001 00000002",
        "80C90001 00000001 80"
      })
  void packetThatClaimsMoreThanItHasIsMalformed(String hex) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void ntpTimeCountsFrom1900() {
    long epoch = NtpTime.of(Instant.EPOCH);
    long later = NtpTime.of(Instant.EPOCH.plusMillis(1_500));

    assertThat(epoch).isEqualTo(2_208_988_800L << 32);
    assertThat(NtpTime.toNanos(later) - NtpTime.toNanos(epoch)).isEqualTo(1_500_000_000L);
    assertThat(NtpTime.middle(0x1122334455667788L)).isEqualTo(0x33445566L);
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(4);
    int malformed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[4 + 4 * random.nextInt(12)];
      random.nextBytes(bytes);
      bytes[0] = (byte) (0x80 | (bytes[0] & (random.nextInt(4) == 0 ? 0x3F : 0x1F)));
      bytes[1] = (byte) (200 + random.nextInt(8));
      bytes[2] = 0;
      bytes[3] = (byte) (random.nextBoolean() ? bytes.length / 4 - 1 : random.nextInt(12));
      try {
        RtcpReader.read(bytes, 0, bytes.length, journal);
      } catch (MalformedPacketException expected) {
        malformed++;
      }
    }

    assertThat(malformed).isPositive();
    assertThat(journal.lines).isNotEmpty();
  }

  private void read(String hex) throws MalformedPacketException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    RtcpReader.read(bytes, 0, bytes.length, journal);
  }
}
