package io.github.kvslocal;

import io.github.kvslocal.assertions.Recording;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.http.RawRoute;
import io.github.kvslocal.ice.AdvertisedAddress;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.runtime.Faults;
import io.github.kvslocal.runtime.PolicyClock;
import io.github.kvslocal.runtime.RetainingFragmentStore;
import io.github.kvslocal.runtime.SessionLoop;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.tls.CertificateAuthority;
import io.github.kvslocal.tls.ServerCertificates;
import io.github.kvslocal.vertx.Front;
import io.github.kvslocal.vertx.Listener;
import io.vertx.core.Future;
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
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
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
  private final KvsLocalOptions options;
  private final RandomGenerator random = new SecureRandom();
  private final AtomicInteger port = new AtomicInteger();
  private final AtomicInteger tlsPort = new AtomicInteger(KvsLocalOptions.NO_PORT);
  private final AtomicBoolean ready = new AtomicBoolean();

  private final Keeping keeping;
  private final CertificateAuthority authority;
  private final Trust trust;
  private final MediaStack media;
  private final Listener listener;
  private final CurrentFront door = new CurrentFront();

  /** Guards the change from one world to the next, and the end of the last one. */
  private final Object turn = new Object();

  private volatile World world;
  private volatile Reception reception;
  private boolean closed;

  /** A builder with the defaults of tests: any free port, everything in memory. */
  public static KvsLocalBuilder builder() {
    return new KvsLocalBuilder();
  }

  /**
   * Starts an emulator at any free port that keeps everything in memory.
   *
   * @throws StartException if there is no free port
   */
  public static KvsLocal start() throws StartException {
    return builder().start();
  }

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
      trust = parts.add(new Trust(authority, keeping.authorityFile().orElse(null)));
      ControlPlane controlPlane = ControlPlane.open(keeping, options, random);
      listener = loops.join();
      FragmentStore fragments = storing.join();
      media = opening.join();
      // Before there are sessions, or they would go on with the agents of a port that was left.
      listen(door);
      world = begin(controlPlane, fragments);
      reception = reception();
      door.open(reception.front());
      ready.set(true);
      whole = true;
    } finally {
      if (!whole) {
        certificates.cancel(false);
        parts.close();
      }
    }
  }

  /** A world without sessions, over what was kept. */
  private World begin(ControlPlane controlPlane, FragmentStore fragments) throws IOException {
    PolicyClock clock = new PolicyClock(options.clock());
    Journal journal = new Journal();
    Faults faults = new Faults(journal);
    RetainingFragmentStore store =
        new RetainingFragmentStore(fragments, clock, loop(clock, "the fragments of all streams"));
    controlPlane
        .registry()
        .state()
        .streams()
        .forEach(stream -> store.keep(stream.arn(), stream.settings().retentionHours()));
    StorageService sessions = media.sessions(whose -> loop(clock, whose), store, journal, faults);
    return new World(clock, journal, faults, controlPlane, fragments, store, sessions);
  }

  private Reception reception() {
    return Reception.open(
        new Reception.House(
            options,
            WALL_CLOCK,
            random,
            port::get,
            ready::get,
            authority.pem(),
            listener.vertx(),
            media::candidates,
            this::resetApart),
        world);
  }

  private SessionLoop loop(PolicyClock clock, String whose) {
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

  /** The routes outside the services. */
  List<RawRoute> administration() {
    return reception.administration();
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

  /** What it was told at its start; ports that it chose itself are not in them. */
  public KvsLocalOptions options() {
    return options;
  }

  /** Where clients on this machine find it; the same port speaks HTTP and TLS. */
  public URI endpoint() {
    return URI.create("http://localhost:" + port.get());
  }

  /** The same over TLS, with a certificate that {@link #sslContext} trusts. */
  public URI secureEndpoint() {
    return URI.create("https://localhost:" + port.get());
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

  /** A TLS context for clients that trusts this emulator and nobody else. */
  public SSLContext sslContext() {
    return trust.context();
  }

  /**
   * A file with that certificate as PEM, for clients that want one; of an ephemeral emulator it is
   * a temporary one, written when it is first asked for and deleted by {@link #close}.
   *
   * @throws IOException if the temporary file cannot be written
   */
  public Path trustFile() throws IOException {
    return trust.file();
  }

  /** The file that holds that certificate; empty if the emulator is ephemeral. */
  public Optional<Path> authorityFile() {
    return keeping.authorityFile();
  }

  /** Where everything is kept, absolute; empty if the emulator is ephemeral. */
  public Optional<Path> dataDirectory() {
    return keeping.directory();
  }

  /** The time that the rules go by, which can be moved; {@link #reset} ends it for a new one. */
  public EmulatorClock clock() {
    return new EmulatorClock(world.clock());
  }

  /** What happened, in order: to be looked at, awaited and verified. */
  public EmulatorJournal journal() {
    return new EmulatorJournal(world.journal());
  }

  /** What befalls clients on purpose. */
  public EmulatorFaults faults() {
    World here = world;
    return new EmulatorFaults(here.faults(), here.clock());
  }

  /**
   * What is recorded of a channel, to be awaited and looked at.
   *
   * @param name of the channel, or of a stream that no channel of this name has; of the options'
   *     account and region. It need not exist yet; {@link #reset} ends what it is in
   */
  public Recording recording(String name) {
    World here = world;
    return here.recordings().of(name, () -> onRequestLoop(() -> here.meant(options.owner(), name)));
  }

  /** What is recorded of all streams that have a fragment now, in the order of their names. */
  public List<Recording> recordings() {
    World here = world;
    return onRequestLoop(here::recorded).entrySet().stream()
        .map(each -> here.recordings().of(each.getKey(), each::getValue))
        .toList();
  }

  private <T> T onRequestLoop(Supplier<T> question) {
    return Waiting.on(listener.onRequestLoop(() -> Future.succeededFuture(question.get())));
  }

  /**
   * Sees to it that a channel can be recorded at once, as one of the options can: a channel and a
   * stream of one name, mapped, of the options' account and region. What exists stays as it is.
   * Returns when it can be asked for, and is on disk where there is one.
   *
   * @param name 1 to 256 characters of {@code [a-zA-Z0-9_.-]}
   * @throws IllegalArgumentException if it is another name
   * @throws IllegalStateException if this is called on an event loop, if the emulator ends, or if
   *     the disk does not take it
   */
  public RecordedChannel createChannel(String name) {
    KvsLocalOptions.requireChannelName(name);
    synchronized (turn) {
      requireOpen();
      World here = world;
      return Waiting.on(
          listener.onRequestLoop(
              () ->
                  here.ready(options.owner(), name)
                      .compose(made -> here.controlPlane().whenSaved().map(saved -> made))));
    }
  }

  /**
   * Makes everything as fresh as after the start: sessions end, and with them their connections and
   * signaling sockets; channels, streams, recordings, waiting messages, counted quotas and the
   * journal are gone, also from the disk; the clock is as it began; the options' channels are there
   * anew. Ports, certificates and the media stack stay, so this takes milliseconds. Returns when
   * all of it is done; nothing that the former sessions do afterwards shows. Requests that come
   * meanwhile are answered with 503.
   *
   * @throws IllegalStateException if this is called on an event loop, if the emulator ends, or if
   *     the disk does not do it: then every request is answered with 503 until a reset succeeds
   */
  public void reset() {
    Waiting.requireNoEventLoop();
    synchronized (turn) {
      requireOpen();
      door.shut();
      media.endSessions("the emulator is reset");
      world.close();
      world.controlPlane().stop();
      try {
        FragmentStore fragments = keeping.clear();
        world = begin(ControlPlane.open(keeping, options, random), fragments);
      } catch (IOException | RefusedException e) {
        throw new IllegalStateException(
            "the emulator cannot be reset: " + StartException.words(e), e);
      }
      reception = reception();
      door.open(reception.front());
    }
  }

  /** For who must not wait for it; the request that asks is answered by the world that ends. */
  private CompletableFuture<Void> resetApart() {
    return CompletableFuture.runAsync(this::reset, task -> new Thread(task, "reset").start());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the emulator is closed; start another one");
    }
  }

  /**
   * Ends every session, stores what was received, and frees everything: in milliseconds, or within
   * three seconds if the disk does not take it.
   */
  @Override
  public void close() {
    ready.set(false);
    synchronized (turn) {
      closed = true;
      world.clock().close();
      // Before the sessions end, or one that is joined meanwhile would be ended by nobody.
      listener.closePorts();
      world.store().close();
      media.endSessions("the emulator ends");
      world.close();
      parts.close();
    }
  }
}
