package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.fragment.Fragmenter;
import io.github.kvslocal.fragment.Gaps;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.recording.Recorder;
import io.github.kvslocal.recording.RecordingSummary;
import io.github.kvslocal.routing.voice.RecordedSound;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one master's peer sends, on its way to the stream's fragments, with the mix in place of its
 * sound while there is one. What comes waits for {@link #settle}, so that both tracks of what is
 * ready together go on in the order of time.
 */
final class MasterRecording {
  private final Fragmenter fragmenter;
  private final Function<Instant, Recorder> recorders;
  private final Supplier<OptionalLong> liveToMedia;
  private final PictureWatch watch;
  private final Set<Track> tracks = EnumSet.noneOf(Track.class);
  private final Deque<EncodedFrame> pictures = new ArrayDeque<>();
  private final Deque<EncodedFrame> packets = new ArrayDeque<>();
  private final RecordedSound sound = new RecordedSound(packets::add);
  private long mixed;

  /** The policy time of media time zero, as far as it is known; final with the first fragment. */
  private Instant start;

  private @Nullable Instant liveZero;
  private @Nullable Recorder recorder;

  /**
   * @param connected the policy time of the connection, for want of a better start
   * @param liveToMedia see {@link PeerDriver#liveToMedia}
   * @param observer told of a disk that is in trouble
   * @param watch shown every picture
   */
  MasterRecording(
      FragmentStore store,
      FragmentLimits limits,
      StreamArn stream,
      Instant connected,
      Supplier<OptionalLong> liveToMedia,
      Recorder.Observer observer,
      PictureWatch watch) {
    this.fragmenter = new Fragmenter(limits);
    this.recorders = start -> new Recorder(store, stream, start, observer);
    this.start = connected;
    this.liveToMedia = liveToMedia;
    this.watch = watch;
  }

  /** Parameter sets that the master told before its first picture; see {@link Fragmenter}. */
  void parameterSets(ByteBuffer sets) {
    fragmenter.parameterSets(sets);
  }

  /**
   * The policy time of the live clock's zero when the first frame came. Media time counts from the
   * first frame, which may come long after the connection.
   */
  void liveZero(Instant zero) {
    if (liveZero == null) {
      liveZero = zero;
    }
  }

  /** The master's next frame of a track. */
  void frame(EncodedFrame frame) {
    tracks.add(frame.track());
    if (frame.track() == Track.VIDEO) {
      watch.picture(frame);
      pictures.add(frame);
    } else {
      sound.master(frame);
    }
  }

  /** From here on the mix is to be stored. */
  void mixBegins() {
    sound.mixBegins();
  }

  /** The next frame of the mix, timed on the master's live clock. */
  void mixed(EncodedFrame frame) {
    mixed++;
    sound.mixed(frame);
  }

  /** From here on the master's own sound is to be stored. */
  void mixEnds() {
    sound.mixEnds();
  }

  /** Stores what has come and is in its place. */
  void settle(Instant now) {
    liveToMedia
        .get()
        .ifPresent(
            nanos -> {
              sound.liveToMedia(nanos);
              place(nanos);
            });
    record(now);
  }

  /** Settles what media time zero is, unless fragments count from it already. */
  private void place(long nanosFromLiveToMedia) {
    if (liveZero != null && recorder == null) {
      start = liveZero.plusMillis(new MediaTime(-nanosFromLiveToMedia).millis());
    }
  }

  private Recorder recorder() {
    if (recorder == null) {
      recorder = recorders.apply(start);
    }
    return recorder;
  }

  private void record(Instant now) {
    while (!pictures.isEmpty() || !packets.isEmpty()) {
      for (Fragment fragment : fragmenter.push(next())) {
        record(fragment, now);
      }
    }
    watch.keyFramesWithoutSets(fragmenter.keyFramesWithoutSets());
  }

  private void record(Fragment fragment, Instant now) {
    watch.fragment(fragment);
    recorder().record(fragment, now);
  }

  private EncodedFrame next() {
    boolean picture =
        packets.isEmpty()
            || (!pictures.isEmpty()
                && !packets.element().time().isBefore(pictures.element().time()));
    return picture ? pictures.remove() : packets.remove();
  }

  /** Stores what is left; completes when the fate of every fragment is known. */
  CompletableFuture<RecordingSummary> finish(Instant now) {
    settle(now);
    sound.finish();
    record(now);
    for (Fragment fragment : fragmenter.finish()) {
      record(fragment, now);
    }
    return recorder().close();
  }

  /** For a person to read: what came, and what was expected but did not come. */
  String tracks(boolean audioNegotiated) {
    return mixed == 0
        ? ofMaster(audioNegotiated)
        : "%s; %d frames of the mix with viewers came beside, %d of them without a place"
            .formatted(ofMaster(audioNegotiated), mixed, sound.discarded());
  }

  private String ofMaster(boolean audioNegotiated) {
    if (tracks.isEmpty()) {
      return "neither picture nor sound came";
    }
    if (!tracks.contains(Track.VIDEO)) {
      return "sound only: video was negotiated, but no decodable picture came";
    }
    if (!tracks.contains(Track.AUDIO)) {
      return audioNegotiated
          ? "picture only: audio was negotiated, but none came"
          : "picture only, as negotiated";
    }
    return "picture and sound";
  }

  /** What the network took out of it. */
  Gaps gaps() {
    return fragmenter.gaps();
  }

  /** Frames that are in no fragment, such as pictures before the first key frame. */
  long dropped() {
    return fragmenter.dropped(Track.VIDEO) + fragmenter.dropped(Track.AUDIO);
  }
}
