package io.github.kvslocal.routing.voice;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the participants of one storage session hear each other: the master hears all viewers, each
 * viewer hears the master and the other viewers, nobody hears himself. While no master is present
 * viewers hear nothing (JoinStorageSessionAsViewer API page).
 *
 * <p>One owner. Every {@code now} is monotonic nanoseconds and never decreases. Sound moves in
 * steps of 20 ms: after each call the owner comes back with {@link #poll} at {@link #nextDeadline}.
 * While nobody sends audio, or nobody listens and nothing is mixed for the recording, there is no
 * deadline and nothing is kept.
 */
public final class VoiceRoom {
  /** An owner who is later than this loses what should have been heard. */
  private static final long CATCHES_UP = 100_000_000L;

  private final OpusCodec codec;
  private final VoiceOutput output;
  private final long origin;
  private final boolean recordsMix;
  private final Map<Participant, Seat> seats = new LinkedHashMap<>();
  private final List<Talker> talkers = new ArrayList<>();
  private final Chorus voices = new Chorus();
  private final Mix everybody;
  private RecordedTime recordedTime = new RecordedTime();
  private VoiceStatistics left = VoiceStatistics.NONE;
  private boolean running;
  private boolean mixing;
  private long nextTick;

  /**
   * An empty room.
   *
   * @param origin the instant, in monotonic nanoseconds, that is {@link MediaTime#ZERO} of the
   *     room's live clock
   * @param recordsMix whether the mix is wanted for the recording while viewers send audio
   */
  public VoiceRoom(OpusCodec codec, VoiceOutput output, long origin, boolean recordsMix) {
    this.codec = codec;
    this.output = output;
    this.origin = origin;
    this.recordsMix = recordsMix;
    this.everybody = new Mix(codec);
  }

  /**
   * Takes a participant in. One who is in already is replaced by a newer connection, which begins
   * silent; a master who is replaced ends the mix of the recording, and begins another.
   *
   * @param listens whether it wants to hear; who does not costs nothing
   */
  public void join(Participant participant, boolean listens, long now) {
    leave(participant, now);
    boolean master = participant.equals(Participant.MASTER);
    if (master) {
      recordedTime = new RecordedTime();
    }
    seats.put(participant, new Seat(codec, listens, master));
    settle(now);
  }

  /** A participant is gone; one who is not in changes nothing. */
  public void leave(Participant participant, long now) {
    Seat seat = seats.remove(participant);
    if (seat != null) {
      left = left.plus(seat.talker()).plus(seat.others());
      settle(now);
    }
  }

  /**
   * Takes an Opus packet; from somebody who is not in, it is ignored. Returns whether it may be
   * heard: while somebody listens, and more important voices than this do not take all the places.
   *
   * @param frame timed on the talker's own live clock; packets come in order, and the clock may
   *     jump
   */
  public boolean push(Participant participant, EncodedFrame frame, long now) {
    Seat seat = seats.get(participant);
    if (seat == null) {
      return false;
    }
    seat.talker().heard(now);
    settle(now);
    if (running) {
      seat.talker().push(frame, now);
    }
    return running && !voices.leavesOut(seat.talker());
  }

  /**
   * The master's next picture came: while he sends no audio, the mix is timed by his pictures.
   *
   * @param live its time on the master's live clock of pictures
   * @param ahead by how many nanoseconds pictures are ahead of the sound on the live clocks
   */
  public void picture(MediaTime live, long ahead, long now) {
    recordedTime.picture(live.nanos(), ahead, now - origin);
  }

  /**
   * When to {@link #poll}, in monotonic nanoseconds; {@link Long#MAX_VALUE} if there is no need.
   */
  public long nextDeadline() {
    return running ? nextTick : Long.MAX_VALUE;
  }

  /**
   * Lets everybody hear what is due, 20 ms at a time: of what an owner who is late has missed, the
   * last 100 ms at most, so that a slow owner is not kept from his other work for long.
   */
  public void poll(long now) {
    if (running && now - nextTick > CATCHES_UP) {
      nextTick = tickAtOrAfter(now - CATCHES_UP);
    }
    while (running && nextTick <= now) {
      tick(nextTick);
      nextTick += PcmFrame.NANOS;
      settle(nextTick);
    }
  }

  /**
   * How much later than its live time a talker's sound was heard last, in nanoseconds on the room's
   * live clock: what it was held for, and what the two clocks are apart. The usual delay for
   * somebody who was not heard yet, 0 for somebody who is not in.
   */
  public long delay(Participant talker) {
    Seat seat = seats.get(talker);
    return seat == null ? 0 : seat.talker().delay(origin);
  }

  /** How it went so far. */
  public VoiceStatistics statistics() {
    VoiceStatistics all = left.plus(everybody);
    for (Seat seat : seats.values()) {
      all = all.plus(seat.talker()).plus(seat.others());
    }
    return all;
  }

  private void tick(long at) {
    talkers.clear();
    for (Seat seat : seats.values()) {
      if (seat.talker().isSending(at)) {
        seat.talker().tick(at);
        talkers.add(seat.talker());
      }
    }
    voices.tick(talkers);
    MediaTime time = new MediaTime(at - origin);
    EncodedFrame all = needsEverybody() ? everybody.frame(voices, null, time) : null;
    seats.forEach(
        (participant, seat) -> {
          EncodedFrame frame = seat.listens() ? seat.hear(voices, everybody, all, time) : null;
          if (frame != null) {
            output.heard(participant, frame);
          }
        });
    if (mixing && all != null) {
      output.mixed(all.at(new MediaTime(recordedTime(at))));
    }
  }

  /** Those whose own voice is not in it all hear the same. */
  private boolean needsEverybody() {
    if (mixing) {
      return true;
    }
    for (Seat seat : seats.values()) {
      if (seat.listens() && !voices.has(seat.talker())) {
        return true;
      }
    }
    return false;
  }

  private long recordedTime(long at) {
    Seat seat = seats.get(Participant.MASTER);
    Talker master = seat != null && seat.talker().isSending(at) ? seat.talker() : null;
    return recordedTime.of(at - origin, master, delay(Participant.MASTER));
  }

  /** Finds out who needs what, after anything that may have changed it. */
  private void settle(long now) {
    boolean present = seats.containsKey(Participant.MASTER);
    boolean mixes = present && recordsMix && viewerSends(now);
    if (mixes != mixing) {
      mixing = mixes;
      if (mixes) {
        recordedTime.mixBegins();
        output.mixBegins();
      } else {
        output.mixEnds();
      }
    }
    boolean runs = mixing || (present && somebodyHears(now));
    if (runs && !running) {
      nextTick = tickAtOrAfter(now);
    } else if (!runs && running) {
      seats.values().forEach(seat -> seat.talker().rest());
    }
    running = runs;
  }

  private long tickAtOrAfter(long now) {
    return origin - Math.floorDiv(origin - now, PcmFrame.NANOS) * PcmFrame.NANOS;
  }

  private boolean viewerSends(long now) {
    for (Map.Entry<Participant, Seat> entry : seats.entrySet()) {
      if (!entry.getKey().equals(Participant.MASTER) && entry.getValue().talker().isSending(now)) {
        return true;
      }
    }
    return false;
  }

  private boolean somebodyHears(long now) {
    int listeners = 0;
    int talking = 0;
    boolean both = false;
    for (Seat seat : seats.values()) {
      boolean sends = seat.talker().isSending(now);
      listeners += seat.listens() ? 1 : 0;
      talking += sends ? 1 : 0;
      both |= seat.listens() && sends;
    }
    // One who is the only listener and the only talker hears nobody.
    return listeners > 0 && talking > 0 && !(both && listeners == 1 && talking == 1);
  }
}
