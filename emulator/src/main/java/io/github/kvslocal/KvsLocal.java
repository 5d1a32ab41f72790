package io.github.kvslocal;

import io.github.kvslocal.api.AccessRules;
import io.github.kvslocal.api.Action;
import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.Quotas;
import io.github.kvslocal.api.SigV4;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.http.AdminRoutes;
import io.github.kvslocal.http.AlexaOffers;
import io.github.kvslocal.http.ArchivedMediaRoutes;
import io.github.kvslocal.http.ClockRoutes;
import io.github.kvslocal.http.HttpApi;
import io.github.kvslocal.http.KinesisVideoRoutes;
import io.github.kvslocal.http.MediaRoutes;
import io.github.kvslocal.http.Operation;
import io.github.kvslocal.http.RawRoute;
import io.github.kvslocal.http.RecordingRoutes;
import io.github.kvslocal.http.SignalingRoutes;
import io.github.kvslocal.http.StorageRoutes;
import io.github.kvslocal.ice.AdvertisedAddress;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.runtime.ChannelDirectory;
import io.github.kvslocal.runtime.PolicyClock;
import io.github.kvslocal.runtime.RetainingFragmentStore;
import io.github.kvslocal.runtime.SessionLoop;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.tls.CertificateAuthority;
import io.github.kvslocal.tls.ServerCertificates;
import io.github.kvslocal.vertx.Front;
import io.github.kvslocal.vertx.Listener;
import io.github.kvslocal.websocket.SignalingSocket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running emulator: the wiring of all its parts. */
public final class KvsLocal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KvsLocal.class);

  /** For what clients compare with their own time, wherever policy time may have been moved to. */
  private static final InstantSource WALL_CLOCK = InstantSource.system();

  /** Tries to find one number that is free on UDP and TCP. */
  private static final int ANY_PORT_TRIES = 20;

  private final OpenParts parts = new OpenParts();
  private final Journal journal = new Journal();
  private final KvsLocalOptions options;
  private final PolicyClock clock;
  private final RandomGenerator random = new SecureRandom();
  private final AtomicInteger port = new AtomicInteger();
  private final AtomicInteger tlsPort = new AtomicInteger(KvsLocalOptions.NO_PORT);
  private final AtomicBoolean ready = new AtomicBoolean();

  private final Keeping keeping;
  private final CertificateAuthority authority;
  private final ControlPlane controlPlane;
  private final RetainingFragmentStore store;
  private final MediaStack media;
  private final Listener listener;

  /**
   * Starts an emulator and returns when it is ready: its ports are open and the media stack is
   * warm.
   *
   * @throws StartException if a port, the data directory or an option is not usable
   */
  public static KvsLocal start(KvsLocalOptions options) throws StartException {
    return start(options, running -> WebRtcStack.open(running, WALL_CLOCK));
  }

  /** The same with another way to answer joins. */
  static KvsLocal start(KvsLocalOptions options, MediaStack.Factory media) throws StartException {
    try {
      return new KvsLocal(options, media);
    } catch (IOException | RefusedException | IllegalArgumentException e) {
      throw new StartException(StartException.words(e), e);
    }
  }

  private KvsLocal(KvsLocalOptions options, MediaStack.Factory mediaFactory)
      throws IOException, RefusedException {
    this.options = options;
    this.clock = new PolicyClock(options.clock());
    var certificates = new CompletableFuture<ServerCertificates>();
    boolean whole = false;
    try {
      keeping = parts.add(Keeping.open(options));
      // Most of a start is loading classes; what does not depend on each other goes side by side.
      // They are closed in the opposite order: sessions end while there are loops and a store.
      var loops =
          parts.add(
              Background.start(
                  "loops", () -> Listener.start(name -> certificates.join().forName(name))));
      var storing = parts.add(Background.start("store", keeping::openFragments));
      var opening = parts.add(Background.start("media", () -> mediaFactory.open(options)));
      authority = keeping.authority(WALL_CLOCK.instant());
      certificates.complete(new ServerCertificates(authority, WALL_CLOCK, advertisedNames()));
      controlPlane = ControlPlane.open(keeping, options, random);
      listener = loops.join();
      store = parts.add(retaining(storing.join()));
      media = opening.join();
      StorageService sessions = media.sessions(this::loop, store, journal);
      listen(front(sessions));
      ready.set(true);
      whole = true;
    } finally {
      if (!whole) {
        certificates.cancel(false);
        parts.close();
      }
    }
  }

  /** Keeps what its streams want kept, from what was kept before on. */
  private RetainingFragmentStore retaining(FragmentStore whole) {
    RetainingFragmentStore retaining =
        new RetainingFragmentStore(whole, clock, loop("the fragments of all streams"));
    controlPlane
        .registry()
        .state()
        .streams()
        .forEach(stream -> retaining.keep(stream.arn(), stream.settings().retentionHours()));
    return retaining;
  }

  private SessionLoop loop(String whose) {
    return listener.sessionLoop(whose, clock, KvsLocal::unguarded);
  }

  /** Every session's loop has a guard of its own; what comes here slipped past it. */
  private static void unguarded(Throwable failure) {
    LOG.atError().setCause(failure).log("a bug of the emulator on an event loop");
  }

  /** What a certificate for this machine has to hold besides the names that the machine knows. */
  private List<String> advertisedNames() {
    return options.advertise().stream()
        .map(text -> AdvertisedAddress.parse(text).ip().getHostAddress())
        .toList();
  }

  /** Everything that answers HTTP requests and upgrades. */
  private Front front(StorageService sessions) {
    Registry registry = controlPlane.registry();
    ChannelDirectory directory = new ChannelDirectory(registry);
    List<Operation> operations =
        Stream.of(
                new KinesisVideoRoutes(registry, controlPlane.configurations(), sessions, store)
                    .operations(),
                new SignalingRoutes(
                        registry,
                        port::get,
                        random,
                        new AlexaOffers(directory, sessions::alexaOffer))
                    .operations(),
                new StorageRoutes(registry, sessions).operations(),
                new MediaRoutes(registry, options.owner()).operations(),
                new ArchivedMediaRoutes(registry, options.owner()).operations())
            .flatMap(List::stream)
            .toList();
    List<RawRoute> rawRoutes =
        Stream.of(
                new AdminRoutes(ready::get, authority.pem(), operations).routes(),
                new ClockRoutes(clock).routes(),
                new RecordingRoutes(registry, store, options.owner(), listener.vertx()).routes())
            .flatMap(List::stream)
            .toList();
    Admission admission = admission(operations);
    HttpApi.Setting setting =
        new HttpApi.Setting(
            clock, random, admission, options.publicUrl(), controlPlane.saving(listener.vertx()));
    HttpApi api = new HttpApi(listener.vertx(), operations, rawRoutes, setting);
    SignalingSocket sockets =
        new SignalingSocket(
            directory,
            admission,
            sessions,
            new SignalingSocket.Setting(
                WALL_CLOCK,
                random,
                options.signaling().candidateSdpMid(),
                Listener::closeSoon,
                Listener::onViolation));
    return new FrontDoor(api, sockets);
  }

  /** Who may do which of these, and how often. */
  private Admission admission(List<Operation> operations) {
    List<Action> actions =
        Stream.concat(
                operations.stream().map(Operation::action),
                Stream.of(Action.CONNECT_AS_MASTER, Action.CONNECT_AS_VIEWER))
            .toList();
    return new Admission(
        new Caller(options.account(), options.region()),
        options.requireSignatures()
            ? new SigV4(options.credentials())
            : Admission.SignatureCheck.NONE,
        AccessRules.parse(options.denied(), actions),
        switch (options.quotas()) {
          case OFF -> Quotas.off();
          case DOCUMENTED -> new Quotas(Quotas.DOCUMENTED);
        },
        new Admission.Clocks(WALL_CLOCK, clock));
  }

  /** Opens TCP at the number of the UDP port; where any will do, at the next one that both have. */
  private void listen(Front front) throws IOException {
    int number = media.port();
    for (int tries = 1; port.get() == 0; tries++) {
      try {
        port.set(listener.listen(number, front));
      } catch (IOException e) {
        if (options.port() != 0 || tries == ANY_PORT_TRIES) {
          throw e;
        }
        number = media.moveToAnotherPort();
      }
    }
    if (options.tlsPort() != KvsLocalOptions.NO_PORT) {
      tlsPort.set(listener.listenForTls(options.tlsPort(), front));
    }
  }

  /** Where clients on this machine find it; the same port speaks HTTP and TLS. */
  public URI endpoint() {
    return URI.create("http://localhost:" + port.get());
  }

  /** The port that speaks TLS alone; empty if there is none. */
  public OptionalInt tlsPort() {
    int bound = tlsPort.get();
    return bound == KvsLocalOptions.NO_PORT ? OptionalInt.empty() : OptionalInt.of(bound);
  }

  /** The addresses that clients are told for media, for a person to read. */
  public List<String> candidates() {
    return media.candidates();
  }

  /** The certificate that clients have to trust for TLS, as PEM (RFC 7468). */
  public String authorityPem() {
    return authority.pem();
  }

  /** The file that holds that certificate; empty if the emulator is ephemeral. */
  public Optional<Path> authorityFile() {
    return keeping.authorityFile();
  }

  /** Where everything is kept, absolute; empty if the emulator is ephemeral. */
  public Optional<Path> dataDirectory() {
    return keeping.directory();
  }

  /** The time that the rules go by, which can be moved. */
  public EmulatorClock clock() {
    return new EmulatorClock(clock);
  }

  /**
   * What happened in the storage sessions of all channels, oldest first; the oldest are dropped.
   */
  public List<JournalEntry> journal() {
    return journal.entries();
  }

  /**
   * Ends every session, stores what was received, and frees everything: in milliseconds, or within
   * three seconds if the disk does not take it.
   */
  @Override
  public void close() {
    ready.set(false);
    clock.close();
    // Before the sessions end, or one that is joined meanwhile would be ended by nobody.
    listener.closePorts();
    parts.close();
  }
}
