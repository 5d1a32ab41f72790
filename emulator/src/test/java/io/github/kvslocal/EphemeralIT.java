package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An emulator that keeps everything in memory does all that another does, and leaves nothing. */
class EphemeralIT {
  private static final List<EncodedFrame> FRAMES = Clip.frames();

  @TempDir private Path directory;

  @Test
  void recordingIsFetchedFromMemory() throws Exception {
    try (MasterBench bench = new MasterBench(options().withChannels(List.of("door")))) {
      RemoteMaster master = bench.join("door", new AnswerPlan(true, Setup.ACTIVE), FRAMES);
      master.allSent().get(20, TimeUnit.SECONDS);
      master.close();
      bench.log.await("recording-ended", "door");

      assertThat(bench.recorded("door", Track.VIDEO))
          .isEqualTo(MasterBench.data(FRAMES, Track.VIDEO));
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void nextOneStartsWithoutChannelsAndWithAnotherAuthority() throws Exception {
    String firstAuthority;
    try (KvsLocal first = KvsLocal.start(options().withChannels(List.of("door")))) {
      firstAuthority = first.authorityPem();
      assertThat(first.authorityFile()).isEmpty();
      assertThat(first.dataDirectory()).isEmpty();
    }

    try (KvsLocal second = KvsLocal.start(options())) {
      assertThat(new Client(second).post("https", "/listSignalingChannels", "{}").body())
          .contains("\"ChannelInfoList\":[]");
      assertThat(second.authorityPem()).isNotEqualTo(firstAuthority);
    }
  }

  private KvsLocalOptions options() {
    return KvsLocalOptions.defaults()
        .withPort(0)
        .withEphemeral(true)
        .withDataDirectory(directory.resolve("data"));
  }
}
