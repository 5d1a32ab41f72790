package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.runtime.SessionView;
import io.github.kvslocal.runtime.SessionView.PeerView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who is in which storage session, at {@code /_kvslocal/sessions}; over which addresses, at {@code
 * /_kvslocal/network}.
 */
public final class SessionRoutes {
  private final Supplier<CompletionStage<List<SessionView>>> sessions;
  private final Supplier<List<String>> told;

  /**
   * Routes to these sessions.
   *
   * @param told the addresses that clients are told for media, for a person to read
   */
  public SessionRoutes(
      Supplier<CompletionStage<List<SessionView>>> sessions, Supplier<List<String>> told) {
    this.sessions = sessions;
    this.told = told;
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(
        RawRoute.get("/_kvslocal/sessions", context -> tell(context, SessionRoutes::sessions)),
        RawRoute.get("/_kvslocal/network", context -> tell(context, this::network)));
  }

  private void tell(RoutingContext context, Function<List<SessionView>, ObjectNode> words) {
    Future.fromCompletionStage(sessions.get(), Vertx.currentContext())
        .onSuccess(views -> end(context, words.apply(views)))
        .onFailure(context::fail);
  }

  private static void end(RoutingContext context, ObjectNode json) {
    if (!context.response().closed()) {
      context
          .response()
          .putHeader("Content-Type", "application/json")
          .end(Buffer.buffer(Answer.json(json).bytes()));
    }
  }

  private static ObjectNode sessions(List<SessionView> views) {
    ObjectNode answer = Answer.object();
    ArrayNode all = answer.putArray("sessions");
    for (SessionView view : views) {
      ObjectNode session = all.addObject().put("channel", view.channel().toString());
      ArrayNode peers = session.putArray("peers");
      for (PeerView peer : view.peers()) {
        named(peers.addObject(), peer)
            .put("since", peer.since().toString())
            .put("stream", peer.recordedInto().toString())
            .put("videoPackets", peer.videoPackets())
            .put("audioPackets", peer.audioPackets());
      }
    }
    return answer;
  }

  private ObjectNode network(List<SessionView> views) {
    ObjectNode answer = Answer.object();
    ArrayNode candidates = answer.putArray("candidates");
    told.get().forEach(candidates::add);
    ArrayNode connections = answer.putArray("connections");
    for (SessionView view : views) {
      for (PeerView peer : view.peers()) {
        ObjectNode connection = connections.addObject().put("channel", view.channel().toString());
        named(connection, peer);
        if (!peer.remoteAddress().isEmpty()) {
          connection.put("local", peer.localAddress()).put("remote", peer.remoteAddress());
        }
      }
    }
    return answer;
  }

  private static ObjectNode named(ObjectNode json, PeerView peer) {
    return json.put("participant", peer.whose().toString())
        .put("session", peer.session())
        .put("state", peer.stage().name().toLowerCase(Locale.ROOT))
        .put("why", peer.stage().description());
  }
}
