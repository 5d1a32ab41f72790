package io.github.kvslocal.fragment;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the frames of one session into fragments.
 *
 * <p>A fragment starts at a key frame: the first one at, a little before or after the target, the
 * first one with other parameter sets, or the first one after audio alone. Audio earlier than the
 * cut belongs to the fragment that ends, so a cut is final only when audio has passed it, or video
 * is a patience beyond it; audio that comes later still is dropped.
 *
 * <p>Without a key frame a fragment ends at its limit of time or bytes, and since the pictures that
 * follow cannot be decoded they are dropped up to the next key frame. Audio waits for that key
 * frame, and what is earlier is dropped with the pictures; if there is none within the grace, at
 * the start of a session or later, audio is recorded alone, cut at any packet, until one comes. AWS
 * does not say what the service does in either case.
 *
 * <p>That something is missing is known once the next frame of its track has come. A gap is split
 * over the fragments that it covers, but those that were complete before that frame do not tell it;
 * {@link #gaps} does.
 */
public final class Fragmenter {
  /** What Matroska can tell apart at its usual scale. */
  private static final Duration STEP = Duration.ofMillis(1);

  private final FragmentLimits limits;
  private final CurrentConfiguration current = new CurrentConfiguration();

  /** The earliest time that the next frame of a track can have. */
  private final Map<Track, MediaTime> earliest = new EnumMap<>(Track.class);

  /** The time of the newest frame of a track. */
  private final Map<Track, MediaTime> newest = new EnumMap<>(Track.class);

  private final Map<Track, Long> dropped = new EnumMap<>(Track.class);
  private final LossWatch losses = new LossWatch();
  private long keyFramesWithoutSets;

  /** Audio that waits for a key frame; empty while a fragment is open. */
  private final Deque<EncodedFrame> waiting = new ArrayDeque<>();

  private final List<Fragment> finished = new ArrayList<>();

  /** Its end is decided; it takes audio that is earlier. */
  private @Nullable OpenFragment ending;

  /** The end of the last fragment that takes nothing any more. */
  private @Nullable MediaTime completed;

  private @Nullable OpenFragment open;

  public Fragmenter(FragmentLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes parameter sets that the sender told out of band, each behind its length as four bytes.
   * They hold until others come in band.
   */
  public void parameterSets(ByteBuffer units) {
    current.scan(units.duplicate(), /* keyFrame= */ true);
  }

  /**
   * Takes the next frame of a track and returns the fragments that are complete with it, mostly
   * none. A time that is not at least a millisecond after the track's last is moved to it.
   */
  public List<Fragment> push(EncodedFrame frame) {
    EncodedFrame ordered = inOrder(frame);
    losses.next(ordered);
    if (ordered.track() == Track.VIDEO) {
      pushVideo(ordered);
    } else {
      pushAudio(ordered);
    }
    completeEnding();
    return takeFinished();
  }

  /** Ends the session and returns what is left of it, waiting audio included. */
  public List<Fragment> finish() {
    if (open != null) {
      waitAll(cut(open, open.limit()));
    }
    if (!waiting.isEmpty()) {
      recordAudioAlone();
      if (open != null) {
        cut(open, open.limit());
      }
    }
    finishEnding();
    return takeFinished();
  }

  /** How many frames of a track are in no fragment, for any of the reasons above. */
  public long dropped(Track track) {
    return dropped.getOrDefault(track, 0L);
  }

  /** What the network took out of the whole session, also where no fragment is. */
  public Gaps gaps() {
    return losses.all();
  }

  /** How many key frames were dropped since no parameter sets had come that can be read. */
  public long keyFramesWithoutSets() {
    return keyFramesWithoutSets;
  }

  private EncodedFrame inOrder(EncodedFrame frame) {
    MediaTime floor = earliest.getOrDefault(frame.track(), frame.time());
    EncodedFrame ordered = frame.time().isBefore(floor) ? frame.at(floor) : frame;
    earliest.put(frame.track(), ordered.time().plus(STEP));
    newest.put(frame.track(), ordered.time());
    return ordered;
  }

  private void pushVideo(EncodedFrame frame) {
    current.scan(frame.data(), frame.keyFrame());
    if (open != null && open.hasVideo() && open.limit().isBefore(frame.time())) {
      waitAll(cut(open, open.limit()));
    }
    Optional<AvcConfiguration> configuration = current.configuration();
    if (frame.keyFrame() && configuration.isEmpty()) {
      keyFramesWithoutSets++;
    }
    if (frame.keyFrame() && configuration.isPresent() && starts(frame, configuration.get())) {
      startAt(frame, configuration.get());
    } else if (open == null || !open.hasVideo()) {
      drop(frame);
    } else if (open.fits(frame)) {
      open.add(frame);
    } else {
      waitAll(cut(open, frame.time()));
      drop(frame);
    }
  }

  private boolean starts(EncodedFrame keyFrame, AvcConfiguration configuration) {
    return open == null
        || !open.isDecodedBy(configuration)
        || open.hasNearlyReachedTarget(keyFrame.time())
        || !open.fits(keyFrame);
  }

  private void startAt(EncodedFrame keyFrame, AvcConfiguration configuration) {
    if (open != null) {
      open.followed();
      waitAll(cut(open, keyFrame.time()));
    }
    OpenFragment next = new OpenFragment(limits, keyFrame.time(), configuration);
    if (!next.fits(keyFrame)) {
      drop(keyFrame);
      return;
    }
    next.add(keyFrame);
    open = next;
    pushWaiting();
  }

  private void pushAudio(EncodedFrame frame) {
    if (ending != null && frame.time().isBefore(ending.end())) {
      if (frame.time().isBefore(ending.start()) || !ending.fits(frame)) {
        drop(frame);
      } else {
        ending.add(frame);
      }
    } else if (open == null && completed != null && frame.time().isBefore(completed)) {
      drop(frame);
    } else if (open == null) {
      waiting.add(frame);
      recordAudioAloneAfterGrace();
    } else if (frame.time().isBefore(open.start())) {
      pushEarlier(open, frame);
    } else if (open.hasVideo()) {
      pushBesideVideo(open, frame);
    } else if (open.hasReachedTarget(frame.time()) || !open.fits(frame)) {
      cut(open, frame.time());
      startAudioAlone(frame);
    } else {
      open.add(frame);
    }
  }

  /** Clocks of two rates never agree to the tick: a start is missed by no less than a step. */
  private void pushEarlier(OpenFragment fragment, EncodedFrame frame) {
    if (fragment.start().isBefore(frame.time().plus(STEP)) && fragment.fits(frame)) {
      fragment.add(frame.at(fragment.start()));
    } else {
      drop(frame);
    }
  }

  /** Audio may run ahead of video: it ends a fragment only when video has not done so for long. */
  private void pushBesideVideo(OpenFragment fragment, EncodedFrame frame) {
    if (!frame.time().isBefore(fragment.limit().plus(limits.patience()))) {
      waitAll(cut(fragment, fragment.limit()));
      pushAudio(frame);
    } else if (fragment.fits(frame)) {
      fragment.add(frame);
    } else {
      waitAll(cut(fragment, frame.time()));
      pushAudio(frame);
    }
  }

  private void recordAudioAloneAfterGrace() {
    Duration waited = waiting.getFirst().time().until(waiting.getLast().time());
    if (waited.compareTo(limits.videoGrace()) >= 0) {
      recordAudioAlone();
    }
  }

  private void recordAudioAlone() {
    startAudioAlone(waiting.remove());
    pushWaiting();
  }

  private void pushWaiting() {
    List<EncodedFrame> audio = List.copyOf(waiting);
    waiting.clear();
    audio.forEach(this::pushAudio);
  }

  /** A frame too big for any fragment starts none. */
  private void startAudioAlone(EncodedFrame frame) {
    OpenFragment next = new OpenFragment(limits, frame.time(), null);
    if (!next.fits(frame)) {
      drop(frame);
      return;
    }
    next.add(frame);
    open = next;
    raise(Track.VIDEO, frame.time());
  }

  /** Decides the end of the open fragment; returns its frames from there on. */
  private List<EncodedFrame> cut(OpenFragment fragment, MediaTime at) {
    finishEnding();
    List<EncodedFrame> rest = fragment.endAt(at);
    open = null;
    if (!fragment.isEmpty()) {
      ending = fragment;
    }
    raise(Track.VIDEO, at);
    return rest;
  }

  /** Keeps audio for the next fragment; pictures without their key frame are of no use. */
  private void waitAll(List<EncodedFrame> frames) {
    for (EncodedFrame frame : frames) {
      if (frame.track() == Track.AUDIO) {
        waiting.add(frame);
      } else {
        drop(frame);
      }
    }
  }

  private void completeEnding() {
    if (ending != null
        && (hasReached(Track.AUDIO, ending.end())
            || hasReached(Track.VIDEO, ending.end().plus(limits.patience())))) {
      finishEnding();
    }
  }

  private void finishEnding() {
    if (ending != null) {
      finished.add(ending.toFragment(losses));
      completed = ending.end();
      ending = null;
    }
  }

  private boolean hasReached(Track track, MediaTime time) {
    MediaTime last = newest.get(track);
    return last != null && !last.isBefore(time);
  }

  private void raise(Track track, MediaTime floor) {
    earliest.merge(track, floor, (one, other) -> one.isBefore(other) ? other : one);
  }

  private void drop(EncodedFrame frame) {
    dropped.merge(frame.track(), 1L, Long::sum);
  }

  private List<Fragment> takeFinished() {
    if (finished.isEmpty()) {
      return List.of();
    }
    List<Fragment> taken = List.copyOf(finished);
    finished.clear();
    return taken;
  }
}
