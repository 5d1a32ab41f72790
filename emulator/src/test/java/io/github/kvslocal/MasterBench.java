package io.github.kvslocal;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.dtls.BouncyDtls;
import io.github.kvslocal.dtls.SelfSignedIdentity;
import io.github.kvslocal.ice.Ice4jTransports;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.srtp.JitsiSrtp;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemotePeer;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** An emulator in this process, and masters and viewers over real transports for it. */
final class MasterBench implements AutoCloseable {
  final KvsLocal emulator;
  final Client client;
  final EventLog log = new EventLog();
  final BouncyDtls dtls;

  /** One for each peer, since the emulator tells peers apart by their addresses. */
  private final Deque<Ice4jTransports> ports = new ArrayDeque<>();

  private final JitsiSrtp srtp = new JitsiSrtp();

  MasterBench(Path directory, List<String> channels) throws Exception {
    this(KvsLocalOptions.defaults().withDataDirectory(directory).withChannels(channels));
  }

  /** With these options at any port. */
  MasterBench(KvsLocalOptions options) throws Exception {
    this(KvsLocal.start(options.withPort(0)));
  }

  /** Of this emulator, which it closes. */
  MasterBench(KvsLocal running) throws Exception {
    emulator = running;
    client = new Client(emulator);
    dtls = new BouncyDtls(SelfSignedIdentity.generate(new SecureRandom(), Instant.now()));
  }

  RemoteMaster join(String channel, AnswerPlan plan, List<EncodedFrame> frames)
      throws IOException, InterruptedException {
    return join(channel, plan, frames, dtls, UnaryOperator.identity());
  }

  /** A master that says of itself what this endpoint says. */
  RemoteMaster join(
      String channel, AnswerPlan plan, List<EncodedFrame> frames, DtlsEndpoint.Factory endpoints)
      throws IOException, InterruptedException {
    return join(channel, plan, frames, endpoints, UnaryOperator.identity());
  }

  /** A master whose ICE agents pass through the hands of the test. */
  RemoteMaster join(
      String channel,
      AnswerPlan plan,
      List<EncodedFrame> frames,
      UnaryOperator<IceTransport.Factory> tap)
      throws IOException, InterruptedException {
    return join(channel, plan, frames, dtls, tap);
  }

  private RemoteMaster join(
      String channel,
      AnswerPlan plan,
      List<EncodedFrame> frames,
      DtlsEndpoint.Factory endpoints,
      UnaryOperator<IceTransport.Factory> tap)
      throws IOException, InterruptedException {
    ports.add(Ice4jTransports.bindLoopback(0));
    return RemoteMaster.join(
        client.http(),
        door(),
        channel,
        new RemotePeer.Transports(tap.apply(ports.getLast()), endpoints, srtp),
        plan,
        frames);
  }

  /** A viewer that speaks. */
  RemoteViewer joinAsViewer(String channel, String id, List<EncodedFrame> frames)
      throws IOException, InterruptedException {
    ports.add(Ice4jTransports.bindLoopback(0));
    return RemoteViewer.join(
        client.http(),
        door(),
        channel,
        new ClientId(id),
        new RemotePeer.Transports(ports.getLast(), dtls, srtp),
        new AnswerPlan(true, Setup.ACTIVE),
        frames);
  }

  private URI door() {
    return URI.create("https://localhost:" + emulator.endpoint().getPort());
  }

  /** A track of a stream's exported recording. */
  List<ByteBuffer> recorded(String stream, Track track) throws Exception {
    HttpResponse<byte[]> answer =
        client
            .http()
            .send(
                HttpRequest.newBuilder(
                        client.uri("https", "/_kvslocal/streams/" + stream + "/recording.mkv"))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("no recording: " + answer.statusCode());
    }
    return MatroskaReader.read(answer.body()).blocks().stream()
        .filter(block -> block.track() == track.number())
        .map(MatroskaBlock::data)
        .toList();
  }

  static List<ByteBuffer> data(List<EncodedFrame> frames, Track track) {
    return frames.stream().filter(frame -> frame.track() == track).map(EncodedFrame::data).toList();
  }

  @Override
  public void close() {
    ports.forEach(Ice4jTransports::close);
    dtls.close();
    emulator.close();
    log.close();
  }
}
