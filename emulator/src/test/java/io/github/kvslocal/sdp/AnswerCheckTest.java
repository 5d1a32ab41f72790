package io.github.kvslocal.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerCheckTest {
  private static final String MIRRORED =
      SdpWriter.write(
          new AnswerPlan(true, Setup.ACTIVE)
              .answer(
                  SessionDescriptionTest.offer(),
                  new IceCredentials("them", "theirPasswordOf22Chars"),
                  new Fingerprint("sha-256", "01:02")));

  private final AnswerCheck check = new AnswerCheck(OfferPlan.DEFAULT);

  private AcceptedAnswer judge(String text)
      throws MalformedSdpException, UnacceptableAnswerException {
    return check.ofMaster(SdpReader.read(text));
  }

  @Test
  void anAnswerThatMirrorsTheOfferIsAccepted() throws Exception {
    AcceptedAnswer accepted = judge(MIRRORED);

    assertThat(accepted.credentials().ufrag()).isEqualTo("them");
    assertThat(accepted.fingerprint()).isEqualTo(new Fingerprint("sha-256", "01:02"));
    assertThat(accepted.setup()).isEqualTo(Setup.ACTIVE);
    assertThat(accepted.sendsAudio()).isTrue();
    assertThat(accepted.opus()).isEqualTo(111);
    assertThat(accepted.h264()).isEqualTo(126);
    assertThat(accepted.rtx()).isEqualTo(127);
    assertThat(accepted.transportCc()).isEqualTo(3);
    assertThat(accepted.videoMid()).isEqualTo("1");
  }

  @Test
  void aMasterWithoutMicrophoneMayOnlyListen() throws Exception {
    AcceptedAnswer accepted = judge(MIRRORED.replaceFirst("a=sendonly", "a=recvonly"));

    assertThat(accepted.sendsAudio()).isFalse();
  }

  @Test
  void anAnswerWithoutRetransmissionIsAccepted() throws Exception {
    AcceptedAnswer accepted =
        judge(MIRRORED.replace(" 126 127", " 126").replace("a=rtpmap:127 rtx/90000\r\n", ""));

    assertThat(accepted.rtx()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m=video 9        | m=video 0     | rejects the video section",
        "m=audio 9        | m=audio 0     | rejects the audio section",
        "m=video 9        | m=picture 9   | no video section",
        "a=rtpmap:126 H264 | a=rtpmap:126 VP8 | must keep H264 as payload type 126",
        "a=rtpmap:111 opus | a=rtpmap:111 PCMU | must keep opus as payload type 111",
        "a=setup:active   | a=setup:actpass | setup:active or setup:passive",
        "a=setup:active   | a=setup:holdconn | setup:active or setup:passive",
        "a=ice-ufrag      | a=ice-nofrag  | needs an a=ice-ufrag",
        "a=ice-ufrag:them | a=ice-ufrag:abc | 4 to 256 ice-chars",
        "a=ice-ufrag:them | a=ice-ufrag:th em | 4 to 256 ice-chars",
        "theirPasswordOf22Chars | short   | 22 to 256",
        "sha-256          | sha-1         | must be one of",
        "a=fingerprint    | a=no-print    | no a=fingerprint"
      })
  void anAnswerThatCannotWorkIsRefusedInPlainWords(String what, String instead, String complaint) {
    String text = MIRRORED.replace(what, instead);

    assertThatThrownBy(() -> judge(text))
        .isInstanceOf(UnacceptableAnswerException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void moreSectionsThanWereOfferedAreRefused() {
    String text = MIRRORED + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";

    assertThatThrownBy(() -> judge(text))
        .isInstanceOf(UnacceptableAnswerException.class)
        .hasMessageContaining("as many sections as its offer");
  }

  @Test
  void sectionsWithTransportsOfTheirOwnAreRefused() {
    String text = MIRRORED.replaceFirst("a=ice-ufrag:them", "a=ice-ufrag:other");

    assertThatThrownBy(() -> judge(text))
        .isInstanceOf(UnacceptableAnswerException.class)
        .hasMessageContaining("different ICE credentials");
  }

  @ParameterizedTest
  @CsvSource({"sendrecv", "recvonly", "inactive"})
  void aMastersVideoMustBeSentOnly(String direction) {
    int video = MIRRORED.indexOf("m=video");
    String text =
        MIRRORED.substring(0, video)
            + MIRRORED.substring(video).replace("a=sendonly", "a=" + direction);

    assertThatThrownBy(() -> judge(text))
        .isInstanceOf(UnacceptableAnswerException.class)
        .hasMessageContaining("must be sendonly")
        .hasMessageContaining(direction);
  }

  @Test
  void inactiveAudioIsRefused() {
    String text = MIRRORED.replaceFirst("a=sendonly", "a=inactive");

    assertThatThrownBy(() -> judge(text))
        .isInstanceOf(UnacceptableAnswerException.class)
        .hasMessageContaining("inactive");
  }
}
