package io.github.kvslocal.conformance.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.master.Masters;
import io.github.kvslocal.conformance.master.SyntheticStream;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or read-only, for a while: a tmpfs that nobody but the emulator sees. */
@NeedsClient({Client.EMULATOR, Client.TMPFS})
class FullDiskIT {
  private static final String CHANNEL = "porch";
  private static final int SECONDS = 24;
  private static final int DISK_BYTES = 8 << 20;
  private static final int ROOMY_BYTES = 64 << 20;

  /** Room for two fragments of two seconds at 2 Mbit/s, and for half of a third. */
  private static final int ROOM_BYTES = 1_250_000;

  private static final int TIMEOUT_SECONDS = 40;

  @Test
  void recordingStopsWhileTheDiskIsFullAndGoesOnWhenThereIsSpace(@TempDir Path folder)
      throws Exception {
    try (EmulatorProcess emulator = EmulatorProcess.startOnTmpfs(folder, DISK_BYTES, CHANNEL)) {
      Path streams = emulator.seen(folder.resolve("data/streams"));
      Path filler = Files.write(streams.resolve("filler"), new byte[DISK_BYTES - ROOM_BYTES]);

      record(
          emulator,
          streams,
          "No space left on device",
          () -> assertThat(filler).exists(),
          () -> Files.delete(filler));
    }
  }

  @Test
  void recordingStopsWhileTheDiskIsReadOnlyAndGoesOnWhenItIsNot(@TempDir Path folder)
      throws Exception {
    try (EmulatorProcess emulator = EmulatorProcess.startOnTmpfs(folder, ROOMY_BYTES, CHANNEL)) {
      Path streams = emulator.seen(folder.resolve("data/streams"));

      record(
          emulator,
          streams,
          "Read-only file system",
          () -> emulator.remount("ro"),
          () -> emulator.remount("rw"));
    }
  }

  /** Something that is done to the disk. */
  private interface Step {
    void take() throws IOException;
  }

  /**
   * @param trouble begins when a fragment is stored
   */
  private static void record(
      EmulatorProcess emulator, Path streams, String why, Step trouble, Step cure)
      throws Exception {
    long whenItWentOn;
    try (Masters masters = new Masters(emulator, CHANNEL);
        RemoteMaster master = masters.join(SyntheticStream.seconds(SECONDS))) {
      awaitFragment(streams);
      trouble.take();
      await(emulator, "recording-interrupted");
      assertThat(line(emulator, "recording-interrupted")).contains(why).contains("ERROR");
      assertThat(pictures(emulator)).as("what was stored before").isPositive();
      assertThat(new JsonClient(emulator.endpoint()).call("/listSignalingChannels", "{}").status())
          .isEqualTo(200);

      TimeUnit.SECONDS.sleep(5);
      cure.take();

      await(emulator, "recording-resumed");
      assertThat(new RecordedFiles(streams).unfinished()).isEmpty();
      assertThat(master.ended()).isNotDone();
      whenItWentOn = pictures(emulator);
      master.allSent().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    await(emulator, "recording-ended");
    assertThat(pictures(emulator)).isGreaterThan(whenItWentOn);
    assertThat(count(emulator, "recording-interrupted")).isEqualTo(1);
    assertThat(count(emulator, "recording-resumed")).isEqualTo(1);
  }

  private static void awaitFragment(Path streams) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (new RecordedFiles(streams).names().isEmpty()) {
      assertThat(System.nanoTime()).as("a fragment is stored").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static void await(EmulatorProcess emulator, String event) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (count(emulator, event) == 0) {
      assertThat(System.nanoTime()).as(event + " in " + emulator.log()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static long count(EmulatorProcess emulator, String event) {
    return emulator.log().lines().filter(line -> line.contains(event)).count();
  }

  private static String line(EmulatorProcess emulator, String event) {
    return emulator.log().lines().filter(line -> line.contains(event)).findFirst().orElse("");
  }

  /** How many the recording has, as the emulator gives it out. */
  private static long pictures(EmulatorProcess emulator) throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        emulator
                            .endpoint()
                            .resolve("/_kvslocal/streams/" + CHANNEL + "/recording.mkv"))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return RecordedFiles.pictures(MatroskaReader.read(answer.body()).blocks());
  }
}
