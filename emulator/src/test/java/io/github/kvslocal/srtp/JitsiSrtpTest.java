package io.github.kvslocal.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.peer.SrtpContextContract;
import io.github.kvslocal.peer.SrtpKeys;
import io.github.kvslocal.peer.SrtpProfile;
import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.MediaSender;
import io.github.kvslocal.rtp.PacketSink;
import io.github.kvslocal.rtp.SendParameters;
import io.github.kvslocal.rtp.SendTrack;
import io.github.kvslocal.rtp.TrackFormat;
import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.rtcp.RtcpWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jitsi.srtp.crypto.Aes;
import org.junit.jupiter.api.Test;

class JitsiSrtpTest extends SrtpContextContract {
  private static final HexFormat HEX = HexFormat.of();
  private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
  private static final JitsiSrtp SRTP = new JitsiSrtp();

  @Override
  protected SrtpContext.Factory factory() {
    return SRTP;
  }

  /** Master key and salt of RFC 3711 appendix B.3; the packet as libsrtp's own test has it. */
  @Test
  void aPacketLooksAsEveryImplementationMakesIt() {
    byte[] key = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");
    byte[] salt = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");
    byte[] plain = HEX.parseHex("800f1234decafbadcafebabe" + "ab".repeat(16));
    SrtpContext context = keyed(SrtpProfile.AES128_CM_HMAC_SHA1_80, key, salt);
    byte[] buffer = Arrays.copyOf(plain, plain.length + SrtpContext.MAX_OVERHEAD);

    int length = context.protectRtp(buffer, 0, plain.length);

    assertThat(HEX.formatHex(buffer, 0, length))
        .isEqualTo("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
  }

  @Test
  void forgedPacketsLeaveNothingBehind() {
    JitsiSrtpContext context = keyed(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);

    for (int ssrc = 0; ssrc < 1000; ssrc++) {
      byte[] forged = new byte[60];
      forged[0] = (byte) 0x80;
      forged[10] = (byte) (ssrc >> 8);
      forged[11] = (byte) ssrc;
      context.unprotectRtp(forged, 0, forged.length);
      context.unprotectRtcp(forged, 0, forged.length);
    }

    assertThat(context.inboundContexts()).isZero();
  }

  @Test
  void aPeerWithEndlesslyManySourcesIsHeldToALimit() {
    JitsiSrtpContext context = keyed(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);

    int last = 0;
    for (int ssrc = 0; ssrc < 2 * SsrcTable.CAPACITY; ssrc++) {
      byte[] packet = new byte[60];
      packet[0] = (byte) 0x80;
      packet[11] = (byte) ssrc;
      last = context.protectRtp(packet, 0, 40);
    }

    assertThat(last).isEqualTo(SrtpContext.REJECTED);
  }

  /** RFC 4585 without RFC 4588: the packet itself comes again, long after its successors. */
  @Test
  void whatANackAsksForIsReadWithoutRtx() throws MalformedPacketException {
    Wire wire = new Wire();
    TrackFormat video = new TrackFormat(96, TrackFormat.NONE, true, "0");
    MediaSender sender =
        new MediaSender(
            new SendParameters(
                new SendTrack(video, 1, 0, 65_500, 0),
                new SendTrack(TrackFormat.ABSENT, 3, 0, 0, 0),
                new HeaderExtensions(3, 4),
                "sender",
                Instant.EPOCH));
    wire.lost = 65_501;
    for (int frame = 0; frame < 500; frame++) {
      byte[] unit = {0, 0, 0, 2, 0x41, (byte) frame};
      sender.send(new EncodedFrame(Track.VIDEO, MediaTime.ofMillis(frame), false, unit), wire);
    }
    RtcpWriter writer = new RtcpWriter();
    byte[] nack = new byte[100];
    writer.begin(nack, 0);
    writer.nack(9, 1, new int[] {wire.lost}, 1, 16);
    int asked = wire.lost;
    wire.lost = -1;

    sender.rtcp(nack, 0, writer.length(), 0, wire);

    assertThat(wire.read).hasSize(500).endsWith(asked);
  }

  /** Protects, loses one packet and writes down the sequence numbers of those that are read. */
  private static final class Wire implements PacketSink {
    private final SrtpContext near = keyed(PROFILE, new byte[16], new byte[12]);
    private final SrtpContext far = keyed(PROFILE, new byte[16], new byte[12]);
    private final List<Integer> read = new ArrayList<>();
    private int lost;

    @Override
    public void rtp(byte[] buffer, int offset, int length) {
      int protectedLength = near.protectRtp(buffer, offset, length);
      int number = Bytes.unsigned16(buffer, offset + 2);
      if (number != lost
          && far.unprotectRtp(buffer, offset, protectedLength) != SrtpContext.REJECTED) {
        read.add(number);
      }
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length) {}
  }

  @Test
  void theCiphersAreThoseOfTheJdk() {
    SRTP.warmUp();

    assertThat(Aes.createCipher("AES/GCM/NoPadding").getProvider().getName()).isEqualTo("SunJCE");
    assertThat(Aes.createCipher("AES/CTR/NoPadding").getProvider().getName()).isEqualTo("SunJCE");
  }

  private static JitsiSrtpContext keyed(SrtpProfile profile, byte[] key, byte[] salt) {
    return (JitsiSrtpContext) SRTP.create(new SrtpKeys(profile, key, salt, key, salt));
  }
}
