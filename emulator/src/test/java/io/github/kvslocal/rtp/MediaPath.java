package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A sender and a receiver with a link between them that loses, delays and reorders, in virtual time
 * of one millisecond's grain. Sends 30 pictures and 50 sounds a second.
 */
final class MediaPath implements PacketSink, LiveSink {
  static final long MILLI = 1_000_000;
  static final Instant WALL = Instant.parse("2026-01-02T03:04:05.678Z");
  static final TrackFormat H264 = new TrackFormat(126, 127, true, "0");
  static final TrackFormat OPUS = new TrackFormat(111, TrackFormat.NONE, false, "1");
  static final HeaderExtensions EXTENSIONS = new HeaderExtensions(3, 4);
  static final ReceiveParameters RECEIVE = ReceiveParameters.of(H264, OPUS, EXTENSIONS, "receiver");

  /** What the link does; the seed decides where. */
  record Link(double loss, int delayMillis, int jitterMillis, long seed) {
    static final Link PERFECT = new Link(0, 5, 0, 0);
  }

  private record Datagram(long at, long order, boolean forward, boolean rtcp, ByteBuffer data) {}

  private final PriorityQueue<Datagram> flying =
      new PriorityQueue<>(
          (one, other) ->
              one.at() != other.at()
                  ? Long.compare(one.at(), other.at())
                  : Long.compare(one.order(), other.order()));
  private final Random content = new Random(7);
  private final Random dice;
  private final Link link;
  private final int firstSequence;
  private final byte[] feedback = new byte[MediaReceiver.MAX_FEEDBACK];

  final List<EncodedFrame> sent = new ArrayList<>();
  final List<EncodedFrame> received = new ArrayList<>();

  /** What the receiver passed on at once, and where it said that something is missing. */
  final List<EncodedFrame> live = new ArrayList<>();

  final List<MediaTime> gaps = new ArrayList<>();

  /** The type of the first packet in each compound that the receiver sent. */
  final List<Integer> feedbackTypes = new ArrayList<>();

  MediaSender sender;
  MediaReceiver receiver;
  long now;

  /** A monotonic clock may well be negative. */
  private final long start = -5_000 * MILLI;

  /** By how much sound is sent later than pictures of the same time. */
  long audioLagMillis;

  /** Until then the sender's reports on sound are lost. */
  long audioReportFrom;

  /** While set, media is lost. */
  boolean blackout;

  /** While set, retransmissions are lost. */
  boolean forgetful;

  private long order;
  private boolean lossless = true;

  MediaPath(Link link, int firstSequence, int firstTimestamp, ReceiveParameters parameters) {
    this.link = link;
    this.dice = new Random(link.seed());
    this.firstSequence = firstSequence;
    this.now = start;
    this.sender = sender(1, firstTimestamp);
    this.receiver = new MediaReceiver(parameters, 99, new LiveClock(start, WALL), this);
  }

  static MediaPath of(Link link) {
    return new MediaPath(link, 65_000, -90_000, RECEIVE);
  }

  MediaSender sender(long ssrc, int firstTimestamp) {
    return new MediaSender(
        new SendParameters(
            new SendTrack(H264, ssrc, ssrc + 1, firstSequence, firstTimestamp),
            new SendTrack(OPUS, ssrc + 2, ssrc + 3, firstSequence, firstTimestamp / 7),
            EXTENSIONS,
            "sender",
            WALL));
  }

  /** Sends so many milliseconds of media, from this media time on, and lets them arrive. */
  void play(int fromMillis, int millis) throws MalformedPacketException {
    for (int media = fromMillis; media < fromMillis + millis; media++) {
      if (media % 100 == 0 || media % 100 == 33 || media % 100 == 67) {
        boolean due = media % 2_000 == 0;
        boolean asked = sender.takeKeyFrameRequest();
        send(picture(MediaTime.ofMillis(media), due || asked));
        lossless = false;
      }
      if (media % 20 == 0 && media >= audioLagMillis) {
        send(sound(MediaTime.ofMillis(media - audioLagMillis)));
      }
      if (media % 1_000 == 500) {
        sender.report(this);
      }
      step();
    }
  }

