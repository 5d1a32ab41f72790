package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.Scene.ANN;
import static io.github.kvslocal.routing.voice.Scene.BEN;
import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.MS;
import static io.github.kvslocal.routing.voice.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Levels tell who is who: the master's packets have their numbers, mix frames 10,000 more. */
class RecordedSoundTest {
  private static final long FRAME = PcmFrame.NANOS;
  private static final int MIX = 10_000;

  /** What is to be added to live times. */
  private static final long OFFSET = 5 * SECOND + 3 * MS;

  private final List<EncodedFrame> stored = new ArrayList<>();
  private final RecordedSound sound = new RecordedSound(stored::add);

  @Test
  void masterAloneIsStoredBitForBit() {
    List<EncodedFrame> packets = new ArrayList<>();
    for (int number = 0; number < 100; number++) {
      packets.add(packet(number));
      sound.master(packet(number));
    }

    assertThat(stored).isEqualTo(packets);
  }

  @Test
  void mixTakesThePlacesOfTheMastersPackets() {
    sound.liveToMedia(OFFSET);
    for (int number = 0; number < 100; number++) {
      if (number == 30) {
        sound.mixBegins();
      }
      sound.master(packet(number));
      if (number >= 30 && number < 60) {
        sound.mixed(mix(number - 2, 0));
      }
      if (number == 60) {
        sound.mixEnds();
      }
    }

    assertThat(numbers()).hasSize(100);
    assertThat(numbers().subList(0, 30)).allMatch(number -> number < MIX);
    assertThat(numbers().subList(30, 58)).allMatch(number -> number >= MIX);
    assertThat(numbers().subList(58, 100)).allMatch(number -> number < MIX);
    assertThatTrackIsWhole(0);
    assertThat(sound.discarded()).isEqualTo(2);
  }

  @Test
  void mixFrameMovesToTheTimeOfThePacketThatItReplaces() {
    sound.liveToMedia(OFFSET);
    sound.mixBegins();
    for (int number = 0; number < 20; number++) {
      sound.master(packet(number));
      sound.mixed(mix(number, number % 2 == 0 ? 4 * MS : -4 * MS));
    }

    assertThat(numbers()).allMatch(number -> number >= MIX).hasSize(20);
    assertThatTrackIsWhole(0);
  }

  @Test
  void mixWaitsUntilTheSessionsBeginningHasItsTimes() {
    sound.mixBegins();
    for (int number = 50; number < 150; number++) {
      sound.mixed(mix(number, 0));
    }
    for (int number = 0; number < 152; number++) {
      sound.master(packet(number));
    }
    sound.liveToMedia(OFFSET);
    sound.mixed(mix(150, 0));
    sound.mixEnds();

    assertThat(numbers()).hasSize(152);
    assertThat(numbers().subList(0, 50)).allMatch(number -> number < MIX);
    assertThat(numbers().subList(50, 151)).allMatch(number -> number >= MIX);
    assertThat(numbers().subList(151, 152)).allMatch(number -> number < MIX);
    assertThatTrackIsWhole(0);
  }

  @Test
  void mixThatWaitsIsBounded() {
    sound.mixBegins();
    for (int number = 0; number < 1_000; number++) {
      sound.mixed(mix(number, 0));
    }
    sound.liveToMedia(OFFSET);
    sound.finish();

    assertThat(numbers()).hasSize(250).last().isEqualTo(MIX + 999);
  }

  @Test
  void mixOfViewersAloneIsStoredWhenTheMasterSendsNoAudio() {
    sound.liveToMedia(OFFSET);
    sound.mixBegins();
    for (int number = 0; number < 100; number++) {
      sound.mixed(mix(number, 0));
    }

    assertThat(numbers()).hasSize(100);
    assertThatTrackIsWhole(0);
  }

  @Test
  void mastersPacketsAreStoredWhereTheMixPauses() {
    sound.liveToMedia(OFFSET);
    sound.mixBegins();
    for (int number = 0; number < 300; number++) {
      sound.master(packet(number));
      if (number < 20 || number > 280) {
        sound.mixed(mix(number, 0));
      }
    }

    assertThat(numbers()).hasSize(300);
    assertThat(numbers().subList(20, 281)).allMatch(number -> number < MIX);
    assertThatTrackIsWhole(0);
  }

  @Test
  void framesWhoseTimeIsTakenAreDiscarded() {
    sound.liveToMedia(OFFSET);
    sound.mixBegins();
    sound.master(packet(0));
    sound.mixed(mix(0, 0));
    sound.mixed(mix(0, 0));
    sound.mixed(mix(-1, 0));

    assertThat(stored).hasSize(1);
    assertThat(sound.discarded()).isEqualTo(2);
  }

