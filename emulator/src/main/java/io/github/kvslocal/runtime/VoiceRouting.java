package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.routing.voice.VoiceOutput;
import io.github.kvslocal.routing.voice.VoiceRoom;
import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.session.PeerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drives the room in which the connected peers of one channel hear each other: brings it their
 * packets and the time, and takes what comes of it to the peers and to the master's recording.
 * While nobody talks there is no alarm. On the channel's loop.
 */
final class VoiceRouting {
  private final SessionLoop loop;
  private final VoiceRoom room;
  private final Map<Participant, Hearing> seats = new HashMap<>();
  private final Map<PeerId, Hearing> peers = new HashMap<>();
  private @Nullable MasterRecording recording;
  private SessionLoop.Alarm alarm = () -> {};
  private long alarmAt = Long.MAX_VALUE;

  VoiceRouting(SessionLoop loop, VoiceMixing mixing, LiveClock clock) {
    this.loop = loop;
    this.room = new VoiceRoom(mixing.codec(), new Output(), clock.originNanos(), mixing.recorded());
  }

  /** A master is there: viewers hear from now on. */
  void masterJoins(PeerDriver peer, MasterRecording itsRecording) {
    leave(peer.whose());
    recording = itsRecording;
    take(peer);
  }

  /** A viewer is there. */
  void viewerJoins(PeerDriver peer) {
    leave(peer.whose());
    take(peer);
  }

  private void take(PeerDriver peer) {
    Hearing seat = new Hearing(peer);
    seats.put(peer.whose(), seat);
    peers.put(peer.id(), seat);
    room.join(peer.whose(), peer.listens(), loop.nanoTime());
    settle();
  }

  /** A peer has gone; nothing happens if it is not in, or another peer is in its place. */
  void leaves(PeerId id) {
    Hearing seat = peers.get(id);
    if (seat != null) {
      leave(seat.peer().whose());
    }
  }

  private void leave(Participant whose) {
    Hearing seat = seats.remove(whose);
    if (seat == null) {
      return;
    }
    peers.remove(seat.peer().id());
    room.leave(whose, loop.nanoTime());
    settle();
    String summary = seat.summary();
    if (whose.equals(Participant.MASTER)) {
      recording = null;
      summary += "; " + Hearing.summary(room.statistics());
    }
    seat.peer().notes().write(Event.HEARING_ENDED, summary);
  }

  /** A peer's next Opus packet, at its live time. */
  void packet(PeerId from, EncodedFrame packet) {
    Hearing seat = peers.get(from);
    if (seat != null) {
      packet(seat, packet);
    }
  }

  private void packet(Hearing talker, EncodedFrame packet) {
    Participant whose = talker.peer().whose();
    if (room.push(whose, packet, loop.nanoTime())) {
      if (talker.isFirstHeard()) {
        talker.peer().notes().write(Event.IS_HEARD, Hearing.name(whose) + " is heard");
      }
      for (Hearing listener : seats.values()) {
        listener.heard(talker);
      }
    }
    settle();
  }

  /** The master's next picture, at its live time. */
  void masterPicture(PeerDriver master, MediaTime live) {
    room.picture(live, master.liveSkew().orElse(0), loop.nanoTime());
  }

  /** How much later than its live time the master's sound is passed on, in nanoseconds. */
  long masterDelay() {
    return room.delay(Participant.MASTER);
  }

  /** After everything that the room was told. */
  private void settle() {
    if (recording != null) {
      recording.settle(loop.now());
    }
    long deadline = room.nextDeadline();
    if (deadline == alarmAt) {
      return;
    }
    alarm.cancel();
    alarmAt = deadline;
    if (deadline != Long.MAX_VALUE) {
      long wait = Math.max(0, deadline - loop.nanoTime());
      alarm = loop.scheduleAfter(Duration.ofNanos(wait), this::alarmHasRung);
    }
  }

  private void alarmHasRung() {
    alarmAt = Long.MAX_VALUE;
    room.poll(loop.nanoTime());
    settle();
  }

  /** What comes out of the room. */
  private final class Output implements VoiceOutput {
    @Override
    public void heard(Participant listener, EncodedFrame frame) {
      Hearing seat = seats.get(listener);
      if (seat != null) {
        seat.send(frame);
      }
    }

    @Override
    public void mixBegins() {
      if (recording != null) {
        recording.mixBegins();
        note(Event.MIX_BEGINS, "the recording is a mix from here");
      }
    }

    @Override
    public void mixed(EncodedFrame frame) {
      if (recording != null) {
        recording.mixed(frame);
      }
    }

    @Override
    public void mixEnds() {
      if (recording != null) {
        recording.mixEnds();
        note(Event.MIX_ENDED, "the recording is the master's own sound again");
      }
    }

    /** Not when the master is gone, and its recording with it. */
    private void note(Event event, String detail) {
      Hearing master = seats.get(Participant.MASTER);
      if (master != null) {
        master.peer().notes().write(event, detail);
      }
    }
  }
}
