package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the frames of a peer's tracks on one {@link MediaTime}.
 *
 * <p>Sender reports are the truth: they place each track on the wall clock of the one host that
 * sends both. Since media time must not jump, all frames are held until every track that has sent
 * anything has been reported, at most for the hold; then a track without report is placed by its
 * arrivals. Later reports correct slowly. The first frame is at the origin, no frame before it.
 */
final class Timeline {
  /** Bytes held at most; when reached at the start, the hold ends, later frames are refused. */
  static final int MAX_HELD_BYTES = 32 << 20;

  /** Frames held at most, likewise. */
  static final int MAX_HELD_FRAMES = 4_096;

  /** The sender's wall clock was set: from here on it is another one. */
  private static final long WALL_CLOCK_STEP = 1_000_000_000L;

  /** Timestamps this far from arrival have been restarted. */
  private static final long RESTART = 10_000_000_000L;

  /** So have timestamps that go back this far, or on this much further than arrival has. */
  private static final long JUMP = 1_000_000_000L;

  /**
   * A frame that is placed this far ahead of its arrival has not just come early after others that
   * were delayed: those are placed before theirs. Less may be the drift of the sender's clock.
   */
  private static final long AHEAD = 500_000_000L;

  private static final long AFTER_RESTART = 1_000_000L;

  private final long hold;
  private final MediaTime origin;
  private final Lane video = new Lane();
  private final Lane audio = new Lane();
  private int heldBytes;
  private boolean started;
  private long startedAt;
  private boolean released;
  private boolean wallKnown;
  private long wallOffset;
  private boolean originKnown;
  private long originMoment;

  /** One track's frames and the clock of its newest stream. */
  private static final class Lane {
    private final Deque<HeldFrame> frames = new ArrayDeque<>();
    private @Nullable StreamClock clock;

    /** The latest moment delivered. */
    private long latest = Long.MIN_VALUE;

    /** When the frame at that moment came. */
    private long latestArrival;

    /** From live time to media time, as the latest frame delivered shows it. */
    private boolean liveKnown;

    private long liveToMedia;

    /** The stream of the newest frame delivered; what is reported of it may change. */
    private @Nullable StreamClock newest;

    private long newestTicks;
    private long newestLive;

    /** From the newest frame's live time to the sender's wall clock, if that was reported. */
    private OptionalLong liveToWall() {
      return newest != null && newest.isReported()
          ? OptionalLong.of(newest.wall(newestTicks) - newestLive)
          : OptionalLong.empty();
    }

    /** Whether there is no stream, or one that has been reported. */
    private boolean reported() {
      return clock == null || clock.isReported();
    }

    /**
     * Whether a frame's timestamp has jumped, not its path: no delay puts a frame ahead of its
     * arrival. Beginning late and catching up does, in small steps, and for all tracks alike.
     */
    private boolean jumps(long moment, long arrival) {
      if (latest == Long.MIN_VALUE) {
        return false;
      }
      long step = moment - latest;
      return step < -JUMP || (step - (arrival - latestArrival) > JUMP && moment - arrival > AHEAD);
    }
  }

  Timeline(MediaTime origin, Duration hold) {
    this.origin = origin;
    this.hold = hold.toNanos();
  }

  /** A track's stream begins, or begins anew; its clock counts from now on. */
  void begin(Track track, StreamClock clock, long now) {
    lane(track).clock = clock;
    if (!started) {
      started = true;
      startedAt = now;
    }
  }

  /** Takes a frame; returns whether there was room for it. */
  boolean offer(HeldFrame frame) {
    if (full()) {
      return false;
    }
    frame.clock().heard(frame.ticks(), frame.arrival());
    lane(frame.track()).frames.add(frame);
    heldBytes += frame.size();
    return true;
  }

  private Lane lane(Track track) {
    return track == Track.VIDEO ? video : audio;
  }

  private boolean full() {
    return heldBytes >= MAX_HELD_BYTES
        || video.frames.size() + audio.frames.size() >= MAX_HELD_FRAMES;
  }

  /** A sender report for the stream of this clock. */
  void senderReport(StreamClock clock, long ntp, int timestamp) {
    boolean reportedBefore = clock.isReported();
    clock.report(ntp, timestamp);
    if (!clock.isPlaced()) {
      return;
    }
    boolean stepped = reportedBefore && Math.abs(clock.deviation(wallOffset)) > WALL_CLOCK_STEP;
    if (!wallKnown || stepped) {
      wallKnown = true;
      wallOffset = clock.impliedWallOffset();
    }
    clock.steer(wallOffset);
  }

  /** Delivers what has its time, in the order of time as far as it is there. */
  void poll(long now, Consumer<EncodedFrame> sink) {
    if (!released && started && (allReported() || now - startedAt >= hold || full())) {
      release();
    }
    if (released) {
      deliver(sink);
    }
  }

