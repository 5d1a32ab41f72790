package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link SrtpContext} that protects anything has to do. */
public abstract class SrtpContextContract {
  private static final int SSRC = 0x11223344;
  private static final int OFFSET = 7;

  /** The implementation under test. */
  protected abstract SrtpContext.Factory factory();

  @ParameterizedTest
  @EnumSource
  void whatOneProtectsTheOtherReads(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] plain = rtp(1, SSRC, 1000);
    byte[] buffer = placed(plain);

    int length = pair.sender.protectRtp(buffer, OFFSET, plain.length);

    assertThat(length).isEqualTo(plain.length + rtpOverhead(profile));
    assertThat(Arrays.copyOfRange(buffer, OFFSET + 12, OFFSET + plain.length))
        .isNotEqualTo(Arrays.copyOfRange(plain, 12, plain.length));
    assertThat(pair.receiver.unprotectRtp(buffer, OFFSET, length)).isEqualTo(plain.length);
    assertThat(Arrays.copyOfRange(buffer, OFFSET, OFFSET + plain.length)).isEqualTo(plain);
  }

  @ParameterizedTest
  @EnumSource
  void reportsGoTheSameWay(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] plain = rtcp(SSRC, 28);
    byte[] buffer = placed(plain);

    int length = pair.sender.protectRtcp(buffer, OFFSET, plain.length);

    assertThat(length).isEqualTo(plain.length + rtcpOverhead(profile));
    assertThat(length - plain.length).isLessThanOrEqualTo(SrtpContext.MAX_OVERHEAD);
    assertThat(pair.receiver.unprotectRtcp(buffer, OFFSET, length)).isEqualTo(plain.length);
    assertThat(Arrays.copyOfRange(buffer, OFFSET, OFFSET + plain.length)).isEqualTo(plain);
  }

  @ParameterizedTest
  @EnumSource
  void bothDirectionsHaveKeysOfTheirOwn(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] plain = rtp(1, SSRC, 100);
    byte[] buffer = placed(plain);

    int length = pair.sender.protectRtp(buffer, OFFSET, plain.length);

    assertThat(pair.sender.unprotectRtp(buffer, OFFSET, length)).isEqualTo(SrtpContext.REJECTED);
  }

  @ParameterizedTest
  @EnumSource
  void aPacketIsTakenOnce(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] packet = protectedRtp(pair, 5);
    byte[] report = protectedRtcp(pair);
    pair.receiver.unprotectRtp(packet.clone(), 0, packet.length);
    pair.receiver.unprotectRtcp(report.clone(), 0, report.length);

    int again = pair.receiver.unprotectRtp(packet.clone(), 0, packet.length);
    int reportAgain = pair.receiver.unprotectRtcp(report.clone(), 0, report.length);

    assertThat(again).isEqualTo(SrtpContext.REJECTED);
    assertThat(reportAgain).isEqualTo(SrtpContext.REJECTED);
  }

  @ParameterizedTest
  @EnumSource
  void everyChangedBitIsNoticed(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] packet = protectedRtp(pair, 5);

    for (int bit = 0; bit < packet.length * 8; bit++) {
      byte[] forged = packet.clone();
      forged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(pair.receiver.unprotectRtp(forged, 0, forged.length))
          .as("bit %d", bit)
          .isEqualTo(SrtpContext.REJECTED);
    }

    assertThat(pair.receiver.unprotectRtp(packet, 0, packet.length)).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void forgedReportsAreRejectedAndDoNoHarm(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] report = protectedRtcp(pair);

    for (int i = 0; i < report.length; i++) {
      byte[] forged = report.clone();
      forged[i] ^= 0x10;
      assertThat(pair.receiver.unprotectRtcp(forged, 0, forged.length))
          .as("byte %d", i)
          .isEqualTo(SrtpContext.REJECTED);
    }

    assertThat(pair.receiver.unprotectRtcp(report, 0, report.length)).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void packetsOutOfOrderAndAcrossTheWrapAreRead(SrtpProfile profile) {
    Pair pair = pair(profile);
    int[] sent = {65_533, 65_534, 65_535, 0, 1, 2};
    byte[][] packets = new byte[sent.length][];
    for (int i = 0; i < sent.length; i++) {
      packets[i] = protectedRtp(pair, sent[i]);
    }

    for (int i : new int[] {0, 2, 1, 4, 3, 5}) {
      assertThat(pair.receiver.unprotectRtp(packets[i], 0, packets[i].length))
          .as("sequence number %d", sent[i])
          .isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPacketIsTakenAThousandPacketsLateButOnlyOnce(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] late = protectedRtp(pair, 65_000);
    for (int sequence = 65_001; sequence < 66_000; sequence++) {
      byte[] packet = protectedRtp(pair, sequence & 0xFFFF);
      pair.receiver.unprotectRtp(packet, 0, packet.length);
    }

    int first = pair.receiver.unprotectRtp(late.clone(), 0, late.length);
    int again = pair.receiver.unprotectRtp(late.clone(), 0, late.length);

    assertThat(first).isPositive();
    assertThat(again).isEqualTo(SrtpContext.REJECTED);
  }

  @ParameterizedTest
  @EnumSource
  void theSamePacketMayBeProtectedAgain(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] first = protectedRtp(pair, 9);
    protectedRtp(pair, 10);

    byte[] repeated = protectedRtp(pair, 9);

    assertThat(repeated).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void manySourcesAreKeptApart(SrtpProfile profile) {
    Pair pair = pair(profile);

    for (int ssrc = 1; ssrc <= 10; ssrc++) {
      byte[] plain = rtp(1, ssrc, 50);
      byte[] buffer = placed(plain);
      int length = pair.sender.protectRtp(buffer, OFFSET, plain.length);
      assertThat(pair.receiver.unprotectRtp(buffer, OFFSET, length)).isEqualTo(plain.length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void truncatedPacketsAreRejected(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] packet = protectedRtp(pair, 5);
    byte[] report = protectedRtcp(pair);

    for (int length = 0; length < packet.length; length++) {
      assertThat(pair.receiver.unprotectRtp(packet.clone(), 0, length))
          .isEqualTo(SrtpContext.REJECTED);
    }
    for (int length = 0; length < report.length; length++) {
      assertThat(pair.receiver.unprotectRtcp(report.clone(), 0, length))
          .isEqualTo(SrtpContext.REJECTED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoPacketIsNotProtected(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] buffer = new byte[100];

    int rtp = pair.sender.protectRtp(buffer, 0, 11);
    int rtcp = pair.sender.protectRtcp(buffer, 0, 7);

    assertThat(rtp).isEqualTo(SrtpContext.REJECTED);
    assertThat(rtcp).isEqualTo(SrtpContext.REJECTED);
  }

  @ParameterizedTest
  @EnumSource
  void aBufferWithoutRoomIsOurMistake(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] tight = rtp(1, SSRC, 100);

    assertThatThrownBy(() -> pair.sender.protectRtp(tight, 0, tight.length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @EnumSource
  void survivesAnyBytes(SrtpProfile profile) {
    Pair pair = pair(profile);
    byte[] known = protectedRtp(pair, 1);
    pair.receiver.unprotectRtp(known, 0, known.length);
    Random random = new Random(20_261_120);

    for (int i = 0; i < 3000; i++) {
      byte[] any = new byte[random.nextInt(80)];
      random.nextBytes(any);
      if (any.length >= 12 && random.nextBoolean()) {
        ByteBuffer.wrap(any).putInt(random.nextBoolean() ? 8 : 4, SSRC);
      }
      assertThatCode(
              () -> {
                pair.receiver.unprotectRtp(any.clone(), 0, any.length);
                pair.receiver.unprotectRtcp(any.clone(), 0, any.length);
                byte[] roomy = Arrays.copyOf(any, any.length + SrtpContext.MAX_OVERHEAD);
                pair.sender.protectRtp(roomy, 0, any.length);
              })
          .doesNotThrowAnyException();
    }
  }

  private record Pair(SrtpContext sender, SrtpContext receiver) {}

  private Pair pair(SrtpProfile profile) {
    byte[] oneKey = filled(profile.keyLength(), 1);
    byte[] oneSalt = filled(profile.saltLength(), 50);
    byte[] otherKey = filled(profile.keyLength(), 100);
    byte[] otherSalt = filled(profile.saltLength(), 150);
    return new Pair(
        factory().create(new SrtpKeys(profile, oneKey, oneSalt, otherKey, otherSalt)),
        factory().create(new SrtpKeys(profile, otherKey, otherSalt, oneKey, oneSalt)));
  }

  private static byte[] protectedRtp(Pair pair, int sequence) {
    byte[] plain = rtp(sequence, SSRC, 40);
    byte[] buffer = Arrays.copyOf(plain, plain.length + SrtpContext.MAX_OVERHEAD);
    return Arrays.copyOf(buffer, pair.sender.protectRtp(buffer, 0, plain.length));
  }

  private static byte[] protectedRtcp(Pair pair) {
    byte[] plain = rtcp(SSRC, 28);
    byte[] buffer = Arrays.copyOf(plain, plain.length + SrtpContext.MAX_OVERHEAD);
    return Arrays.copyOf(buffer, pair.sender.protectRtcp(buffer, 0, plain.length));
  }

  private static byte[] rtp(int sequence, int ssrc, int payload) {
    ByteBuffer packet = ByteBuffer.allocate(12 + payload);
    packet.put((byte) 0x80).put((byte) 96).putShort((short) sequence).putInt(3000).putInt(ssrc);
    packet.put(filled(payload, sequence));
    return packet.array();
  }

  private static byte[] rtcp(int ssrc, int length) {
    ByteBuffer packet = ByteBuffer.allocate(length);
    packet.put((byte) 0x80).put((byte) 200).putShort((short) (length / 4 - 1)).putInt(ssrc);
    packet.put(filled(length - 8, 3));
    return packet.array();
  }

  private static byte[] placed(byte[] packet) {
    byte[] buffer = new byte[OFFSET + packet.length + SrtpContext.MAX_OVERHEAD];
    System.arraycopy(packet, 0, buffer, OFFSET, packet.length);
    return buffer;
  }

  private static byte[] filled(int length, int first) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  private static int rtpOverhead(SrtpProfile profile) {
    return switch (profile) {
      case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> 16;
      case AES128_CM_HMAC_SHA1_80 -> 10;
      case AES128_CM_HMAC_SHA1_32 -> 4;
    };
  }

  private static int rtcpOverhead(SrtpProfile profile) {
    return switch (profile) {
      case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> 20;
      case AES128_CM_HMAC_SHA1_80, AES128_CM_HMAC_SHA1_32 -> 14;
    };
  }
}
