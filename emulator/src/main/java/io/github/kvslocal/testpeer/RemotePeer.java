package io.github.kvslocal.testpeer;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.rtp.SenderStatistics;
import io.github.kvslocal.sdp.MalformedSdpException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A {@link TestPeer} that goes in at an emulator's front door: it joins over REST and the signaling
 * socket and sends media over whatever transports it is given. Any thread may call it.
 */
public abstract sealed class RemotePeer implements AutoCloseable
    permits RemoteMaster, RemoteViewer {
  /** What its media goes over; the caller closes them. */
  public record Transports(
      IceTransport.Factory ice, DtlsEndpoint.Factory dtls, SrtpContext.Factory srtp) {}

  /** Opens the signaling socket; blocks. */
  interface Opening {
    HttpSignaling open(HttpSignaling.Listener listener) throws IOException, InterruptedException;
  }

  /** Makes the peer, on its loop. */
  interface Making {
    TestPeer make(TestPeerRuntime world, TestPeer.Signaling signaling);
  }

  private final PeerLoop loop;
  private final HttpSignaling signaling;
  private final TestPeer peer;
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final HandshakeTimes times;

  /** Opens the socket and joins; blocks until the join is accepted. */
  RemotePeer(String threadName, Transports transports, Opening opening, Making making)
      throws IOException, InterruptedException {
    loop = new PeerLoop(threadName);
    times = new HandshakeTimes(loop);
    CompletableFuture<TestPeer> made = new CompletableFuture<>();
    try {
      signaling = opening.open(new ToLoop(loop, made, complaints, times));
    } catch (IOException | InterruptedException e) {
      loop.close();
      throw e;
    }
    TestPeerRuntime world =
        new TestPeerRuntime(
            loop, transports.ice(), transports.dtls(), transports.srtp(), new SecureRandom());
    made.completeAsync(() -> making.make(world, signaling), loop::execute);
    peer = made.join();
    try {
      signaling.join();
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /** Completes when media can flow; fails if it never will. */
  public CompletableFuture<Void> connected() {
    return peer.connected();
  }

  /** How long it took from the answer until media could flow. */
  public CompletableFuture<Duration> answerToConnected() {
    return times.answerTo(peer.connected());
  }

  /** Completes when the last frame is sent. */
  public CompletableFuture<Void> allSent() {
    return peer.allSent();
  }

  /** Completes when the connection has ended, from either side. */
  public CompletableFuture<PeerEnd> ended() {
    return peer.ended();
  }

  /** What was sent so far, in order. */
  public CompletableFuture<List<EncodedFrame>> sent() {
    return CompletableFuture.supplyAsync(peer::sent, loop::execute);
  }

  /** Every frame that came so far, each track in order. */
  public CompletableFuture<List<EncodedFrame>> received() {
    return CompletableFuture.supplyAsync(peer::received, loop::execute);
  }

  /** How many frames of this track came so far. */
  public CompletableFuture<Integer> receivedOf(Track track) {
    return CompletableFuture.supplyAsync(() -> peer.receivedOf(track), loop::execute);
  }

  /** Completes with the first picture that comes. */
  public CompletableFuture<EncodedFrame> firstPicture() {
    return peer.firstPicture();
  }

  /** What the packets came to; fails before media could flow. */
  public CompletableFuture<SenderStatistics> statistics() {
    return CompletableFuture.supplyAsync(peer::statistics, loop::execute);
  }

  /** What the service objected to so far, and why its socket closed. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Says a text on the signaling socket, whatever it is. */
  public void say(String text) {
    loop.execute(() -> signaling.say(text));
  }

  /** Says goodbye and frees everything; blocks until that is done. */
  @Override
  public void close() {
    CompletableFuture.runAsync(
            () -> {
              peer.close();
              signaling.close();
            },
            loop::execute)
        .join();
    loop.close();
  }

  /** Hands what the service says to the peer on its loop. */
  private record ToLoop(
      PeerLoop loop,
      CompletableFuture<TestPeer> peer,
      Queue<String> complaints,
      HandshakeTimes times)
      implements HttpSignaling.Listener {
    @Override
    public void offer(String sdp) {
      loop.execute(
          () -> {
            try {
              peer.join().offer(sdp);
              times.answered();
            } catch (MalformedSdpException e) {
              complaints.add("the offer cannot be read: " + e.getMessage());
            }
          });
    }

    @Override
    public void candidate(String candidate) {
      loop.execute(() -> peer.join().candidate(candidate));
    }

    @Override
    public void declined(String message) {
      complaints.add(message);
    }

    @Override
    public void closed(String why) {
      complaints.add("the signaling socket is closed: " + why);
    }
  }
}
