package io.github.kvslocal.conformance.survival;

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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An emulator that is killed while it records, again and again. The property {@value #RUNS} says
 * how often, {@value #SEED} with which seed; both are printed.
 */
@NeedsClient(Client.EMULATOR)
class KilledRecordingIT {
  static final String RUNS = "kvslocal.survival.runs";
  static final String SEED = "kvslocal.survival.seed";

  private static final String CHANNEL = "porch";
  private static final int SECONDS = 8;
  private static final int PICTURES_A_SECOND = 30;

  /** The shortest that the emulator makes; the more are written, the more are hit. */
  private static final int FRAGMENT_PICTURES = PICTURES_A_SECOND;

  /** What is between the sender and the file besides: network, jitter buffer, the disk itself. */
  private static final int ON_THEIR_WAY = PICTURES_A_SECOND / 2;

  private static final int LONGEST_WAIT_MILLIS = 3_000;
  private static final int WRITING_MILLIS = 12;
  private static final int RUNS_IN_A_DIRECTORY = 20;
  private static final int TIMEOUT_SECONDS = 30;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<EncodedFrame> frames = SyntheticStream.seconds(SECONDS, FRAGMENT_PICTURES);
  private int hitWhileWriting;
  private int fragments;
  private long mostLost;
  private long lostInAll;

  /** What was there at the moment of a kill. */
  private record Killed(Map<String, Long> before, List<String> listed, long sent) {}

  @Test
  void killLosesAtMostTheFragmentThatIsBeingRecorded(@TempDir Path folder) throws Exception {
    int runs = Integer.getInteger(RUNS, 5);
    long seed = Long.getLong(SEED, System.nanoTime());
    long start = System.nanoTime();
    for (int run = 0; run < runs; run += RUNS_IN_A_DIRECTORY) {
      Path here = Files.createDirectory(folder.resolve("from-" + run));
      killAgainAndAgain(here, seed + run, Math.min(RUNS_IN_A_DIRECTORY, runs - run));
    }
    System.out.printf(
        "%d kills, seed %d: %d fragments, all play; %d kills amid the writing of a file; lost"
            + " pictures: %d at most, %.1f on average of %d in a fragment; %d s%n",
        runs,
        seed,
        fragments,
        hitWhileWriting,
        mostLost,
        (double) lostInAll / runs,
        FRAGMENT_PICTURES,
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
  }

  private void killAgainAndAgain(Path folder, long seed, int runs) throws Exception {
    Random random = new Random(seed);
    RecordedFiles files = new RecordedFiles(folder.resolve("data/streams"));
    EmulatorProcess emulator = start(folder);
    try {
      for (int run = 0; run < runs; run++) {
        String which = "seed " + seed + " run " + run;
        Killed killed = recordAndKill(emulator, files, random);
        if (!files.unfinished().isEmpty()) {
          hitWhileWriting++;
        }
        emulator = start(folder);
        check(which, emulator, files, killed);
      }
    } finally {
      emulator.kill();
    }
    fragments += files.names().size();
  }

  private static EmulatorProcess start(Path folder) {
    return EmulatorProcess.start(
        EmulatorProcess.Launch.SCRIPT,
        folder,
        List.of("--channel", CHANNEL, "--fragment-length", "1"));
  }

  private Killed recordAndKill(EmulatorProcess emulator, RecordedFiles files, Random random)
      throws Exception {
    Map<String, Long> before = files.checksums();
    boolean whileWriting = random.nextBoolean();
    try (Masters masters = new Masters(emulator, CHANNEL);
        RemoteMaster master = masters.join(frames)) {
      master.connected().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
      if (whileWriting) {
        awaitChange(files);
        TimeUnit.MICROSECONDS.sleep(random.nextInt(1_000 * WRITING_MILLIS));
      }
      long sent =
          master.sent().get(TIMEOUT_SECONDS, TimeUnit.SECONDS).stream()
              .filter(frame -> frame.track() == Track.VIDEO)
              .count();
      List<String> listed = files.names();
      emulator.kill();
      return new Killed(before, listed, sent);
    }
  }

  /** Returns when the next file is being written, or has been. */
  private static void awaitChange(RecordedFiles files) throws Exception {
    int whole = files.names().size();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (files.names().size() == whole && files.unfinished().isEmpty()) {
      assertThat(System.nanoTime()).as("a fragment is written").isLessThan(deadline);
      TimeUnit.MICROSECONDS.sleep(200);
    }
  }

  private void check(String which, EmulatorProcess emulator, RecordedFiles files, Killed killed)
      throws Exception {
    Map<String, Long> after = files.checksums();
    assertThat(after).as(which).containsAllEntriesOf(killed.before());
    assertThat(after.keySet()).as(which).containsAll(killed.listed());
    assertThat(files.unfinished()).as(which).isEmpty();
    long recorded =
        files.pictures(
            after.keySet().stream().filter(name -> !killed.before().containsKey(name)).toList());
    long lost = killed.sent() - recorded;
    assertThat(lost).as(which).isLessThanOrEqualTo(FRAGMENT_PICTURES + ON_THEIR_WAY);
    mostLost = Math.max(mostLost, lost);
    lostInAll += lost;
    assertThat(exported(emulator)).as(which).isEqualTo(files.pictures(after.keySet()));
  }

  /** How many pictures the emulator says there are. */
  private long exported(EmulatorProcess emulator) throws Exception {
    URI recording = emulator.endpoint().resolve("/_kvslocal/streams/" + CHANNEL + "/recording.mkv");
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(recording).build(), HttpResponse.BodyHandlers.ofByteArray());
    return answer.statusCode() == 404
        ? 0
        : RecordedFiles.pictures(MatroskaReader.read(answer.body()).blocks());
  }
}