  @Test
  void whatWaitsIsStoredWhenTheMasterGoes() {
    sound.liveToMedia(OFFSET);
    sound.mixBegins();
    sound.master(packet(0));
    sound.master(packet(1));
    sound.mixed(mix(3, 0));

    sound.finish();

    assertThat(numbers()).containsExactly(0, 1, MIX + 3);
  }

  @Test
  void mixWithoutATimeIsLostAndTheMasterIsNot() {
    sound.mixBegins();
    sound.mixed(mix(1, 0));
    sound.master(packet(1));

    sound.finish();

    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void voicesThatComeAndGoLeaveOneTrack() {
    Scene scene = new Scene(new LevelOpus());
    scene.tell(recording());
    scene.join(MASTER, ANN, BEN);
    sound.liveToMedia(OFFSET);
    Scene.Speaker master =
        scene
            .speaks(MASTER, number -> LevelOpus.packet(number))
            .tapped(frame -> sound.master(onMedia(frame)));
    Random random = new Random(9);
    for (int turn = 0; turn < 20; turn++) {
      scene.run(random.nextInt(3_000) * MS);
      Scene.Speaker ann = scene.speaks(ANN, MIX).delays(number -> number * 37 % 60 * MS);
      scene.run(random.nextInt(1_000) * MS);
      Scene.Speaker ben = scene.speaks(BEN, 0);
      scene.run(random.nextInt(2_000) * MS);
      ann.stops();
      scene.run(random.nextInt(2_000) * MS);
      ben.stops();
    }
    scene.room.leave(MASTER, scene.now);
    sound.finish();

    assertThat(stored).hasSize(master.sent.size());
    assertThatTrackIsWhole(onMedia(master.sent.get(0)).time().nanos());
    // whichever it is, it is the master's voice of that moment
    for (int number = 0; number < stored.size(); number++) {
      assertThat(Scene.level(stored.get(number)) % MIX).isEqualTo(number);
    }
    assertThat(numbers()).anyMatch(number -> number >= MIX);
  }

  @Test
  void slowAndFastMastersLeaveOneTrackToo() {
    for (double pace : new double[] {-0.005, 0.005}) {
      stored.clear();
      Scene scene = new Scene(new LevelOpus());
      RecordedSound own = new RecordedSound(stored::add);
      scene.tell(recordingIn(own));
      scene.join(MASTER, ANN);
      own.liveToMedia(OFFSET);
      scene
          .speaks(MASTER, number -> LevelOpus.packet(number))
          .faster(pace)
          .tapped(frame -> own.master(onMedia(frame)));
      scene.speaks(ANN, MIX);
      scene.run(60 * SECOND);
      own.finish();

      long last = Long.MIN_VALUE / 2;
      for (EncodedFrame frame : stored) {
        assertThat(frame.time().nanos()).isGreaterThanOrEqualTo(last + FRAME);
        last = frame.time().nanos();
      }
      assertThat(stored).hasSizeGreaterThan((int) (3_000 * (1 + pace)) - 20);
    }
  }

  private VoiceOutput recording() {
    return recordingIn(sound);
  }

  private static VoiceOutput recordingIn(RecordedSound sound) {
    return new VoiceOutput() {
      @Override
      public void heard(Participant listener, EncodedFrame frame) {}

      @Override
      public void mixBegins() {
        sound.mixBegins();
      }

      @Override
      public void mixed(EncodedFrame frame) {
        sound.mixed(frame);
      }

      @Override
      public void mixEnds() {
        sound.mixEnds();
      }
    };
  }

  private static EncodedFrame onMedia(EncodedFrame live) {
    return live.at(new MediaTime(live.time().nanos() + OFFSET));
  }

  private static EncodedFrame packet(int number) {
    return frame(number * FRAME + OFFSET, number);
  }

  private static EncodedFrame mix(int number, long off) {
    return frame(number * FRAME + off, MIX + number);
  }

  private static EncodedFrame frame(long nanos, int level) {
    return new EncodedFrame(Track.AUDIO, new MediaTime(nanos), true, LevelOpus.packet(level));
  }

  private List<Integer> numbers() {
    return stored.stream().map(Scene::level).toList();
  }

  private void assertThatTrackIsWhole(long from) {
    long start = from == 0 ? OFFSET : from;
    for (int number = 0; number < stored.size(); number++) {
      assertThat(stored.get(number).time().nanos()).isEqualTo(start + number * FRAME);
    }
  }
}
