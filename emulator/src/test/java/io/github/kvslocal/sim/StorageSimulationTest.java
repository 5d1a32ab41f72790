package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the join to the fragments, with everything in between but sockets and ciphers. */
class StorageSimulationTest {
  private static final AnswerPlan BOTH_TRACKS = new AnswerPlan(true, Setup.ACTIVE);
  private static final Duration LENGTH = Duration.ofSeconds(22);
  private static final List<EncodedFrame> FRAMES = Clip.frames(20);

  @ParameterizedTest
  @EnumSource(names = {"ACTIVE", "PASSIVE"})
  void whatIsSentIsRecordedBitForBit(Setup setup) throws Exception {
    Simulation simulation =
        new Simulation(NetworkModel.PERFECT, new AnswerPlan(true, setup), FRAMES);

    simulation.play(LENGTH);

    assertThat(simulation.master().sent()).isEqualTo(FRAMES);
    assertThat(data(simulation.recorded(Track.VIDEO))).isEqualTo(sent(Track.VIDEO));
    assertThat(data(simulation.recorded(Track.AUDIO))).isEqualTo(sent(Track.AUDIO));
    assertThat(simulation.detail("recording-ended"))
        .contains("picture and sound; 0 frames are in none; 0 datagrams dropped");
    assertThat(simulation.detail("peer-ended")).startsWith(PeerEnd.REMOTE_CLOSED.name());
    assertThat(simulation.leftovers()).isZero();
  }

  @Test
  void recordedTimesAreThoseOfTheSenderToTheMillisecond() throws Exception {
    Simulation simulation = new Simulation(NetworkModel.PERFECT, BOTH_TRACKS, FRAMES);

    simulation.play(LENGTH);

    for (Track track : Track.values()) {
      List<MatroskaBlock> blocks = simulation.recorded(track);
      List<EncodedFrame> frames = framesOf(track);
      for (int i = 0; i < frames.size(); i++) {
        assertThat(blocks.get(i).timeMillis())
            .as("%s %d", track, i)
            .isCloseTo(frames.get(i).time().millis(), within(1L));
      }
    }
  }

  @Test
  void fragmentsFollowEachOtherEveryTwoSeconds() {
    Simulation simulation = new Simulation(NetworkModel.PERFECT, BOTH_TRACKS, FRAMES);

    simulation.play(LENGTH);

    assertThat(simulation.fragments()).hasSize(10);
    assertThat(simulation.fragments())
        .allSatisfy(
            fragment ->
                assertThat(fragment.duration())
                    .isCloseTo(Duration.ofSeconds(2), Duration.ofMillis(25)));
    assertThat(simulation.fragments())
        .isSortedAccordingTo((one, other) -> one.producerTime().compareTo(other.producerTime()));
  }

  /** None of these loses the very first packet: nobody can ask for one that it does not know. */
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 5, 6})
  void lostAndOvertakenPacketsCostNoFrameAndNoWrongByte(long seed) throws Exception {
    LinkModel bad =
        LinkModel.PERFECT
            .withLoss(0.03)
            .withDelay(Duration.ofMillis(25))
            .withJitter(Duration.ofMillis(15));
    Simulation simulation = new Simulation(NetworkModel.symmetric(bad, seed), BOTH_TRACKS, FRAMES);

    simulation.play(LENGTH);

    assertThat(data(simulation.recorded(Track.VIDEO))).isEqualTo(sent(Track.VIDEO));
    assertThat(data(simulation.recorded(Track.AUDIO))).isEqualTo(sent(Track.AUDIO));
    assertThat(simulation.leftovers()).isZero();
  }

  @Test
  void silentMicrophoneIsToldInTheJournal() throws Exception {
    Simulation simulation =
        new Simulation(NetworkModel.PERFECT, BOTH_TRACKS, framesOf(Track.VIDEO));

    simulation.play(LENGTH);

    assertThat(simulation.detail("recording-ended"))
        .contains("picture only: audio was negotiated, but none came");
    assertThat(data(simulation.recorded(Track.VIDEO))).isEqualTo(sent(Track.VIDEO));
    assertThat(simulation.recorded(Track.AUDIO)).isEmpty();
  }

  @Test
  void masterWithoutMicrophoneRecordsItsPictureAsNegotiated() throws Exception {
    Simulation simulation =
        new Simulation(
            NetworkModel.PERFECT, new AnswerPlan(false, Setup.ACTIVE), framesOf(Track.VIDEO));

    simulation.play(LENGTH);

    assertThat(simulation.detail("recording-ended")).contains("picture only, as negotiated");
    assertThat(data(simulation.recorded(Track.VIDEO))).isEqualTo(sent(Track.VIDEO));
  }

  @Test
  void coveredCameraIsToldInTheJournal() throws Exception {
    Simulation simulation =
        new Simulation(NetworkModel.PERFECT, BOTH_TRACKS, framesOf(Track.AUDIO));

    simulation.play(LENGTH);

    assertThat(simulation.detail("recording-ended"))
        .contains("sound only: video was negotiated, but no decodable picture came");
    assertThat(data(simulation.recorded(Track.AUDIO))).isEqualTo(sent(Track.AUDIO));
    assertThat(simulation.recorded(Track.VIDEO)).isEmpty();
  }

  private static List<EncodedFrame> framesOf(Track track) {
    return FRAMES.stream().filter(frame -> frame.track() == track).toList();
  }

  private static List<ByteBuffer> sent(Track track) {
    return framesOf(track).stream().map(EncodedFrame::data).toList();
  }

  private static List<ByteBuffer> data(List<MatroskaBlock> blocks) {
    return blocks.stream().map(MatroskaBlock::data).toList();
  }
}
