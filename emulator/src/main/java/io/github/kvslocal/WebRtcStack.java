package io.github.kvslocal;

import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.dtls.BouncyDtls;
import io.github.kvslocal.dtls.SelfSignedIdentity;
import io.github.kvslocal.fault.LinkModels;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.ice.AdvertisedAddress;
import io.github.kvslocal.ice.Ice4jTransports;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.runtime.EmulatorRuntime;
import io.github.kvslocal.runtime.Faults;
import io.github.kvslocal.runtime.SessionLoop;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.runtime.VoiceMixing;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.srtp.JitsiSrtp;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ICE, DTLS and SRTP for storage sessions, each warmed up on a thread of its own. */
final class WebRtcStack implements MediaStack {
  private static final Logger LOG = LoggerFactory.getLogger(WebRtcStack.class);

  /** So that a process that is told to end has done so within two seconds. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final SecureRandom random = new SecureRandom();
  private final InstantSource wallClock;
  private final List<AdvertisedAddress> advertise;
  private final NetworkModel network;
  private final FragmentLimits fragments;
  private final boolean keepsLossyPictures;
  private final SessionLimits limits;
  private final SignalingLimits signaling;
  private final VoiceMixing voices;
  private final Background<BouncyDtls> dtls;
  private final JitsiSrtp srtp = new JitsiSrtp();
  private final SrtpContext.Factory contexts;
  private final Background<AutoCloseable> warmSrtp;
  private @Nullable Background<AutoCloseable> warmOpus;
  private Ice4jTransports ice;
  private @Nullable StorageSessions sessions;

  private WebRtcStack(
      KvsLocalOptions options, InstantSource wallClock, UnaryOperator<SrtpContext.Factory> around)
      throws IOException {
    this.wallClock = wallClock;
    this.contexts = around.apply(srtp);
    this.advertise = options.advertise().stream().map(AdvertisedAddress::parse).toList();
    this.network = options.network();
    this.limits = options.sessionLimits();
    this.signaling = options.signalingLimits();
    this.voices =
        new VoiceMixing(
            new ConcentusOpus(),
            switch (options.recordedAudio()) {
              case MIX -> true;
              case MASTER -> false;
            });
    this.fragments = FragmentLimits.DOCUMENTED.withTarget(options.fragmentLength());
    this.keepsLossyPictures =
        switch (options.lossyPictures()) {
          case DROP -> false;
          case KEEP -> true;
        };
    this.dtls = Background.start("dtls", this::openDtls);
    this.warmSrtp = Background.start("srtp", this::warmSrtp);
    try {
      this.ice = Ice4jTransports.bind(options.port(), advertise);
    } catch (IOException | RuntimeException e) {
      dtls.close();
      throw e;
    }
  }

  /**
   * Binds the UDP port and warms up.
   *
   * @param wallClock the time that certificates go by
   */
  static MediaStack open(KvsLocalOptions options, InstantSource wallClock) throws IOException {
    return open(options, wallClock, UnaryOperator.identity());
  }

  /** The same with something around what unprotects packets, which is to see them all. */
  static MediaStack open(
      KvsLocalOptions options, InstantSource wallClock, UnaryOperator<SrtpContext.Factory> around)
      throws IOException {
    WebRtcStack media = new WebRtcStack(options, wallClock, around);
    try {
      Ice4jTransports.warmUp();
      return media;
    } catch (IOException | RuntimeException e) {
      media.close();
      throw e;
    }
  }

  private BouncyDtls openDtls() {
    BouncyDtls opened = new BouncyDtls(SelfSignedIdentity.generate(random, wallClock.instant()));
    opened.warmUp();
    return opened;
  }

  private AutoCloseable warmSrtp() {
    srtp.warmUp();
    return () -> {};
  }

  private static AutoCloseable warmOpus() {
    ConcentusOpus.rehearse();
    return () -> {};
  }

  @Override
  public int port() {
    return ice.port();
  }

  @Override
  public int moveToAnotherPort() throws IOException {
    if (sessions != null) {
      throw new IllegalStateException("the sessions' agents have the port");
    }
    Ice4jTransports before = ice;
    ice = Ice4jTransports.bind(0, advertise);
    before.close();
    return ice.port();
  }

  @Override
  public StorageService sessions(
      Function<String, SessionLoop> loops, FragmentStore store, Journal journal, Faults faults)
      throws IOException {
    warmSrtp.join();
    if (!network.isPerfect()) {
      LOG.atWarn()
          .addKeyValue("incoming", network.incoming())
          .addKeyValue("outgoing", network.outgoing())
          .addKeyValue("seed", network.seed())
          .log("media is lost or late on purpose: a network is simulated, as was asked for");
    }
    // Last, and waited for by nobody: it takes a while until somebody talks.
    if (warmOpus == null) {
      warmOpus = Background.start("opus", WebRtcStack::warmOpus);
    }
    sessions =
        new StorageSessions(
            new EmulatorRuntime(
                loops,
                ice,
                LinkModels.everywhere(network),
                dtls.join(),
                contexts,
                voices,
                store,
                fragments,
                keepsLossyPictures,
                limits,
                signaling,
                random,
                journal,
                faults));
    return sessions;
  }

  @Override
  public List<String> candidates() {
    return ice.candidates().stream()
        .map(candidate -> candidate.address() + " " + candidate.port() + "/udp")
        .toList();
  }

  @Override
  public void endSessions(String why) {
    StorageSessions open = sessions;
    sessions = null;
    if (open != null) {
      end(open, why);
    }
  }

  @Override
  public void close() {
    endSessions("the emulator ends");
    ice.close();
    dtls.close();
    if (warmOpus != null) {
      warmOpus.close();
    }
  }

  private static void end(StorageSessions sessions, String why) {
    try {
      sessions.endAll(why).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.atWarn().setCause(e).log("not every recording was stored in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