  /** Delivers everything, with or without reports. */
  void finish(Consumer<EncodedFrame> sink) {
    if (!released) {
      release();
    }
    deliver(sink);
  }

  /** When the hold ends; {@link Long#MAX_VALUE} if nothing is held. */
  long nextDeadline(long now) {
    if (video.frames.isEmpty() && audio.frames.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return released || allReported() || full() ? now : startedAt + hold;
  }

  /** What has to be added to a track's live time, in nanoseconds; none before its first frame. */
  OptionalLong liveToMedia(Track track) {
    Lane lane = lane(track);
    return lane.liveKnown ? OptionalLong.of(lane.liveToMedia) : OptionalLong.empty();
  }

  /**
   * What has to be added to a picture's live time to have that of the sound that belongs to it, in
   * nanoseconds; none before both tracks have delivered a frame. It is what the newest reports say,
   * at once, and without reports what the places on this timeline say.
   */
  OptionalLong liveSkew() {
    if (!video.liveKnown || !audio.liveKnown) {
      return OptionalLong.empty();
    }
    long placed = video.liveToMedia - audio.liveToMedia;
    if (video.liveToWall().isPresent() && audio.liveToWall().isPresent()) {
      long reported = video.liveToWall().getAsLong() - audio.liveToWall().getAsLong();
      // Where the wall clock was set, the two reports are of different clocks for a while.
      if (Math.abs(reported - placed) < WALL_CLOCK_STEP) {
        return OptionalLong.of(reported);
      }
    }
    return OptionalLong.of(placed);
  }

  private boolean allReported() {
    return video.reported() && audio.reported();
  }

  private void release() {
    released = true;
    for (HeldFrame frame : video.frames) {
      learnWallOffset(frame.clock());
    }
    for (HeldFrame frame : audio.frames) {
      learnWallOffset(frame.clock());
    }
  }

  private void learnWallOffset(StreamClock clock) {
    if (clock.isReported()) {
      wallOffset = wallKnown ? Math.min(wallOffset, clock.wallOffset()) : clock.wallOffset();
      wallKnown = true;
    }
  }

  private void deliver(Consumer<EncodedFrame> sink) {
    while (!video.frames.isEmpty() || !audio.frames.isEmpty()) {
      HeldFrame nextVideo = video.frames.peek();
      HeldFrame nextAudio = audio.frames.peek();
      if (nextVideo == null) {
        deliverFirst(audio, sink);
      } else if (nextAudio == null) {
        deliverFirst(video, sink);
      } else {
        boolean videoFirst = moment(nextVideo) <= moment(nextAudio);
        deliverFirst(videoFirst ? video : audio, sink);
      }
    }
  }

  private void deliverFirst(Lane lane, Consumer<EncodedFrame> sink) {
    HeldFrame frame = lane.frames.remove();
    heldBytes -= frame.size();
    long moment = moment(frame);
    if (!originKnown) {
      originKnown = true;
      originMoment = moment;
    }
    if (moment >= lane.latest) {
      // Not what is presented before its predecessor: live time does not go back with it.
      lane.latest = moment;
      lane.latestArrival = frame.arrival();
      lane.liveToMedia = origin.nanos() + moment - originMoment - frame.liveTime().nanos();
      lane.liveKnown = true;
      lane.newest = frame.clock();
      lane.newestTicks = frame.ticks();
      lane.newestLive = frame.liveTime().nanos();
    }
    sink.accept(frame.at(new MediaTime(origin.nanos() + Math.max(0, moment - originMoment))));
  }

  private long moment(HeldFrame frame) {
    StreamClock clock = frame.clock();
    Lane lane = lane(frame.track());
    long floor = lane.latest;
    if (!clock.isPlaced()) {
      place(clock);
      if (clock.moment(frame.ticks()) <= floor) {
        clock.placeAt(frame.ticks(), floor + AFTER_RESTART);
      }
    }
    long moment = clock.moment(frame.ticks());
    if (Math.abs(moment - frame.arrival()) > RESTART || lane.jumps(moment, frame.arrival())) {
      moment = Math.max(frame.arrival(), floor == Long.MIN_VALUE ? floor : floor + AFTER_RESTART);
      clock.placeAt(frame.ticks(), moment);
    }
    return moment;
  }

  private void place(StreamClock clock) {
    if (clock.isReported() && wallKnown && isOnKnownWall(clock)) {
      clock.placeByReport(wallOffset);
    } else {
      clock.placeByArrival();
      if (clock.isReported() && !wallKnown) {
        wallKnown = true;
        wallOffset = clock.impliedWallOffset();
      }
    }
  }

  /** Some senders report each track on a clock of its own; then reports place only the first. */
  private boolean isOnKnownWall(StreamClock clock) {
    return Math.abs(clock.wallOffset() - wallOffset) <= RESTART;
  }
}
