package io.github.kvslocal.corpus;

import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.fragment.Fragmenter;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.MediaReceiver;
import io.github.kvslocal.rtp.ReceiverStatistics;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Packets to fragments as in a session, in the time of the packets. */
final class Replay {
  private static final int MOST_TURNS = 1_000;

  private final MediaReceiver receiver = new MediaReceiver(Capture.NEGOTIATED, 1);
  private final Fragmenter fragmenter = new Fragmenter(FragmentLimits.DOCUMENTED);
  private final byte[] feedback = new byte[MediaReceiver.MAX_FEEDBACK];
  private final List<Fragment> fragments = new ArrayList<>();
  private final List<EncodedFrame> ready = new ArrayList<>();
  private final List<EncodedFrame> received = new ArrayList<>();
  private long now;

  private Replay() {}

  /** Plays these to the end; they are ordered by time. */
  static Replay of(List<Capture.Packet> packets) {
    Replay replay = new Replay();
    packets.forEach(replay::arrive);
    replay.finish();
    return replay;
  }

  List<Fragment> fragments() {
    return fragments;
  }

  ReceiverStatistics statistics() {
    return receiver.statistics();
  }

  /** How many frames are in no fragment. */
  long dropped(Track track) {
    return fragmenter.dropped(track);
  }

  /** What was recorded of a track, without the times. */
  List<EncodedFrame> content(Track track) {
    return content(track, fragments.stream().flatMap(fragment -> fragment.frames().stream()));
  }

  /** What came of a track, also what is in no fragment, without the times. */
  List<EncodedFrame> received(Track track) {
    return content(track, received.stream());
  }

  private static List<EncodedFrame> content(Track track, Stream<EncodedFrame> frames) {
    return frames
        .filter(frame -> frame.track() == track)
        .map(frame -> frame.at(MediaTime.ZERO))
        .toList();
  }

  private void arrive(Capture.Packet packet) {
    waitUntil(packet.nanos());
    byte[] data = packet.data();
    try {
      if (packet.isRtcp()) {
        receiver.rtcp(data, 0, data.length, now);
      } else {
        receiver.rtp(data, 0, data.length, now);
      }
    } catch (MalformedPacketException e) {
      // The receiver has counted it.
    }
    turn();
  }

  private void waitUntil(long nanos) {
    int turns = 0;
    for (long next = receiver.nextDeadline(now); next <= nanos; next = receiver.nextDeadline(now)) {
      if (turns++ == MOST_TURNS) {
        throw new IllegalStateException("the receiver never rests: at " + now + " due " + next);
      }
      now = Math.max(now, next);
      turn();
    }
    now = Math.max(now, nanos);
  }

  private void turn() {
    receiver.poll(now, ready::add);
    int length;
    do {
      length = receiver.writeFeedback(now, feedback, 0);
    } while (length > 0);
    record();
  }

  private void finish() {
    receiver.finish(now, ready::add);
    record();
    fragments.addAll(fragmenter.finish());
  }

  private void record() {
    ready.sort(Comparator.comparing(EncodedFrame::time).thenComparing(EncodedFrame::track));
    received.addAll(ready);
    ready.forEach(frame -> fragments.addAll(fragmenter.push(frame)));
    ready.clear();
  }
}
