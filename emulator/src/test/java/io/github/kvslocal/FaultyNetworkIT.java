package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A master over real sockets and ciphers, and a network that is bad on purpose. */
class FaultyNetworkIT {
  private static final List<EncodedFrame> FRAMES = Clip.frames(6);

  /** None of the first 50 datagrams is lost: nobody can ask for one that it does not know. */
  private static final NetworkModel BAD =
      NetworkModel.parse("loss=10%,delay=25ms,duplicate=5%,seed=52");

  private static final Pattern FIGURES =
      Pattern.compile("(\\d+) datagrams dropped; .*?video=.*? recovered=(\\d+)");

  @Test
  void lostPicturesAreAskedForAgainAndRecorded() throws Exception {
    KvsLocalOptions options =
        KvsLocalOptions.defaults()
            .withEphemeral(true)
            .withChannels(List.of("door"))
            .withNetwork(BAD);
    try (MasterBench bench = new MasterBench(options)) {
      RemoteMaster master = bench.join("door", new AnswerPlan(true, Setup.ACTIVE), FRAMES);
      master.allSent().get(20, TimeUnit.SECONDS);
      master.close();

      Matcher figures = FIGURES.matcher(bench.log.await("recording-ended", "door"));

      assertThat(figures.find()).isTrue();
      // The second of a datagram is a replay for SRTP.
      assertThat(Integer.parseInt(figures.group(1))).isPositive();
      assertThat(Integer.parseInt(figures.group(2))).isPositive();
      List<ByteBuffer> sent = MasterBench.data(FRAMES, Track.VIDEO);
      List<ByteBuffer> recorded = bench.recorded("door", Track.VIDEO);
      // If the last packet of all is lost, nothing after it tells so.
      assertThat(recorded).hasSizeGreaterThanOrEqualTo(sent.size() - 1);
      assertThat(sent).startsWith(recorded.toArray(ByteBuffer[]::new));
    }
  }
}
