package io.github.kvslocal.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What real senders sent, through everything between the socket and the disk. */
class CapturesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final int MOST_LATE_NANOS = 40_000_000;
  private static final int SEEDS = 12;

  /** Each capture with each of some seeds. */
  static Stream<Arguments> seededCaptures() throws IOException {
    return Capture.names()
        .flatMap(
            name -> IntStream.rangeClosed(1, SEEDS).mapToObj(seed -> Arguments.of(name, seed)));
  }

  @ParameterizedTest
  @MethodSource("io.github.kvslocal.corpus.Capture#names")
  void captureBecomesTheFragmentsThatItAlwaysBecame(String name) throws IOException {
    Path golden = GOLDEN.resolve("capture-" + name + ".dump");

    String text = FragmentText.of(Replay.of(Capture.of(name)));

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, text);
    }
    assertThat(golden).exists().hasContent(text);
  }

  @ParameterizedTest
  @MethodSource("seededCaptures")
  void disorderAndDuplicatesChangeNoFrame(String name, int seed) throws IOException {
    List<Capture.Packet> packets = Capture.of(name);
    Replay straight = Replay.of(packets);

    Replay disordered = Replay.of(disordered(packets, new Random(seed)));

    assertThat(disordered.content(Track.VIDEO)).isEqualTo(straight.content(Track.VIDEO));
    assertThat(disordered.content(Track.AUDIO)).isEqualTo(straight.content(Track.AUDIO));
  }

  @ParameterizedTest
  @MethodSource("seededCaptures")
  void lossLeavesNoWrongByteInWhatIsKept(String name, int seed) throws IOException {
    Random dice = new Random(seed);
    List<Capture.Packet> packets = Capture.of(name);
    Replay whole = Replay.of(packets);
    List<Capture.Packet> rest = new ArrayList<>(packets);
    rest.removeIf(packet -> dice.nextInt(20) == 0);

    Replay lossy = Replay.of(rest);

    assertKept(lossy.content(Track.VIDEO), whole.received(Track.VIDEO));
    assertKept(lossy.content(Track.AUDIO), whole.received(Track.AUDIO));
  }

  /** Some frames are kept and some are gone; those kept are whole and in their order. */
  private static void assertKept(List<EncodedFrame> kept, List<EncodedFrame> all) {
    assertThat(all).hasSizeGreaterThan(kept.size()).containsSubsequence(kept);
  }

  /** A track's first packet stays its first: nobody waits for what is before it. */
  private static List<Capture.Packet> disordered(List<Capture.Packet> packets, Random dice) {
    List<Capture.Packet> disordered = new ArrayList<>();
    Set<Integer> begun = new HashSet<>();
    for (Capture.Packet packet : packets) {
      boolean first = begun.add(packet.data()[1] & 0x7f);
      disordered.add(first ? packet : later(packet, dice));
      if (dice.nextInt(20) == 0) {
        disordered.add(later(packet, dice));
      }
    }
    disordered.sort(Comparator.comparingLong(Capture.Packet::nanos));
    return disordered;
  }

  private static Capture.Packet later(Capture.Packet packet, Random dice) {
    return packet.at(packet.nanos() + dice.nextInt(MOST_LATE_NANOS));
  }
}
