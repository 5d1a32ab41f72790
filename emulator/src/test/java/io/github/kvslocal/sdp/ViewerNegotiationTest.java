package io.github.kvslocal.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The offer to a viewer, and what is made of its answer. */
class ViewerNegotiationTest {
  private static final OutgoingTracks TRACKS = new OutgoingTracks("cafe", 11, 12, 13);
  private static final SessionDescription OFFER =
      OfferPlan.DEFAULT.toViewer(
          4711, SessionDescriptionTest.CREDENTIALS, SessionDescriptionTest.FINGERPRINT, TRACKS);
  private static final String SPEAKING = answer(true);

  private final AnswerCheck check = new AnswerCheck(OfferPlan.DEFAULT);

  @Test
  void theServiceSendsThePictureAndSpeaksAndHears() {
    assertThat(OFFER.media()).extracting(MediaSection::kind).containsExactly("audio", "video");
    assertThat(OFFER.media())
        .extracting(MediaSection::direction)
        .containsExactly(Direction.SENDRECV, Direction.SENDONLY);
  }

  @Test
  void whatIsSentIsNamedAndBelongsToOneStream() {
    assertThat(SdpWriter.write(OFFER).lines())
        .containsSubsequence("a=msid:master audio", "a=ssrc:11 cname:cafe", "a=msid:master video")
        .containsSubsequence(
            "a=ssrc-group:FID 12 13", "a=ssrc:12 cname:cafe", "a=ssrc:13 cname:cafe");
  }

  @Test
  void nothingElseIsDifferentFromTheOfferToAMaster() {
    String toMaster = withoutTracks(SessionDescriptionTest.offer());

    assertThat(withoutTracks(OFFER))
        .isEqualTo(
            toMaster.replace("a=recvonly", "a=sendonly").replaceAll(";x-google-start.*\r", "\r"));
  }

  @Test
  void aMasterIsSentTheSoundOfAllViewersAsOneStreamWithoutAnSsrc() {
    assertThat(SdpWriter.write(SessionDescriptionTest.offer()).lines())
        .filteredOn(line -> line.startsWith("a=msid") || line.startsWith("a=ssrc"))
        .containsExactly("a=msid:viewers audio");
  }

  private static String withoutTracks(SessionDescription offer) {
    return SdpWriter.write(offer).replaceAll("a=(msid|ssrc|ssrc-group):.*\r\n", "");
  }

  @Test
  void streamsOfOneNumberCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new OutgoingTracks("cafe", 1, 2, 2));
  }

  @Test
  void aViewerThatSpeaksIsAccepted() throws Exception {
    AcceptedAnswer accepted = judge(SPEAKING);

    assertThat(accepted.sendsAudio()).isTrue();
    assertThat(accepted.opus()).isEqualTo(111);
    assertThat(accepted.h264()).isEqualTo(126);
    assertThat(accepted.rtx()).isEqualTo(127);
  }

  @Test
  void aViewerThatOnlyListensIsAccepted() throws Exception {
    assertThat(judge(answer(false)).sendsAudio()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sendonly", "sendrecv"})
  void aViewersVideoIsRefused(String direction) {
    assertRefused(withVideo(direction), "a viewer sends no video", "says " + direction);
  }

  @Test
  void aViewerThatDoesNotLookIsRefused() {
    assertRefused(withVideo("inactive"), "video must be recvonly", "says inactive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sendonly", "inactive"})
  void aViewerThatDoesNotListenIsRefused(String direction) {
    assertRefused(
        SPEAKING.replace("a=sendrecv", "a=" + direction),
        "audio must be recvonly or sendrecv",
        "says " + direction);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m=video 9         | m=video 0          | rejects the video section",
        "m=audio 9         | m=audio 0          | rejects the audio section",
        "a=rtpmap:126 H264 | a=rtpmap:126 VP8   | must keep H264 as payload type 126",
        "a=rtpmap:111 opus | a=rtpmap:111 PCMU  | must keep opus as payload type 111"
      })
  void theRulesOfAMastersAnswerHoldForAViewersToo(String what, String instead, String complaint) {
    assertRefused(SPEAKING.replace(what, instead), complaint, "");
  }

  @Test
  void oneSectionIsNoAnswer() {
    String audioOnly = SPEAKING.substring(0, SPEAKING.indexOf("m=video"));

    assertRefused(audioOnly, "as many sections as its offer", "2 and not 1");
  }

  private void assertRefused(String answer, String complaint, String detail) {
    assertThatThrownBy(() -> judge(answer))
        .isInstanceOf(UnacceptableAnswerException.class)
        .hasMessageContaining(complaint)
        .hasMessageContaining(detail);
  }

  private AcceptedAnswer judge(String text)
      throws MalformedSdpException, UnacceptableAnswerException {
    return check.ofViewer(SdpReader.read(text));
  }

  private static String withVideo(String direction) {
    int video = SPEAKING.indexOf("m=video");
    return SPEAKING.substring(0, video)
        + SPEAKING.substring(video).replace("a=recvonly", "a=" + direction);
  }

  private static String answer(boolean speaks) {
    return SdpWriter.write(
        new AnswerPlan(speaks, Setup.ACTIVE)
            .answer(
                OFFER,
                new IceCredentials("them", "theirPasswordOf22Chars"),
                new Fingerprint("sha-256", "01:02")));
  }
}
