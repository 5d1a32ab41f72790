package doorbell;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.dtls.BouncyDtls;
import io.github.kvslocal.dtls.SelfSignedIdentity;
import io.github.kvslocal.ice.Ice4jTransports;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.srtp.JitsiSrtp;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemotePeer;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A device that sends pictures, by the emulator's own test peer; a real one speaks for itself. */
final class Camera implements AutoCloseable {
  private static final int PICTURES_PER_SECOND = 15;

  /** Parameter sets of 1280x720, Constrained Baseline (H.264 7.3.2.1 and 7.3.2.2). */
  private static final byte[] SPS =
      HexFormat.of().parseHex("6742c01fda014016e8400000030040000f03c60ca8");

  private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");

  private final Ice4jTransports ice = Ice4jTransports.bindLoopback(0);
  private final BouncyDtls dtls =
      new BouncyDtls(SelfSignedIdentity.generate(new SecureRandom(), Instant.now()));

  private final RemoteMaster master;

  /** Joins, and sends pictures of so many seconds from the moment that it is connected. */
  Camera(KvsLocal kvs, String channel, int seconds) throws Exception {
    master =
        RemoteMaster.join(
            HttpClient.newBuilder().sslContext(kvs.sslContext()).build(),
            kvs.secureEndpoint(),
            channel,
            new RemotePeer.Transports(ice, dtls, new JitsiSrtp()),
            new AnswerPlan(true, Setup.ACTIVE),
            film(seconds));
  }

  void awaitSent() throws Exception {
    master.allSent().get(60, TimeUnit.SECONDS);
  }

  private static List<EncodedFrame> film(int seconds) {
    List<EncodedFrame> film = new ArrayList<>();
    for (int picture = 0; picture < seconds * PICTURES_PER_SECOND; picture++) {
      boolean key = picture % PICTURES_PER_SECOND == 0;
      MediaTime time = MediaTime.ofMillis(picture * 1000L / PICTURES_PER_SECOND);
      film.add(new EncodedFrame(Track.VIDEO, time, key, picture(key)));
    }
    return film;
  }

  /** NAL units, each behind its length. */
  private static byte[] picture(boolean key) {
    byte[] slice = new byte[key ? 8000 : 2000];
    slice[0] = (byte) (key ? 0x65 : 0x41);
    ByteBuffer unit = ByteBuffer.allocate(12 + SPS.length + PPS.length + slice.length);
    if (key) {
      unit.putInt(SPS.length).put(SPS).putInt(PPS.length).put(PPS);
    }
    unit.putInt(slice.length).put(slice).flip();
    byte[] bytes = new byte[unit.remaining()];
    unit.get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    master.close();
    ice.close();
    dtls.close();
  }
}
