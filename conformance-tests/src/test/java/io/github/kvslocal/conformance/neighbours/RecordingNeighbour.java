package io.github.kvslocal.conformance.neighbours;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.jna.Native;
import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.conformance.master.SyntheticStream;
import io.github.kvslocal.dtls.BouncyDtls;
import io.github.kvslocal.dtls.SelfSignedIdentity;
import io.github.kvslocal.ice.Ice4jTransports;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.srtp.JitsiSrtp;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemotePeer;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.string.StringDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kotlin.KotlinVersion;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.LoggerFactory;

/**
 * A program that works with libraries of its own while the emulator records beside it; compiled
 * against what its class path has at run time under the same names.
 */
final class RecordingNeighbour {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private RecordingNeighbour() {}

  /** Prints a line {@code name=value} for each thing that worked. */
  public static void main(String[] arguments) throws Exception {
    try (KvsLocal emulator = KvsLocal.start();
        Ice4jTransports ice = Ice4jTransports.bindLoopback(0);
        BouncyDtls dtls =
            new BouncyDtls(SelfSignedIdentity.generate(new SecureRandom(), Instant.now()))) {
      emulator.createChannel("door");
      HttpClient http = HttpClient.newBuilder().sslContext(emulator.sslContext()).build();
      try (RemoteMaster master =
          RemoteMaster.join(
              http,
              emulator.secureEndpoint(),
              "door",
              new RemotePeer.Transports(ice, dtls, new JitsiSrtp()),
              new AnswerPlan(true, Setup.ACTIVE),
              SyntheticStream.seconds(3))) {
        emulator.journal().awaitConnected("door", "master", PATIENCE);
        work();
        say("complaints", master.complaints());
        master.allSent().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      emulator.journal().await(JournalQuery.of(Event.FRAGMENT_STORED).channel("door"), PATIENCE);
      say("recorded", true);
    }
  }

  /** The libraries' own versions do what they are for, while the master sends. */
  private static void work() throws Exception {
    say("jackson", new ObjectMapper().version());
    say("json", new ObjectMapper().writeValueAsString(Map.of("door", "open")));

    EmbeddedChannel channel = new EmbeddedChannel(new StringDecoder());
    channel.writeInbound(Unpooled.copiedBuffer("ding", StandardCharsets.UTF_8));
    say("netty", channel.<String>readInbound());
    channel.finishAndReleaseAll();

    SHA256Digest digest = new SHA256Digest();
    digest.update((byte) 'a');
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    say("sha256", HexFormat.of().formatHex(hash));
    say("bouncycastle", new BouncyCastleProvider().getInfo());

    say("kotlin", KotlinVersion.CURRENT);
    say("jna", Native.getNativeSize(long.class));
    say("slf4j", LoggerFactory.getILoggerFactory().getClass().getName());
    LoggerFactory.getLogger("neighbour").info("the neighbour logs");
  }

  private static void say(String name, Object value) {
    System.out.println(name + "=" + value);
  }
}
