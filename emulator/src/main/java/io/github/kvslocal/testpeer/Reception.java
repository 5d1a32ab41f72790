package io.github.kvslocal.testpeer;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.SecureTransport;
import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.rtp.LiveSink;
import io.github.kvslocal.rtp.MediaReceiver;
import io.github.kvslocal.rtp.ReceiveParameters;
import io.github.kvslocal.rtp.ReceiverStatistics;
import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.rtcp.RtcpWriter;
import io.github.kvslocal.runtime.SessionLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The receiving half of a test peer: gives the feedback of a browser and keeps what came. */
final class Reception implements LiveSink {
  private final ReceiveParameters parameters;
  private final long ssrc;
  private final SessionLoop loop;
  private final SecureTransport transport;
  private final MediaReceiver receiver;
  private final List<EncodedFrame> received = new ArrayList<>();
  private final List<EncodedFrame> placed = new ArrayList<>();
  private final Consumer<EncodedFrame> onPicture;
  private final byte[] feedback = new byte[MediaReceiver.MAX_FEEDBACK + SrtpContext.MAX_OVERHEAD];
  private long videoSsrc;
  private int pictures;
  private int gaps;
  private SessionLoop.Alarm alarm = () -> {};

  /**
   * @param onPicture told of every picture
   */
  Reception(
      ReceiveParameters parameters,
      TestPeerRuntime world,
      SecureTransport transport,
      Consumer<EncodedFrame> onPicture) {
    this.parameters = parameters;
    this.ssrc = world.random().nextLong(1, 1L << 32);
    this.loop = world.loop();
    this.transport = transport;
    this.onPicture = onPicture;
    this.receiver =
        new MediaReceiver(parameters, ssrc, new LiveClock(loop.nanoTime(), loop.now()), this);
  }

  void rtp(byte[] buffer, int offset, int length, long arrival) throws MalformedPacketException {
    receiver.rtp(buffer, offset, length, arrival);
    if ((buffer[offset + 1] & 0x7F) == parameters.video().payloadType()) {
      videoSsrc = Bytes.unsigned32(buffer, offset + 8);
    }
  }

  void rtcp(byte[] buffer, int offset, int length, long arrival) throws MalformedPacketException {
    receiver.rtcp(buffer, offset, length, arrival);
  }

  /** After every input and at every deadline. */
  void turn() {
    long now = loop.nanoTime();
    receiver.poll(now, placed::add);
    for (int length = receiver.writeFeedback(now, feedback, 0);
        length > 0;
        length = receiver.writeFeedback(now, feedback, 0)) {
      transport.sendRtcp(feedback, 0, length);
    }
    alarm.cancel();
    long deadline = receiver.nextDeadline(now);
    if (deadline != Long.MAX_VALUE) {
      alarm = loop.scheduleAfter(Duration.ofNanos(Math.max(0, deadline - now)), this::turn);
    }
  }

  /** Asks for a key frame at once, however often it has asked before. */
  void demandKeyFrame() {
    RtcpWriter writer = new RtcpWriter();
    writer.begin(feedback, 0);
    writer.pictureLoss(ssrc, videoSsrc);
    transport.sendRtcp(feedback, 0, writer.length());
  }

  void end() {
    alarm.cancel();
    receiver.finish(loop.nanoTime(), placed::add);
  }

  @Override
  public void liveFrame(EncodedFrame frame) {
    received.add(frame);
    if (frame.track() == Track.VIDEO) {
      pictures++;
      onPicture.accept(frame);
    }
  }

  @Override
  public void liveGap(Track track) {
    gaps++;
  }

  /** Every frame as it came, each track in order. */
  List<EncodedFrame> received() {
    return List.copyOf(received);
  }

  /** How many frames of this track came. */
  int receivedOf(Track track) {
    return track == Track.VIDEO ? pictures : received.size() - pictures;
  }

  /** The same on one timeline for both tracks, as far as it is known. */
  List<EncodedFrame> placed() {
    return List.copyOf(placed);
  }

  /** How often something was missing for good. */
  int gaps() {
    return gaps;
  }

  ReceiverStatistics statistics() {
    return receiver.statistics();
  }
}
