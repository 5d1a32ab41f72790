package io.github.kvslocal.conformance.master;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.dtls.BouncyDtls;
import io.github.kvslocal.dtls.SelfSignedIdentity;
import io.github.kvslocal.ice.Ice4jTransports;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.srtp.JitsiSrtp;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemotePeer;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Masters and viewers of our own for an emulator in another process. */
public final class Masters implements AutoCloseable {
  private final EmulatorProcess emulator;
  private final String channel;
  private final HttpClient http;
  private final Ice4jTransports ice;
  private final BouncyDtls dtls =
      new BouncyDtls(SelfSignedIdentity.generate(new SecureRandom(), Instant.now()));
  private final JitsiSrtp srtp = new JitsiSrtp();

  /** Participants of this channel. */
  public Masters(EmulatorProcess emulator, String channel) throws IOException {
    this.emulator = emulator;
    this.channel = channel;
    this.http =
        HttpClient.newBuilder().sslContext(TrustedAuthority.of(emulator.authority())).build();
    this.ice = Ice4jTransports.bindLoopback(0);
  }

  /** A master that joins at once and sends these from the moment that media can flow. */
  public RemoteMaster join(List<EncodedFrame> frames) throws IOException, InterruptedException {
    return RemoteMaster.join(
        http,
        emulator.secureEndpoint(),
        channel,
        new RemotePeer.Transports(ice, dtls, srtp),
        new AnswerPlan(true, Setup.ACTIVE),
        frames);
  }

  /** A viewer of this id that joins at once, listens, and says these if there are any. */
  public RemoteViewer joinAsViewer(String id, List<EncodedFrame> voice)
      throws IOException, InterruptedException {
    return RemoteViewer.join(
        http,
        emulator.secureEndpoint(),
        channel,
        new ClientId(id),
        new RemotePeer.Transports(ice, dtls, srtp),
        new AnswerPlan(!voice.isEmpty(), Setup.ACTIVE),
        voice);
  }

  @Override
  public void close() {
    ice.close();
    dtls.close();
  }
}
