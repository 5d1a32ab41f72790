package io.github.kvslocal.routing.voice;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** A room with people in it, in virtual time: what they say is sent, what they hear is kept. */
final class Scene implements VoiceOutput {
  static final Participant MASTER = Participant.MASTER;
  static final Participant ANN = viewer("ann");
  static final Participant BEN = viewer("ben");
  static final Participant EVE = viewer("eve");
  static final long MS = 1_000_000L;
  static final long SECOND = 1_000 * MS;

  /** The room's live clock begins here, in monotonic nanoseconds. */
  static final long ORIGIN = 7_777_777_777L;

  final VoiceRoom room;
  final List<String> notes = new ArrayList<>();
  final List<EncodedFrame> recorded = new ArrayList<>();
  final Map<Participant, List<EncodedFrame>> heard = new HashMap<>();
  private final List<VoiceOutput> others = new ArrayList<>();
  private final List<Speaker> speakers = new ArrayList<>();
  long now = ORIGIN + 123_456_789L;

  Scene(OpusCodec codec) {
    this(codec, true);
  }

  Scene(OpusCodec codec, boolean recordsMix) {
    room = new VoiceRoom(codec, this, ORIGIN, recordsMix);
  }

  private static Participant viewer(String name) {
    return new Participant.Viewer(new ClientId(name));
  }

  /** Sends packets of 20 ms from now on, on a clock and a way of its own. */
  final class Speaker {
    final Participant who;
    final List<EncodedFrame> sent = new ArrayList<>();
    private final IntFunction<byte[]> packets;
    private final long begin = now;
    private IntFunction<Boolean> comes = number -> true;
    private IntFunction<Long> delayed = number -> 0L;
    private double pace = 1;
    private long packetNanos = PcmFrame.NANOS;
    private Consumer<EncodedFrame> tap = frame -> {};
    private int number;
    private long arrival = now;
    private boolean speaks = true;

    Speaker(Participant who, IntFunction<byte[]> packets) {
      this.who = who;
      this.packets = packets;
    }

    /** Its clock runs this much faster than ours. */
    Speaker faster(double part) {
      pace = 1 + part;
      return this;
    }

    Speaker loses(IntFunction<Boolean> numbers) {
      comes = number -> !numbers.apply(number);
      return this;
    }

    /** How many nanoseconds each packet is under way beyond the fastest. */
    Speaker delays(IntFunction<Long> nanos) {
      delayed = nanos;
      return this;
    }

    Speaker packetMillis(int millis) {
      packetNanos = millis * MS;
      return this;
    }

    /** Tells of each packet that comes, just before the room is told. */
    Speaker tapped(Consumer<EncodedFrame> consumer) {
      tap = consumer;
      return this;
    }

    void stops() {
      speaks = false;
    }

    private long nextArrival() {
      if (!speaks) {
        return Long.MAX_VALUE;
      }
      long sentAt = begin + (long) (number * packetNanos / pace);
      return Math.max(arrival, sentAt + delayed.apply(number));
    }

    private void send() {
      arrival = nextArrival();
      byte[] packet = packets.apply(number);
      if (comes.apply(number)) {
        MediaTime time = new MediaTime(begin - ORIGIN + number * packetNanos);
        EncodedFrame frame = new EncodedFrame(Track.AUDIO, time, true, packet);
        sent.add(frame);
        tap.accept(frame);
        room.push(who, frame, now);
      }
      number++;
    }
  }

  /** Tells somebody else of what is heard, too. */
  void tell(VoiceOutput other) {
    others.add(other);
  }

  void join(Participant... participants) {
    for (Participant participant : participants) {
      room.join(participant, true, now);
    }
  }

  /** Somebody in the room speaks at a level. */
  Speaker speaks(Participant who, int level) {
    return speaks(who, number -> LevelOpus.packet(level));
  }

  Speaker speaks(Participant who, IntFunction<byte[]> packets) {
    Speaker speaker = new Speaker(who, packets);
    speakers.add(speaker);
    return speaker;
  }

  /** Lets time pass. */
  void run(long nanos) {
    long until = now + nanos;
    while (true) {
      Speaker first = null;
      for (Speaker speaker : speakers) {
        if (first == null || speaker.nextArrival() < first.nextArrival()) {
          first = speaker;
        }
      }
      long arrival = first == null ? Long.MAX_VALUE : first.nextArrival();
      long next = Math.min(arrival, room.nextDeadline());
      if (next > until) {
        now = until;
        return;
      }
      now = Math.max(now, next);
      if (first != null && arrival <= room.nextDeadline()) {
        first.send();
      } else {
        room.poll(now);
      }
    }
  }

  List<EncodedFrame> heardBy(Participant listener) {
    return heard.computeIfAbsent(listener, nobody -> new ArrayList<>());
  }

  /** The level that somebody heard last; -1 if nothing. */
  int levelHeardBy(Participant listener) {
    List<EncodedFrame> frames = heardBy(listener);
    return frames.isEmpty() ? -1 : level(frames.get(frames.size() - 1));
  }

  static int level(EncodedFrame frame) {
    return LevelOpus.level(bytes(frame), frame.size());
  }

  static byte[] bytes(EncodedFrame frame) {
    byte[] bytes = new byte[frame.size()];
    frame.data().get(bytes);
    return bytes;
  }

  void forget() {
    heard.clear();
    recorded.clear();
  }

  @Override
  public void heard(Participant listener, EncodedFrame frame) {
    heardBy(listener).add(frame);
    others.forEach(other -> other.heard(listener, frame));
  }

  @Override
  public void mixBegins() {
    notes.add("mix begins");
    others.forEach(VoiceOutput::mixBegins);
  }

  @Override
  public void mixed(EncodedFrame frame) {
    recorded.add(frame);
    others.forEach(other -> other.mixed(frame));
  }

  @Override
  public void mixEnds() {
    notes.add("mix ends");
    others.forEach(VoiceOutput::mixEnds);
  }
}
