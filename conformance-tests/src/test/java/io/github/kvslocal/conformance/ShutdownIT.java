package io.github.kvslocal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.master.Masters;
import io.github.kvslocal.conformance.master.SyntheticStream;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An emulator that is told to end while a master sends. */
@NeedsClient(Client.EMULATOR)
class ShutdownIT {
  private static final String CHANNEL = "porch";
  private static final int SECONDS = 5;
  private static final int TIMEOUT_SECONDS = 30;

  /** What may be on its way through the kernel when the signal comes. */
  private static final int ON_ITS_WAY = 2;

  @Test
  void sigtermStoresWhatWasReceivedAndEndsWithinTwoSeconds(@TempDir Path folder) throws Exception {
    List<EncodedFrame> frames = SyntheticStream.seconds(SECONDS);
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL);
        Masters masters = new Masters(emulator, CHANNEL);
        RemoteMaster master = masters.join(frames)) {
      master.allSent().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);

      Duration stopped = emulator.stop();

      assertThat(stopped).isLessThan(Duration.ofSeconds(2));
      Path recording = folder.resolve("recording.mkv");
      emulator.export(CHANNEL, recording);
      assertThat(pictures(recording)).isBetween(pictures(frames) - ON_ITS_WAY, pictures(frames));
      assertThat(master.ended().get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private static long pictures(Path recording) throws Exception {
    return MatroskaReader.read(Files.readAllBytes(recording)).blocks().stream()
        .filter(block -> block.track() == Track.VIDEO.number())
        .count();
  }

  private static long pictures(List<EncodedFrame> frames) {
    return frames.stream().filter(frame -> frame.track() == Track.VIDEO).count();
  }
}
