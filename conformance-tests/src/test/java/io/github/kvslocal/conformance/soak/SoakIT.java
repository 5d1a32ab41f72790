package io.github.kvslocal.conformance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.master.Masters;
import io.github.kvslocal.conformance.master.SyntheticStream;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.matroska.MalformedMatroskaException;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long recording of 720p at 4 Mbit/s. The property {@value #SECONDS} says how long, two minutes
 * at least; what is held then is compared with what is held at the end.
 */
@NeedsClient(Client.EMULATOR)
class SoakIT {
  static final String SECONDS = "kvslocal.soak.seconds";

  private static final String CHANNEL = "porch";
  private static final int BITS_PER_SECOND = 4_000_000;
  private static final int WARM_UP_SECONDS = 120;

  /** Looking takes so long, and media has to go on meanwhile. */
  private static final int LOOKING_SECONDS = 20;

  private static final int TIMEOUT_SECONDS = 40;

  /** Idle threads of pools, which come and go; the JDK keeps a buffer for each that writes. */
  private static final int POOLED = 4;

  /** Such a buffer is as large as what was written: a fragment of two seconds. */
  private static final long POOLED_BYTES = POOLED * (2L * BITS_PER_SECOND / 8 + (1 << 16));

  @Test
  void nothingGrowsWithTheLengthOfARecording(@TempDir Path folder) throws Exception {
    int seconds = Math.max(Integer.getInteger(SECONDS, 600), WARM_UP_SECONDS + LOOKING_SECONDS);
    List<EncodedFrame> frames =
        SyntheticStream.repeated(seconds + LOOKING_SECONDS, BITS_PER_SECOND);
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL);
        Masters masters = new Masters(emulator, CHANNEL);
        ObservedJvm observed = ObservedJvm.attach(emulator.pid());
        RemoteMaster master = masters.join(frames)) {
      master.connected().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      long start = System.nanoTime();

      sleepUntil(start, WARM_UP_SECONDS);
      JvmHoldings before = observed.holdings();
      System.out.printf("after %4d s: %s%n", WARM_UP_SECONDS, before);
      sleepUntil(start, seconds);
      JvmHoldings after = observed.holdings();
      System.out.printf("after %4d s: %s%n", seconds, after);

      assertThat(master.ended()).isNotDone();
      // A socket on which nothing is said is closed after ten minutes, as the service does it.
      assertThat(master.complaints()).allSatisfy(why -> assertThat(why).contains("idle"));
      assertThat(after.heapBytes()).isLessThan(before.heapBytes() * 105 / 100);
      assertThat(after.directBuffers()).isLessThanOrEqualTo(before.directBuffers() + POOLED);
      assertThat(after.directBytes()).isLessThanOrEqualTo(before.directBytes() + POOLED_BYTES);
      assertThat(after.threadsBeyond(before)).hasSizeLessThanOrEqualTo(POOLED);
      master.allSent().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(recorded(folder)).isEqualTo(pictures(frames));
  }

  private static void sleepUntil(long start, int seconds) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(start + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime());
  }

  private static long pictures(List<EncodedFrame> frames) {
    return frames.stream().filter(frame -> frame.track() == Track.VIDEO).count();
  }

  private static long recorded(Path folder) throws IOException, MalformedMatroskaException {
    List<Path> fragments;
    try (Stream<Path> files = Files.walk(folder)) {
      fragments = files.filter(file -> file.toString().endsWith(".mkv")).toList();
    }
    long pictures = 0;
    for (Path fragment : fragments) {
      pictures +=
          MatroskaReader.read(Files.readAllBytes(fragment)).blocks().stream()
              .filter(block -> block.track() == Track.VIDEO.number())
              .count();
    }
    return pictures;
  }
}
