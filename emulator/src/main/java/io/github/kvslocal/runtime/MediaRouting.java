package io.github.kvslocal.runtime;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.routing.VideoForwarder;
import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.rtp.SenderStatistics;
import io.github.kvslocal.session.PeerId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What passes live between the connected peers of one channel: the master's pictures go to every
 * viewer, voices to everybody else. On the channel's loop.
 */
final class MediaRouting {
  private final SessionLoop loop;
  private final LiveClock clock;
  private final VideoForwarder video = new VideoForwarder();
  private final Map<PeerId, Watching> viewers = new HashMap<>();
  private final VoiceRouting voices;
  private @Nullable PeerDriver master;

  MediaRouting(SessionLoop loop, VoiceMixing mixing) {
    this.loop = loop;
    this.clock = new LiveClock(loop.nanoTime(), loop.now());
    this.voices = new VoiceRouting(loop, mixing, clock);
  }

  /** What all live media of the channel is placed on. */
  LiveClock clock() {
    return clock;
  }

  /**
   * Media can flow to and from a master's peer.
   *
   * @param recording gets the mix while there is one
   */
  void masterConnected(PeerDriver peer, MasterRecording recording) {
    master = peer;
    viewers.values().forEach(Watching::anotherMaster);
    video.masterArrived(peer::requestKeyFrame);
    video.parameterSets(peer.parameterSets());
    voices.masterJoins(peer, recording);
  }

  /** Media can flow to and from a viewer's peer. */
  void viewerConnected(PeerDriver peer) {
    viewers.put(peer.id(), new Watching(peer));
    voices.viewerJoins(peer);
  }

  /** A peer's next frame, at its provisional time. */
  void frame(PeerId from, EncodedFrame frame) {
    if (frame.track() == Track.AUDIO) {
      voices.packet(from, frame);
    } else if (master != null && isMaster(from)) {
      voices.masterPicture(master, frame.time());
      video.picture(frame, loop.nanoTime());
    }
  }

  /** Something is missing before a peer's next frame. */
  void gap(PeerId from, Track track) {
    if (isMaster(from) && track == Track.VIDEO) {
      video.gap();
    }
  }

  /** A peer wants a key frame of what it is sent. */
  void keyFrameWanted(PeerId from) {
    Watching viewer = viewers.get(from);
    if (viewer != null) {
      viewer.place.keyFrameWanted(loop.nanoTime());
    }
  }

  /** A peer has gone; nothing happens if it never was connected. */
  void ended(PeerId id) {
    if (isMaster(id)) {
      master = null;
      video.masterLeft();
    }
    Watching viewer = viewers.remove(id);
    if (viewer != null) {
      viewer.ended();
    }
    voices.leaves(id);
  }

  /**
   * By how many nanoseconds pictures go out ahead of the sound that belongs to them: sound is
   * passed on later, by what evens it out, and pictures are where they follow those of another
   * master.
   */
  private long ahead(PeerDriver peer) {
    return peer.liveSkew().orElse(0) + voices.masterDelay() - video.shifted().toNanos();
  }

  private boolean isMaster(PeerId id) {
    return master != null && master.id().equals(id);
  }

  /** A viewer's peer as the way of the master's pictures. */
  private final class Watching implements VideoForwarder.Outlet {
    private final PeerDriver peer;
    private final VideoForwarder.Viewer place;
    private long pictures;
    private boolean told;

    private Watching(PeerDriver peer) {
      this.peer = peer;
      this.place = video.admit(this);
    }

    private void anotherMaster() {
      told = false;
    }

    @Override
    public boolean send(EncodedFrame accessUnit) {
      if (master != null) {
        peer.pictureAhead(ahead(master));
      }
      boolean sent = peer.send(accessUnit);
      if (sent) {
        pictures++;
        if (!told) {
          told = true;
          peer.notes().write(Event.SEES_MASTER, peer.whose() + " sees the master");
        }
      }
      return sent;
    }

    private void ended() {
      place.leave();
      peer.notes()
          .write(
              Event.VIEWING_ENDED,
              peer.sent().map(sent -> summary(pictures, sent)).orElse("nothing was sent"));
    }
  }

  /** For a person to read. */
  private static String summary(long pictures, SenderStatistics sent) {
    return ("%d pictures were sent in %d packets; %d packets were asked for again and sent, %d were"
            + " forgotten and %d declined; %d key frames were asked for; %d frames refused")
        .formatted(
            pictures,
            sent.videoPackets(),
            sent.retransmissions(),
            sent.forgotten(),
            sent.declined(),
            sent.keyFrameRequests(),
            sent.refusedFrames());
  }
}
