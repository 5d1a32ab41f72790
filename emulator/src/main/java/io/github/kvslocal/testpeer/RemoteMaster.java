package io.github.kvslocal.testpeer;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.sdp.AnswerPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/** A {@link TestMaster} that goes in at an emulator's front door. */
public final class RemoteMaster extends RemotePeer {
  private RemoteMaster(String channel, Transports transports, Opening opening, Making making)
      throws IOException, InterruptedException {
    super("kvslocal-master-" + channel, transports, opening, making);
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
    return new RemoteMaster(
        channel,
        transports,
        listener -> HttpSignaling.open(http, emulator, channel, listener),
        (world, signaling) -> new TestMaster(world, plan, signaling, frames.iterator()));
  }
}
