package io.github.kvslocal.conformance.benchmark;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.fragment.Fragmenter;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.peer.SecureTransport;
import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.recording.Recorder;
import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.MediaReceiver;
import io.github.kvslocal.rtp.ReceiveParameters;
import io.github.kvslocal.rtp.ReceiverStatistics;
import io.github.kvslocal.rtp.TrackFormat;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.srtp.JitsiSrtp;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * All that a master's packet goes through between the socket and the disk, on one thread: {@link
 * SecureTransport}, {@link MediaReceiver} with its feedback, {@link Fragmenter}, {@link Recorder}
 * with its Matroska. As in a session of one packet at a time, the receiver has its turn after each.
 */
final class RecordingPath {
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "benchmark", 0);

  private final ProtectedRing ring;
  private final byte[] buffer = new byte[1_500 + SrtpContext.MAX_OVERHEAD];
  private final byte[] feedback = new byte[MediaReceiver.MAX_FEEDBACK + SrtpContext.MAX_OVERHEAD];
  private final JitsiSrtp srtp = new JitsiSrtp();
  private final MediaReceiver receiver =
      new MediaReceiver(
          ReceiveParameters.of(
              new TrackFormat(ProtectedRing.VIDEO_TYPE, TrackFormat.NONE, true, "0"),
              new TrackFormat(ProtectedRing.AUDIO_TYPE, TrackFormat.NONE, false, "1"),
              new HeaderExtensions(ProtectedRing.TRANSPORT_SEQUENCE, 0),
              "benchmark"),
          7);
  private final Fragmenter fragmenter = new Fragmenter(FragmentLimits.DOCUMENTED);
  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final Recorder recorder = new Recorder(store, STREAM, Instant.EPOCH, new Untroubled());
  private final Consumer<EncodedFrame> sink = this::frame;
  private long round;
  private long malformed;
  private long recorded;

  RecordingPath(ProtectedRing ring) {
    this.ring = ring;
  }

  /** Receives every packet of the ring once, as the continuation of the round before. */
  void receiveRound() {
    SecureTransport transport = connected(new Continuing());
    for (int index = 0; index < ProtectedRing.PACKETS; index++) {
      long now = ring.nanos(round, index);
      transport.datagram(buffer, 0, ring.copy(index, buffer), now);
      turn(transport, now);
    }
    if (transport.dropped() > 0) {
      throw new IllegalStateException(transport.dropped() + " packets were dropped");
    }
    transport.end(PeerEnd.SHUT_DOWN, "the round is over");
    round++;
  }

  private SecureTransport connected(SecureTransport.Receiver out) {
    SecureTransport transport = new SecureTransport(new Nowhere(), new Agreed(), srtp, out);
    transport.pathFound();
    transport.keysAgreed(ring.keys());
    return transport;
  }

  private void turn(SecureTransport transport, long now) {
    receiver.poll(now, sink);
    for (int length = receiver.writeFeedback(now, feedback, 0);
        length > 0;
        length = receiver.writeFeedback(now, feedback, 0)) {
      transport.sendRtcp(feedback, 0, length);
    }
  }

  private void frame(EncodedFrame frame) {
    for (Fragment fragment : fragmenter.push(frame)) {
      recorder.record(fragment, Instant.EPOCH);
      forget();
    }
  }

  /** A disk would have written it by now. */
  private void forget() {
    for (FragmentMetadata fragment : store.list(STREAM)) {
      recorded += fragment.size();
    }
    store.deleteUntil(STREAM, Instant.EPOCH, Integer.MAX_VALUE).join();
  }

  /** Throws unless everything was received and recorded. */
  void check() {
    ReceiverStatistics statistics = receiver.statistics();
    long packets = statistics.video().packets() + statistics.audio().packets();
    long dropped = statistics.video().droppedFrames() + statistics.audio().droppedFrames();
    if (packets != round * ProtectedRing.PACKETS || dropped + malformed > 0) {
      throw new IllegalStateException("not all of it was received: " + statistics);
    }
    // But for the headers and the last fragments, which are still open.
    if (recorded < 0.9 * packets * ProtectedRing.PACKET) {
      throw new IllegalStateException("only " + recorded + " bytes were recorded");
    }
  }

  /** Gives what comes out of one round's transport the numbers of this round. */
  private final class Continuing implements SecureTransport.Receiver {
    @Override
    public void connected() {}

    @Override
    public void rtp(byte[] packet, int offset, int length, long arrivalNanos) {
      ProtectedRing.renumber(packet, offset, round);
      try {
        receiver.rtp(packet, offset, length, arrivalNanos);
      } catch (MalformedPacketException e) {
        malformed++;
      }
    }

    @Override
    public void rtcp(byte[] packet, int offset, int length, long arrivalNanos) {}

    @Override
    public void ended(PeerEnd end, String why) {}
  }

  private static final class Untroubled implements Recorder.Observer {
    @Override
    public void stored(FragmentMetadata fragment) {}

    @Override
    public void interrupted(String why) {
      throw new IllegalStateException(why);
    }

    @Override
    public void resumed(long lost) {}
  }
}
