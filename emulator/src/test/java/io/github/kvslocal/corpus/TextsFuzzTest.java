package io.github.kvslocal.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.api.AccessRules;
import io.github.kvslocal.api.Action;
import io.github.kvslocal.api.Credentials;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.ice.AdvertisedAddress;
import io.github.kvslocal.sdp.AnswerCheck;
import io.github.kvslocal.sdp.Fingerprint;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.MalformedSdpException;
import io.github.kvslocal.sdp.OfferPlan;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts of clients and users that are nearly right. */
class TextsFuzzTest {
  /** As libwebrtc answers a master's offer. */
  private static final String ANSWER =
      """
      v=0
      o=- 4611731400430051336 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0 1
      a=extmap-allow-mixed
      a=msid-semantic: WMS camera
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      c=IN IP4 0.0.0.0
      a=rtcp:9 IN IP4 0.0.0.0
      a=ice-ufrag:Qw3r
      a=ice-pwd:abcdefghijklmnopqrstuvwx
      a=ice-options:trickle
      a=fingerprint:sha-256 \
      00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:\
      10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F
      a=setup:active
      a=mid:0
      a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
      a=sendrecv
      a=msid:camera audio
      a=rtcp-mux
      a=rtcp-rsize
      a=rtpmap:111 opus/48000/2
      a=rtcp-fb:111 transport-cc
      a=fmtp:111 minptime=10;useinbandfec=1
      a=ssrc:1001 cname:abcdefgh
      a=candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host generation 0
      m=video 9 UDP/TLS/RTP/SAVPF 126 127
      c=IN IP4 0.0.0.0
      a=ice-ufrag:Qw3r
      a=ice-pwd:abcdefghijklmnopqrstuvwx
      a=fingerprint:sha-256 \
      00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:\
      10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F
      a=setup:active
      a=mid:1
      a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
      a=sendonly
      a=rtcp-mux
      a=rtcp-rsize
      a=rtpmap:126 H264/90000
      a=rtcp-fb:126 nack
      a=rtcp-fb:126 nack pli
      a=rtcp-fb:126 transport-cc
      a=fmtp:126 packetization-mode=1;profile-level-id=42e01f;\
      sprop-parameter-sets=Z0LAH9oBQBboQAAAAwBAAA8Dxgyo,aM48gA==
      a=rtpmap:127 rtx/90000
      a=fmtp:127 apt=126
      a=ssrc-group:FID 1002 1003
      """
          .replace("\n", "\r\n");

  /** Reads a text of which the reader says itself what is wrong with it. */
  private interface Reader {
    void read(String text) throws Exception;
  }

  @Test
  void answerSurvivesAnyText() throws IOException {
    Fuzz.of("sdp")
        .with(ANSWER)
        .surviveTexts(
            text -> {
              try {
                SessionDescription read = SdpReader.read(text);
                refuses(() -> new AnswerCheck(OfferPlan.DEFAULT).ofMaster(read));
                refuses(() -> new AnswerCheck(OfferPlan.DEFAULT).ofViewer(read));
              } catch (MalformedSdpException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
              }
            });
  }

  private interface Check {
    Object make() throws UnacceptableAnswerException;
  }

  private static void refuses(Check check) {
    try {
      assertThat(check.make()).isNotNull();
    } catch (UnacceptableAnswerException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  @Test
  void rightAnswerIsRight() throws Exception {
    assertThat(new AnswerCheck(OfferPlan.DEFAULT).ofMaster(SdpReader.read(ANSWER)).rtx())
        .isEqualTo(127);
  }

  @Test
  void candidateSurvivesAnyText() throws IOException {
    Fuzz.of("candidate")
        .with(
            "candidate:842163049 1 udp 1677729535 192.0.2.1 46154 typ srflx raddr 0.0.0.0 rport 0",
            "candidate:1 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active",
            "1 1 UDP 2130706431 a1b2.local 5000 typ host")
        .surviveTexts(
            text ->
                IceCandidate.parse(text)
                    .ifPresent(
                        read -> assertThat(IceCandidate.parse(read.toString())).contains(read)));
  }

  @Test
  void credentialsOfTransportsSurviveAnyText() throws IOException {
    Fuzz.of("transport")
        .with(
            "sha-256 00:01:AB", "sha-1 00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13")
        .surviveTexts(
            text -> {
              Fingerprint.parse(text)
                  .ifPresent(read -> assertThat(Fingerprint.parse(read.toString())).contains(read));
              assertThat(IceCredentials.parse(text, text)).isNotNull();
            });
  }

  @Test
  void namesSurviveAnyText() throws IOException {
    Fuzz.of("names")
        .with(
            "arn:aws:kinesisvideo:us-west-2:000000000000:channel/door/1795161600123",
            "arn:aws-cn:kinesisvideo:cn-north-1:123456789012:stream/a.b_c-d/9223372036854775807",
            "9134385233318143")
        .surviveTexts(
            text -> {
              refusesInWords(ignored -> ChannelArn.parse(text), text);
              refusesInWords(ignored -> StreamArn.parse(text), text);
              refusesInWords(ignored -> ClientId.parse(text), text);
              assertThat(FragmentNumber.parse(text)).isNotNull();
            });
  }

  private static void refusesInWords(Reader reader, String text) throws Exception {
    try {
      reader.read(text);
    } catch (RefusedException expected) {
      assertThat(expected.explanation()).isNotEmpty();
    }
  }

  @Test
  void optionsSurviveAnyText() throws IOException {
    Fuzz.of("options")
        .with(
            "loss=3%,delay=25ms,out.rate=2mbit,burst=1%:25%:100%,seed=-7,in.queue=200ms",
            "jitter=0.5s,reorder=1%,duplicate=1%",
            "[2001:db8::1]:4580",
            "192.0.2.1:4580",
            "AKIDEXAMPLE:secret:token",
            "kinesisvideo:JoinStorageSession:door*")
        .surviveTexts(
            text -> {
              complains(ignored -> NetworkModel.parse(text), text);
              complains(ignored -> AdvertisedAddress.parse(text), text);
              complains(ignored -> Credentials.parse(text), text);
              complains(
                  ignored -> AccessRules.parse(List.of(text), List.of(Action.CONNECT_AS_MASTER)),
                  text);
            });
  }

  /** Options are read at the start, where this is how a person is told. */
  private static void complains(Reader reader, String text) throws Exception {
    try {
      reader.read(text);
    } catch (NumberFormatException wordless) {
      throw wordless;
    } catch (IllegalArgumentException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }
}
