package io.github.kvslocal.conformance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.master.Masters;
import io.github.kvslocal.conformance.master.SyntheticStream;
import io.github.kvslocal.conformance.master.Tones;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.EmulatorProcess.Launch;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.testpeer.RemotePeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a viewer costs the emulator, and what it costs more once it talks. All participants run in
 * this process, so that their work is not counted; but they share the machine, and where it is too
 * small the pictures and the sound that arrived while the emulator's work was measured say so.
 */
@NeedsClient(Client.EMULATOR)
class RoutingBenchmark {
  private static final List<String> VIEWERS = List.of("ann", "bob", "cyd");
  private static final int LONGEST_SESSION = 240;
  private static final int WARM_UP_SECONDS = 10;
  private static final int SECONDS = 15;
  private static final int TIMEOUT_SECONDS = 60;

  private final List<EncodedFrame> sound = Tones.of(437, LONGEST_SESSION);
  private final List<List<EncodedFrame>> voices =
      List.of(
          Tones.of(1_013, LONGEST_SESSION),
          Tones.of(1_787, LONGEST_SESSION),
          Tones.of(2_903, LONGEST_SESSION));

  /** What was seen while the emulator's work was measured, per second. */
  private record Measurement(double cores, double pictures, double sounds) {}

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void picturesAreForwardedToThreeViewersOfEachSession(int sessions, @TempDir Path folder)
      throws Exception {
    List<EncodedFrame> frames = SyntheticStream.withSound(LONGEST_SESSION, sound);
    try (Rooms rooms = new Rooms(sessions, folder, frames)) {
      Measurement alone = measure(rooms.masters, rooms.usage);
      Measurement watched = rooms.withViewers(0);

      System.out.printf("%d sessions of a master with 720p and three viewers%n", sessions);
      report("nobody watches, per session", alone.cores() / sessions);
      report("per viewer", (watched.cores() - alone.cores()) / sessions / VIEWERS.size());
      arrivals("meanwhile", watched);
      assertThat(watched.pictures()).isPositive();
    }
  }

  /** Without pictures: those of twenty sessions and their clients would fill a small machine. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void voicesAreMixedInEachSession(int sessions, @TempDir Path folder) throws Exception {
    try (Rooms rooms = new Rooms(sessions, folder, sound)) {
      Measurement listening = rooms.withViewers(0);
      Measurement one = rooms.withViewers(1);
      Measurement all = rooms.withViewers(VIEWERS.size());

      System.out.printf("%d sessions of a master with sound and three viewers%n", sessions);
      report("all listen, per session", listening.cores() / sessions);
      report("one viewer talks, per session", (one.cores() - listening.cores()) / sessions);
      report(
          "three talk, per voice", (all.cores() - listening.cores()) / sessions / VIEWERS.size());
      arrivals("while all listen", listening);
      arrivals("while one talks", one);
      arrivals("while three talk", all);
      assertThat(all.sounds()).isPositive();
    }
  }

  /** An emulator with masters in so many sessions. */
  private final class Rooms implements AutoCloseable {
    private final List<String> channels;
    private final EmulatorProcess emulator;
    private final ProcessUsage usage;
    private final List<Masters> places = new ArrayList<>();
    private final List<RemotePeer> masters = new ArrayList<>();

    private Rooms(int sessions, Path folder, List<EncodedFrame> frames) throws Exception {
      channels = IntStream.range(0, sessions).mapToObj(each -> "room-" + each).toList();
      emulator = EmulatorProcess.start(Launch.SCRIPT, folder, String.join(",", channels));
      usage = new ProcessUsage(emulator.pid());
      for (String channel : channels) {
        Masters place = new Masters(emulator, channel);
        places.add(place);
        masters.add(place.join(frames));
      }
    }

    /** Three viewers come into every room, stay while the emulator's work is measured, and go. */
    private Measurement withViewers(int talkers) throws Exception {
      List<Masters> seats = new ArrayList<>();
      List<RemotePeer> viewers = new ArrayList<>();
      try {
        for (String channel : channels) {
          for (int viewer = 0; viewer < VIEWERS.size(); viewer++) {
            // Each has a port of its own, as every client has: the emulator tells peers by it.
            Masters seat = new Masters(emulator, channel);
            seats.add(seat);
            viewers.add(
                seat.joinAsViewer(
                    VIEWERS.get(viewer), viewer < talkers ? voices.get(viewer) : List.of()));
          }
        }
        return measure(viewers, usage);
      } finally {
        viewers.forEach(RemotePeer::close);
        seats.forEach(Masters::close);
      }
    }

    @Override
    public void close() {
      masters.forEach(RemotePeer::close);
      places.forEach(Masters::close);
      emulator.close();
    }
  }

  /** Once these are connected and the emulator has warmed up. */
  private static Measurement measure(List<RemotePeer> peers, ProcessUsage usage) throws Exception {
    for (RemotePeer peer : peers) {
      peer.connected().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    // A measurement lasts as long as it lasts.
    TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
    long picturesBefore = received(peers, Track.VIDEO);
    long soundsBefore = received(peers, Track.AUDIO);
    double before = usage.cpuSeconds();
    long start = System.nanoTime();
    TimeUnit.SECONDS.sleep(SECONDS);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = usage.cpuSeconds() - before;
    double each = seconds * peers.size();
    return new Measurement(
        cpu / seconds,
        (received(peers, Track.VIDEO) - picturesBefore) / each,
        (received(peers, Track.AUDIO) - soundsBefore) / each);
  }

  private static long received(List<RemotePeer> peers, Track track) throws Exception {
    long count = 0;
    for (RemotePeer peer : peers) {
      count += peer.receivedOf(track).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    return count;
  }

  private static void report(String what, double cores) {
    System.out.printf("  %-40s %6.2f %% of a core%n", what, 100 * cores);
  }

  private static void arrivals(String when, Measurement measured) {
    System.out.printf(
        "  %-40s %6.1f pictures and %.1f packets of sound a second at each viewer%n",
        when, measured.pictures(), measured.sounds());
  }
}
