package io.github.kvslocal.testpeer;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.sdp.AnswerPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/** A {@link TestViewer} that goes in at an emulator's front door. */
public final class RemoteViewer extends RemotePeer {
  private RemoteViewer(ClientId id, Transports transports, Opening opening, Making making)
      throws IOException, InterruptedException {
    super("kvslocal-viewer-" + id, transports, opening, making);
  }

  /**
   * Opens the socket and joins; blocks until the join is accepted. Sound is sent from the moment
   * that media can flow.
   *
   * @param http trusts the emulator's authority
   * @param emulator {@code https://host:port}
   * @param frames ordered by time from zero; pictures among them are left out
   * @throws IOException if the emulator declines, or is not there
   */
  public static RemoteViewer join(
      HttpClient http,
      URI emulator,
      String channel,
      ClientId id,
      Transports transports,
      AnswerPlan plan,
      List<EncodedFrame> frames)
      throws IOException, InterruptedException {
    return new RemoteViewer(
        id,
        transports,
        listener -> HttpSignaling.openAsViewer(http, emulator, channel, id, listener),
        (world, signaling) -> new TestViewer(world, plan, signaling, frames));
  }
}
