package io.github.kvslocal.runtime;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.ReceiverStatistics;
import io.github.kvslocal.rtp.TrackStatistics;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Tells when a peer's tracks begin, and what has become of them when the peer has ended. */
final class TrackWatch {
  private final PeerNotes notes;
  private final Set<Track> silent = EnumSet.allOf(Track.class);

  TrackWatch(PeerNotes notes) {
    this.notes = notes;
  }

  /** Something has come. */
  void look(Supplier<Optional<ReceiverStatistics>> statistics) {
    if (!silent.isEmpty()) {
      statistics.get().ifPresent(received -> silent.removeIf(track -> begins(track, received)));
    }
  }

  private boolean begins(Track track, ReceiverStatistics received) {
    boolean begins = of(track, received).packets() > 0;
    if (begins) {
      notes.write(
          Event.FIRST_PACKET,
          "the first packet of its " + name(track) + " has come",
          Map.of("track", name(track)));
    }
    return begins;
  }

  /** Nothing will come any more. */
  void ended(ReceiverStatistics received) {
    for (Track track : Track.values()) {
      if (!silent.contains(track)) {
        TrackStatistics its = of(track, received);
        notes.write(
            Event.TRACK_ENDED,
            "its %s: %d packets came, %d were lost for good, %d came when asked for again;"
                    .formatted(name(track), its.packets(), its.lost(), its.recovered())
                + " %d frames were whole, %d were dropped"
                    .formatted(its.frames(), its.droppedFrames()),
            Map.of(
                "track", name(track),
                "packets", Long.toString(its.packets()),
                "lost", Long.toString(its.lost()),
                "retransmitted", Long.toString(its.recovered()),
                "frames", Long.toString(its.frames()),
                "dropped", Long.toString(its.droppedFrames())));
      }
    }
  }

  private static TrackStatistics of(Track track, ReceiverStatistics received) {
    return switch (track) {
      case VIDEO -> received.video();
      case AUDIO -> received.audio();
    };
  }

  private static String name(Track track) {
    return track.name().toLowerCase(Locale.ROOT);
  }
}
