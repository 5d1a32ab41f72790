package io.github.kvslocal.routing.voice;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A room in virtual time with the recording behind it. Levels tell who is who: those of the mix are
 * {@link #MIX} or more, the master's packets have their numbers.
 */
final class RecordedScene implements VoiceOutput {
  /** What a viewer says whose voice marks the mix. */
  static final int MIX = 10_000;

  /** What is to be added to live times. */
  static final long OFFSET = 5 * Scene.SECOND + 3 * Scene.MS;

  final Scene scene = new Scene(new LevelOpus());
  final List<EncodedFrame> stored = new ArrayList<>();
  final RecordedSound sound = new RecordedSound(stored::add);

  RecordedScene() {
    scene.tell(this);
    sound.liveToMedia(OFFSET);
  }

  /** The master speaks packets of 20 ms that are recorded as they come. */
  Scene.Speaker masterSpeaks() {
    return masterSpeaks(number -> LevelOpus.packet(number % MIX));
  }

  Scene.Speaker masterSpeaks(IntFunction<byte[]> packets) {
    return scene.speaks(Scene.MASTER, packets).tapped(frame -> sound.master(onMedia(frame)));
  }

  static EncodedFrame onMedia(EncodedFrame live) {
    return live.at(new MediaTime(live.time().nanos() + OFFSET));
  }

  static boolean isMix(EncodedFrame frame) {
    return Scene.level(frame) >= MIX;
  }

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
}