  /** Lets what is under way arrive, for so many milliseconds. */
  void settle(int millis) throws MalformedPacketException {
    for (int i = 0; i < millis; i++) {
      step();
    }
  }

  void finish() {
    receiver.finish(now, received::add);
  }

  private void step() throws MalformedPacketException {
    now += MILLI;
    while (!flying.isEmpty() && flying.peek().at() <= now) {
      Datagram datagram = flying.remove();
      byte[] bytes = datagram.data().array();
      if (!datagram.forward()) {
        sender.rtcp(bytes, 0, bytes.length, now, this);
      } else if (datagram.rtcp()) {
        receiver.rtcp(bytes, 0, bytes.length, now);
      } else {
        receiver.rtp(bytes, 0, bytes.length, now);
      }
    }
    if (receiver.nextDeadline(now) <= now) {
      receiver.poll(now, received::add);
      for (int n = receiver.writeFeedback(now, feedback, 0);
          n > 0;
          n = receiver.writeFeedback(now, feedback, 0)) {
        feedbackTypes.add(feedback[1] & 0xFF);
        fly(false, true, Arrays.copyOf(feedback, n));
      }
    }
  }

  private void send(EncodedFrame frame) {
    sent.add(frame);
    sender.send(frame, this);
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length) {
    if (!forgetful || (buffer[offset + 1] & 0x7F) != H264.rtxPayloadType()) {
      fly(true, false, Arrays.copyOfRange(buffer, offset, offset + length));
    }
    Arrays.fill(buffer, offset, offset + length + MediaSender.TAIL_ROOM, (byte) 0x55);
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length) {
    boolean audio = buffer[offset + 7] == 3;
    if (!audio || now - start >= audioReportFrom * MILLI) {
      fly(true, true, Arrays.copyOfRange(buffer, offset, offset + length));
    }
  }

  @Override
  public void liveFrame(EncodedFrame frame) {
    live.add(frame);
  }

  @Override
  public void liveGap(Track track) {
    if (track == Track.VIDEO) {
      gaps.add(new LiveClock(start, WALL).at(now));
    }
  }

  private void fly(boolean forward, boolean rtcp, byte[] bytes) {
    if (forward && !rtcp && blackout) {
      return;
    }
    if (!lossless && dice.nextDouble() < link.loss()) {
      return;
    }
    int jitter = lossless || link.jitterMillis() == 0 ? 0 : dice.nextInt(link.jitterMillis());
    long at = now + (link.delayMillis() + jitter) * MILLI;
    flying.add(new Datagram(at, order++, forward, rtcp, ByteBuffer.wrap(bytes)));
  }

  private EncodedFrame picture(MediaTime time, boolean key) {
    byte[] slice = new byte[200 + content.nextInt(key ? 20_000 : 4_000)];
    content.nextBytes(slice);
    slice[0] = (byte) (key ? 0x65 : 0x41);
    slice[1] = (byte) 0x88;
    byte[] sets = {0, 0, 0, 4, 0x67, 0x42, (byte) 0xC0, 0x1F, 0, 0, 0, 2, 0x68, (byte) 0xCE};
    int prefix = key ? sets.length : 0;
    byte[] data = new byte[prefix + 4 + slice.length];
    System.arraycopy(sets, 0, data, 0, prefix);
    data[prefix + 2] = (byte) (slice.length >> 8);
    data[prefix + 3] = (byte) slice.length;
    System.arraycopy(slice, 0, data, prefix + 4, slice.length);
    return new EncodedFrame(Track.VIDEO, time, key, data);
  }

  private EncodedFrame sound(MediaTime time) {
    byte[] data = new byte[60 + content.nextInt(60)];
    content.nextBytes(data);
    data[0] = 0x78;
    return new EncodedFrame(Track.AUDIO, time, true, data);
  }

  /** Frames of a track without their times. */
  static List<EncodedFrame> content(List<EncodedFrame> frames, Track track) {
    return frames.stream()
        .filter(frame -> frame.track() == track)
        .map(frame -> frame.at(MediaTime.ZERO))
        .toList();
  }
}
