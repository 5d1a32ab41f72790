package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;

/**
 * Takes a peer's frames the moment they are whole, before it is known how its tracks belong
 * together. It must not call the receiver that calls it, other than to request a key frame.
 */
public interface LiveSink {
  /** Takes nothing. */
  LiveSink NONE =
      new LiveSink() {
        @Override
        public void liveFrame(EncodedFrame frame) {}

        @Override
        public void liveGap(Track track) {}
      };

  /**
   * The next frame of a track, with its provisional time: it rises strictly within the track, and
   * two tracks may be apart by what the network and their encoders make of it.
   */
  void liveFrame(EncodedFrame frame);

  /**
   * Something is missing before the track's next frame and does not come any more, or, of sound,
   * only for the recording; may be told more than once.
   */
  void liveGap(Track track);

  /**
   * A packet of a track could not be read, and its frame is lost; a gap is told as well.
   *
   * @param complaint one of a few texts, the same for the same cause
   */
  default void unreadable(Track track, String complaint) {}
}
