package io.github.kvslocal.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real senders sent, through everything between the socket and the disk. */
class CapturesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final int MOST_LATE_NANOS = 40_000_000;

  private final Random dice = new Random(20_261_120);

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
  @MethodSource("io.github.kvslocal.corpus.Capture#names")
  void disorderAndDuplicatesChangeNoFrame(String name) throws IOException {
    List<Capture.Packet> packets = Capture.of(name);
    Replay straight = Replay.of(packets);

    Replay disordered = Replay.of(disordered(packets));

    assertThat(disordered.content(Track.VIDEO)).isEqualTo(straight.content(Track.VIDEO));
    assertThat(disordered.content(Track.AUDIO)).isEqualTo(straight.content(Track.AUDIO));
  }

  @ParameterizedTest
  @MethodSource("io.github.kvslocal.corpus.Capture#names")
  void lossLeavesNoWrongByteInWhatIsKept(String name) throws IOException {
    List<Capture.Packet> packets = Capture.of(name);
    Replay whole = Replay.of(packets);
    List<Capture.Packet> rest = new ArrayList<>(packets);
    rest.removeIf(packet -> dice.nextInt(50) == 0);

    Replay lossy = Replay.of(rest);

    assertKept(lossy.content(Track.VIDEO), whole.content(Track.VIDEO));
    assertKept(lossy.content(Track.AUDIO), whole.content(Track.AUDIO));
  }

  /** Some frames are kept and some are gone; those kept are whole and in their order. */
  private static void assertKept(List<EncodedFrame> kept, List<EncodedFrame> all) {
    assertThat(all).containsSubsequence(kept);
    assertThat(kept).hasSizeBetween(all.size() / 2, all.size() - 1);
  }

  /** The first packet stays the first: nobody can wait for what is before it. */
  private List<Capture.Packet> disordered(List<Capture.Packet> packets) {
    List<Capture.Packet> disordered = new ArrayList<>();
    for (Capture.Packet packet : packets) {
      disordered.add(later(packet));
      if (dice.nextInt(20) == 0) {
        disordered.add(later(packet));
      }
    }
    disordered.sort(Comparator.comparingLong(Capture.Packet::nanos));
    return disordered;
  }

  private Capture.Packet later(Capture.Packet packet) {
    return packet.nanos() == 0 ? packet : packet.at(packet.nanos() + dice.nextInt(MOST_LATE_NANOS));
  }
}
