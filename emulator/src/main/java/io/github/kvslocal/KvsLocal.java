package io.github.kvslocal;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.disk.DataDirectory;
import io.github.kvslocal.disk.DiskRegistry;
import io.github.kvslocal.http.AdminRoutes;
import io.github.kvslocal.http.HttpApi;
import io.github.kvslocal.http.KinesisVideoRoutes;
import io.github.kvslocal.http.Operation;
import io.github.kvslocal.http.RawRoute;
import io.github.kvslocal.http.SignalingRoutes;
import io.github.kvslocal.http.StorageRoutes;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.tls.CertificateAuthority;
import io.github.kvslocal.tls.ServerCertificates;
import io.github.kvslocal.vertx.Listener;
import io.github.kvslocal.websocket.SignalingSocket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A running emulator: the wiring of all its parts. */
public final class KvsLocal implements AutoCloseable {
  private final DataDirectory data;
  private final CertificateAuthority authority;
  private final Listener listener;
  private final Registry registry;
  private final DiskRegistry registryFile;
  private final AtomicInteger port = new AtomicInteger();
  private final AtomicBoolean ready = new AtomicBoolean();

  private KvsLocal(
      DataDirectory data,
      CertificateAuthority authority,
      Listener listener,
      Registry registry,
      DiskRegistry registryFile) {
    this.data = data;
    this.authority = authority;
    this.listener = listener;
    this.registry = registry;
    this.registryFile = registryFile;
  }

  /**
   * Starts an emulator and returns when it takes requests.
   *
   * @throws StartException if a port, the data directory or an option is not usable
   */
  public static KvsLocal start(KvsLocalOptions options) throws StartException {
    return start(options, emulator -> new AbsentStorage());
  }

  /** The same with other storage sessions. */
  static KvsLocal start(KvsLocalOptions options, Function<KvsLocal, StorageService> storage)
      throws StartException {
    KvsLocal emulator = open(options);
    try {
      emulator.serve(options, storage.apply(emulator));
      return emulator;
    } catch (IOException | RefusedException | IllegalArgumentException e) {
      emulator.close();
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Everything that is kept, and the loops; no port yet. */
  private static KvsLocal open(KvsLocalOptions options) throws StartException {
    InstantSource wallClock = InstantSource.system();
    DataDirectory data;
    try {
      data = DataDirectory.open(options.dataDirectory());
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
    // The loops take a good part of the start; they come up while the files are read.
    var certificates = new CompletableFuture<ServerCertificates>();
    var loops =
        CompletableFuture.supplyAsync(
            () -> Listener.start(name -> certificates.join().forName(name)));
    try {
      var authority = CertificateAuthority.open(data.path(), wallClock.instant());
      certificates.complete(new ServerCertificates(authority, wallClock, options.advertise()));
      var registryFile = new DiskRegistry(data.path());
      var registry = new Registry(registryFile.load(), new SecureRandom());
      return new KvsLocal(data, authority, loops.join(), registry, registryFile);
    } catch (IOException e) {
      loops.join().close();
      data.close();
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void serve(KvsLocalOptions options, StorageService storage)
      throws IOException, RefusedException {
    RandomGenerator random = new SecureRandom();
    Owner owner = new Owner(options.account(), options.region());
    for (String channel : options.channels()) {
      registry.ready(owner, channel, options.clock().instant());
    }
    if (!options.channels().isEmpty()) {
      registryFile.save(registry.state());
    }

    List<Operation> operations =
        Stream.of(
                new KinesisVideoRoutes(registry).operations(),
                new SignalingRoutes(registry, port::get).operations(),
                new StorageRoutes(registry, storage).operations())
            .flatMap(List::stream)
            .toList();
    List<RawRoute> rawRoutes = new AdminRoutes(ready::get, authority.pem()).routes();
    HttpApi.Setting setting =
        new HttpApi.Setting(
            options.clock(), random, owner, options.publicUrl(), this::saveRegistry);
    HttpApi api = new HttpApi(operations, rawRoutes, setting);
    SignalingSocket sockets = new SignalingSocket(registry::channel, storage, random);
    Handler<HttpServerRequest> front =
        request -> {
          if (SignalingSocket.isUpgrade(request)) {
            sockets.handle(request);
          } else {
            api.handle(request, port.get());
          }
        };

    port.set(listener.listen(options.port(), front));
    if (options.tlsPort() != KvsLocalOptions.NO_PORT) {
      listener.listenForTls(options.tlsPort(), front);
    }
    ready.set(true);
  }

  /** Keeps the state of this moment; the writing is a worker's. */
  private Future<?> saveRegistry() {
    RegistryState state = registry.state();
    return listener
        .vertx()
        .executeBlocking(
            () -> {
              registryFile.save(state);
              return state;
            });
  }

  /** Where clients on this machine find it; the same port speaks HTTP and TLS. */
  public URI endpoint() {
    return URI.create("http://localhost:" + port.get());
  }

  /** The certificate that clients have to trust for TLS, a file in PEM. */
  public Path authorityFile() {
    return authority.file();
  }

  /** Where everything is kept, absolute. */
  public Path dataDirectory() {
    return data.path();
  }

  /** Ends everything; returns after two seconds at the latest. */
  @Override
  public void close() {
    ready.set(false);
    listener.close();
    data.close();
  }
}
