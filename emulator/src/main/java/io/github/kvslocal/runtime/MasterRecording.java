package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.fragment.Fragmenter;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.recording.Recorder;
import io.github.kvslocal.recording.RecordingSummary;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What one master's peer sends, on its way to the stream's fragments. */
final class MasterRecording {
  private final Fragmenter fragmenter;
  private final Recorder recorder;
  private final Set<Track> tracks = EnumSet.noneOf(Track.class);

  /**
   * @param start the policy time of the session's first media
   */
  MasterRecording(FragmentStore store, FragmentLimits limits, StreamArn stream, Instant start) {
    this.fragmenter = new Fragmenter(limits);
    this.recorder = new Recorder(store, stream, start);
  }

  void frame(EncodedFrame frame, Instant now) {
    tracks.add(frame.track());
    record(fragmenter.push(frame), now);
  }

  /** Stores what is left; completes when the fate of every fragment is known. */
  CompletableFuture<RecordingSummary> finish(Instant now) {
    record(fragmenter.finish(), now);
    return recorder.close();
  }

  private void record(List<Fragment> fragments, Instant now) {
    for (Fragment fragment : fragments) {
      recorder.record(fragment, now);
    }
  }

  /** For a person to read: what came, and what was expected but did not come. */
  String tracks(boolean audioNegotiated) {
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

  /** Frames that are in no fragment, such as pictures before the first key frame. */
  long dropped() {
    return fragmenter.dropped(Track.VIDEO) + fragmenter.dropped(Track.AUDIO);
  }
}
