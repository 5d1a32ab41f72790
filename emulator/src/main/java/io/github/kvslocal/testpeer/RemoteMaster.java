package io.github.kvslocal.testpeer;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.rtp.SenderStatistics;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.MalformedSdpException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A {@link TestMaster} that goes in at an emulator's front door: it joins over REST and the
 * signaling socket and sends media over whatever transports it is given. Any thread may call it.
 */
public final class RemoteMaster implements AutoCloseable {
  /** What its media goes over; the caller closes them. */
  public record Transports(
      IceTransport.Factory ice, DtlsEndpoint.Factory dtls, SrtpContext.Factory srtp) {}

  private final PeerLoop loop;
  private final HttpSignaling signaling;
  private final TestMaster master;
  private final Queue<String> complaints;
  private final HandshakeTimes times;

  private RemoteMaster(
      PeerLoop loop,
      HttpSignaling signaling,
      TestMaster master,
      Queue<String> complaints,
      HandshakeTimes times) {
    this.loop = loop;
    this.signaling = signaling;
    this.master = master;
    this.complaints = complaints;
    this.times = times;
  }

  /**
   * Opens the socket and joins; blocks until the join is accepted. Frames are sent from the moment
   * that media can flow.
   *
   * @param http trusts the emulator's authority
   * @param emulator {@code https://host:port}
   * @param frames of both tracks, ordered by time from zero
   * @throws IOException if the emulator declines or is not there
   */
  public static RemoteMaster join(
      HttpClient http,
      URI emulator,
      String channel,
      Transports transports,
      AnswerPlan plan,
      List<EncodedFrame> frames)
      throws IOException, InterruptedException {
    PeerLoop loop = new PeerLoop("kvslocal-master-" + channel);
    Queue<String> complaints = new ConcurrentLinkedQueue<>();
    CompletableFuture<TestMaster> made = new CompletableFuture<>();
    HandshakeTimes times = new HandshakeTimes(loop);
    HttpSignaling signaling;
    try {
      signaling =
          HttpSignaling.open(http, emulator, channel, new ToLoop(loop, made, complaints, times));
    } catch (IOException | InterruptedException e) {
      loop.close();
      throw e;
    }
    TestPeerRuntime world =
        new TestPeerRuntime(
            loop, transports.ice(), transports.dtls(), transports.srtp(), new SecureRandom());
    made.completeAsync(
        () -> new TestMaster(world, plan, signaling, frames.iterator()), loop::execute);
    RemoteMaster master = new RemoteMaster(loop, signaling, made.join(), complaints, times);
    try {
      signaling.join();
    } catch (IOException | InterruptedException e) {
      master.close();
      throw e;
    }
    return master;
  }

  /** Completes when media can flow; fails if it never will. */
  public CompletableFuture<Void> connected() {
    return master.connected();
  }

  /** How long it took from the answer until media could flow. */
  public CompletableFuture<Duration> answerToConnected() {
    return times.answerTo(master.connected());
  }

  /** Completes when the last frame is sent. */
  public CompletableFuture<Void> allSent() {
    return master.allSent();
  }

  /** Completes when the connection has ended, from either side. */
  public CompletableFuture<PeerEnd> ended() {
    return master.ended();
  }

  /** What was sent so far, in order. */
  public CompletableFuture<List<EncodedFrame>> sent() {
    return CompletableFuture.supplyAsync(master::sent, loop::execute);
  }

  /** What the packets came to; fails before media could flow. */
  public CompletableFuture<SenderStatistics> statistics() {
    return CompletableFuture.supplyAsync(master::statistics, loop::execute);
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
              master.close();
              signaling.close();
            },
            loop::execute)
        .join();
    loop.close();
  }

  /** Hands what the service says to the master on its loop. */
  private record ToLoop(
      PeerLoop loop,
      CompletableFuture<TestMaster> master,
      Queue<String> complaints,
      HandshakeTimes times)
      implements HttpSignaling.Listener {
    @Override
    public void offer(String sdp) {
      loop.execute(
          () -> {
            try {
              master.join().offer(sdp);
              times.answered();
            } catch (MalformedSdpException e) {
              complaints.add("the offer cannot be read: " + e.getMessage());
            }
          });
    }

    @Override
    public void candidate(String candidate) {
      loop.execute(() -> master.join().candidate(candidate));
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
