package io.github.kvslocal.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {
  static final IceCredentials CREDENTIALS = new IceCredentials("uFrg", "passwordOfTwentyTwoChars");
  static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "AB:CD:EF");

  static SessionDescription offer() {
    return OfferPlan.DEFAULT.toMaster(4711, CREDENTIALS, FINGERPRINT);
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() throws MalformedSdpException {
    SessionDescription offer = offer();

    SessionDescription read = SdpReader.read(SdpWriter.write(offer));

    assertThat(read).isEqualTo(offer);
  }

  @Test
  void offerToMasterHasAudioFirstAndVideoBundledOnly() {
    String text = SdpWriter.write(offer());

    assertThat(text)
        .contains("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n")
        .contains("m=video 0 UDP/TLS/RTP/SAVPF 126 127\r\n")
        .contains("a=bundle-only\r\n")
        .contains("a=rtpmap:111 opus/48000/2\r\n")
        .contains("a=fmtp:127 apt=126\r\n");
    assertThat(text.indexOf("m=audio")).isLessThan(text.indexOf("m=video"));
  }

  @Test
  void offerRepeatsIceAndDtlsInEachSection() {
    for (MediaSection section : offer().media()) {
      assertThat(section.value("ice-ufrag")).contains("uFrg");
      assertThat(section.value("fingerprint")).contains("sha-256 AB:CD:EF");
      assertThat(section.value("setup")).contains("actpass");
    }
  }

  @Test
  void offerKeepsToTheLimitsOfTheKvsCSdk() {
    SessionDescription offer = offer();

    assertThat(offer.media()).hasSizeLessThanOrEqualTo(5);
    offer.media().stream()
        .flatMap(section -> section.attributes().stream())
        .forEach(
            attribute -> {
              assertThat(attribute.name().length()).isLessThanOrEqualTo(32);
              assertThat(attribute.value().length()).isLessThanOrEqualTo(512);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n"})
  void eitherLineEndIsRead(String end) throws MalformedSdpException {
    String text = SdpWriter.write(offer()).replace("\r\n", end);

    assertThat(SdpReader.read(text)).isEqualTo(offer());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "v=1\r\n",
        "v=0\r\nm=audio\r\n",
        "v=0\r\nm=audio 99999 X 1\r\n",
        "v=0\r\nnonsense\r\n"
      })
  void whatIsNoDescriptionIsRefused(String text) {
    assertThatThrownBy(() -> SdpReader.read(text)).isInstanceOf(MalformedSdpException.class);
  }

  @Test
  void moreSectionsThanAnybodyNeedsAreRefused() {
    String text = "v=0\r\n" + "m=audio 9 X 0\r\n".repeat(SdpReader.MAX_SECTIONS + 1);

    assertThatThrownBy(() -> SdpReader.read(text))
        .isInstanceOf(MalformedSdpException.class)
        .hasMessageContaining("media sections");
  }

  @Test
  void anOverlongDescriptionIsRefusedBeforeItIsRead() {
    String text = "v=0\r\n" + "a".repeat(SdpReader.MAX_LENGTH);

    assertThatThrownBy(() -> SdpReader.read(text))
        .isInstanceOf(MalformedSdpException.class)
        .hasMessageContaining("65536");
  }

  @Test
  void theStrongestFingerprintCounts() throws MalformedSdpException {
    SessionDescription read =
        SdpReader.read(
            "v=0\r\nm=audio 9 X 0\r\na=fingerprint:sha-1 AA:BB\r\na=fingerprint:sha-256 aa:bb:cc\r\n");

    assertThat(read.fingerprint(read.media().get(0)))
        .contains(new Fingerprint("sha-256", "AA:BB:CC"));
  }

  @Test
  void candidatesAreReadWithTheirExtensionsDropped() {
    assertThat(
            IceCandidate.parse(
                "candidate:842163049 1 UDP 1677729535 192.0.2.1 46154 typ srflx raddr 10.0.0.1 rport 9"
                    + " generation 0 ufrag x network-cost 999"))
        .contains(
            new IceCandidate("842163049", 1, "udp", 1677729535L, "192.0.2.1", 46154, "srflx"));
    assertThat(IceCandidate.parse("candidate:1 1 udp 1 192.0.2.1 70000 typ host")).isEmpty();
    assertThat(IceCandidate.parse("")).isEmpty();
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(20_261_120);
    byte[] seed = SdpWriter.write(offer()).getBytes(StandardCharsets.ISO_8859_1);
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = seed.clone();
      for (int change = 0; change < 1 + random.nextInt(40); change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String text =
          new String(bytes, 0, random.nextInt(bytes.length + 1), StandardCharsets.ISO_8859_1);
      try {
        new AnswerCheck(OfferPlan.DEFAULT).ofMaster(SdpReader.read(text));
      } catch (MalformedSdpException | UnacceptableAnswerException expected) {
        assertThat(expected).hasMessageMatching("(?s).+");
      }
    }
  }
}
