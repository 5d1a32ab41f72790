package io.github.kvslocal.sim;

import static io.github.kvslocal.sim.Gathering.LISTENS;
import static io.github.kvslocal.sim.Gathering.TALKS;
import static io.github.kvslocal.sim.Gathering.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.routing.voice.Speech;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored of a whole session in which viewers take turns, by the real codec. */
class RecordedTurnsSimulationTest {
  private static final int SECONDS = 18;
  private static final List<EncodedFrame> MASTERS = Clip.frames(SECONDS);
  private static final List<EncodedFrame> VIEWERS = Speech.tone(1_013, Duration.ofSeconds(3));

  private final Gathering gathering = new Gathering(true);

  @Test
  void recordingIsTheMastersBitForBitExceptWhileSomebodyElseSpeaks() throws Exception {
    Visit master = gathering.master(TALKS, MASTERS);
    gathering.pass(2_000);
    Visit ann = gathering.viewer("ann", TALKS, VIEWERS);
    gathering.pass(7_000);
    Visit bob = gathering.viewer("bob", TALKS, VIEWERS);
    gathering.pass(SECONDS * 1_000 - 8_000);
    gathering.leave(ann, bob, master);

    List<MatroskaBlock> stored = gathering.recorded(Track.AUDIO);
    List<EncodedFrame> sent = MASTERS.stream().filter(f -> f.track() == Track.AUDIO).toList();
    assertThat(stored).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(stored.get(i).timeMillis() - sent.get(i).time().millis()).isBetween(-1L, 1L);
    }
    // three seconds of speech and the second after which it counts as over, twice
    List<Integer> parts = parts(stored);
    assertThat(parts).hasSize(5);
    assertThat(parts.get(0)).isBetween(95, 125);
    assertThat(parts.get(1)).isBetween(190, 205);
    assertThat(parts.get(2)).isBetween(140, 165);
    assertThat(parts.get(3)).isBetween(190, 205);
    assertThat(parts.get(4)).isGreaterThan(200);
  }

  @Test
  void viewersSpeechIsStoredWholeBesideAMasterThatIsMostlySilent() throws Exception {
    List<EncodedFrame> few = new ArrayList<>();
    int packets = 0;
    for (EncodedFrame frame : MASTERS) {
      // with discontinuous transmission a packet every 400 ms keeps a silent stream alive
      if (frame.track() == Track.VIDEO || packets % 150 < 50 || packets % 20 == 0) {
        few.add(frame);
      }
      packets += frame.track() == Track.AUDIO ? 1 : 0;
    }
    Visit master = gathering.master(TALKS, few);
    gathering.pass(2_000);
    gathering.viewer("ann", TALKS, Speech.tone(1_013, Duration.ofSeconds(12)));
    gathering.pass(SECONDS * 1_000);
    gathering.leave(master);

    List<ByteBuffer> own = data(few);
    List<MatroskaBlock> mix =
        gathering.recorded(Track.AUDIO).stream().filter(b -> !own.contains(b.data())).toList();
    assertThat(mix).hasSizeBetween(595, 660);
    // until speech ends there is no hole in it
    for (int i = 1; i < 590; i++) {
      assertThat(mix.get(i).timeMillis() - mix.get(i - 1).timeMillis()).isBetween(19L, 21L);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 0.01})
  void viewersSpeechStaysWithThePicturesOfAMasterOfAnotherClock(double pace) throws Exception {
    List<EncodedFrame> pictures =
        Clip.frames(62).stream().filter(frame -> frame.track() == Track.VIDEO).toList();
    Visit master = gathering.fasterMaster(pace, LISTENS, pictures);
    gathering.pass(1_000);
    gathering.viewer("ann", TALKS, Speech.tone(1_013, Duration.ofSeconds(62)));
    gathering.pass(59_000);
    gathering.leave(master);

    long picture = last(gathering.recorded(Track.VIDEO)).timeMillis();
    long sound = last(gathering.recorded(Track.AUDIO)).timeMillis();
    assertThat(picture).isBetween(58_000L, 61_000L);
    // a frame of either, and what voices are held for
    assertThat(sound - picture).isBetween(-130L, 70L);
  }

  private static MatroskaBlock last(List<MatroskaBlock> blocks) {
    return blocks.get(blocks.size() - 1);
  }

  /** How many packets in a row are the master's, then are not, and so on. */
  private static List<Integer> parts(List<MatroskaBlock> stored) {
    List<ByteBuffer> sent = data(MASTERS);
    List<Integer> parts = new ArrayList<>();
    boolean own = true;
    int length = 0;
    for (int i = 0; i < stored.size(); i++) {
      if (stored.get(i).data().equals(sent.get(i)) != own) {
        parts.add(length);
        length = 0;
        own = !own;
      }
      length++;
    }
    parts.add(length);
    return parts;
  }
}
