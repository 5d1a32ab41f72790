package io.github.kvslocal.runtime;

import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the first key frame and of sizes, and looks at a master's pictures for what keeps them
 * from being recorded or played, though every packet came, and tells of each once: key frames that
 * do not come, or that nobody can decode, and pictures that are sent in another order than they are
 * shown.
 */
final class PictureWatch {
  /** AWS does not say how long the service waits; a client has been asked seven times by then. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Duration longestFragment;
  private final PeerNotes notes;
  private @Nullable MediaTime first;
  private @Nullable MediaTime lastKeyFrame;
  private @Nullable MediaTime last;
  private boolean toldOfKeyFrames;
  private boolean toldOfSets;
  private boolean toldOfOrder;
  private int width;
  private int height;

  /**
   * @param longestFragment how long pictures are recorded without another key frame
   */
  PictureWatch(Duration longestFragment, PeerNotes notes) {
    this.longestFragment = longestFragment;
    this.notes = notes;
  }

  /** The next picture, in the order of decoding. */
  void picture(EncodedFrame picture) {
    MediaTime time = picture.time();
    if (first == null) {
      first = time;
    }
    if (picture.keyFrame()) {
      keyFrame(time);
    } else if (!toldOfKeyFrames) {
      watchForKeyFrame(first, time);
    }
    if (last != null && time.isBefore(last) && !toldOfOrder) {
      toldOfOrder = true;
      notes.warn(
          Event.PICTURES_REORDERED,
          "pictures are sent in another order than they are shown: they are stored in the order in"
              + " which they came, with times that do not go back, so that motion may stutter; let"
              + " the encoder make no B-frames, as the offered profile (Constrained Baseline) wants"
              + " it");
    }
    last = time;
  }

  /** A fragment is complete; told are the first size of its pictures and every other. */
  void fragment(Fragment fragment) {
    fragment
        .video()
        .filter(video -> video.width() != width || video.height() != height)
        .ifPresent(
            video -> {
              width = video.width();
              height = video.height();
              notes.write(
                  Event.PICTURE_SIZE,
                  "pictures of %d x %d are recorded".formatted(width, height),
                  Map.of("width", Integer.toString(width), "height", Integer.toString(height)));
            });
  }

  /** How many key frames had to be dropped since no parameter sets had come. */
  void keyFramesWithoutSets(long count) {
    if (count > 0 && !toldOfSets) {
      toldOfSets = true;
      notes.warn(
          Event.PARAMETER_SETS_MISSING,
          "a key frame came, but no sequence and picture parameter sets that can be read: no"
              + " picture is recorded until they come; let the encoder repeat SPS and PPS in front"
              + " of every key frame, or put sprop-parameter-sets into the answer");
    }
  }

  private void keyFrame(MediaTime time) {
    if (lastKeyFrame == null) {
      notes.write(Event.FIRST_KEY_FRAME, "the first key frame has come");
    }
    lastKeyFrame = time;
    if (toldOfKeyFrames) {
      toldOfKeyFrames = false;
      notes.warn(Event.KEY_FRAME_CAME, "pictures are recorded again, from a key frame on");
    }
  }

  private void watchForKeyFrame(MediaTime begin, MediaTime time) {
    Duration patience = lastKeyFrame == null ? PATIENCE : longestFragment;
    Duration waited = (lastKeyFrame == null ? begin : lastKeyFrame).until(time);
    if (waited.compareTo(patience) > 0) {
      toldOfKeyFrames = true;
      notes.warn(
          Event.KEY_FRAME_MISSING,
          ("pictures come, but for %d s none that decoding can start at (IDR), though it was asked"
                  + " for: no picture is recorded until one comes; let the encoder answer picture"
                  + " loss indications (PLI) with an IDR picture, or make one every few seconds;"
                  + " recovery points without IDR (open GOP, intra refresh) do not count")
              .formatted(waited.toSeconds()));
    }
  }
}
