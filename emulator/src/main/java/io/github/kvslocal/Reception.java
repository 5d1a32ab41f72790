package io.github.kvslocal;

import io.github.kvslocal.api.Admission;
import io.github.kvslocal.http.AdminGate;
import io.github.kvslocal.http.AdminRoutes;
import io.github.kvslocal.http.AlexaOffers;
import io.github.kvslocal.http.ArchivedMediaRoutes;
import io.github.kvslocal.http.ClockRoutes;
import io.github.kvslocal.http.FaultRoutes;
import io.github.kvslocal.http.FaultTags;
import io.github.kvslocal.http.HttpApi;
import io.github.kvslocal.http.JournalRoutes;
import io.github.kvslocal.http.KinesisVideoRoutes;
import io.github.kvslocal.http.MediaRoutes;
import io.github.kvslocal.http.Operation;
import io.github.kvslocal.http.RawRoute;
import io.github.kvslocal.http.RecordingRoutes;
import io.github.kvslocal.http.ResetRoutes;
import io.github.kvslocal.http.SessionRoutes;
import io.github.kvslocal.http.SignalingRoutes;
import io.github.kvslocal.http.StorageRoutes;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.runtime.ChannelDirectory;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.vertx.Front;
import io.github.kvslocal.vertx.Listener;
import io.github.kvslocal.websocket.SignalingSocket;
import io.github.kvslocal.websocket.SocketFaults;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Everything that answers HTTP requests and upgrades, out of one world.
 *
 * @param administration the routes outside the services, behind their gate
 */
record Reception(Front front, List<RawRoute> administration) {

  /**
   * What stays while worlds come and go.
   *
   * @param port the bound one
   * @param reset never blocks; completes when the next world is open
   */
  record House(
      KvsLocalOptions options,
      InstantSource wallClock,
      RandomGenerator random,
      IntSupplier port,
      BooleanSupplier ready,
      String authorityPem,
      Vertx vertx,
      Supplier<List<String>> candidates,
      Supplier<CompletionStage<Void>> reset) {}

  /** One before this world. */
  static Reception open(House house, World world) {
    KvsLocalOptions options = house.options();
    List<Operation> operations = operations(house, world);
    List<RawRoute> administration =
        new AdminGate(options.adminRemote(), options.publicUrl())
            .guard(administration(house, world, operations));
    Admission admission =
        AdmissionDesk.open(
            options, operations, new Admission.Clocks(house.wallClock(), world.clock()));
    FaultTags tags = new FaultTags(world.controlPlane().registry(), world.faults());
    tags.read(world.clock().instant());
    HttpApi api =
        new HttpApi(
            house.vertx(),
            tags.watching(operations),
            administration,
            new HttpApi.Setting(
                world.clock(),
                house.random(),
                admission,
                options.publicUrl(),
                world.controlPlane().saving(house.vertx()),
                world.journal(),
                world.faults()));
    return new Reception(new FrontDoor(api, sockets(house, world, admission)), administration);
  }

  private static List<Operation> operations(House house, World world) {
    Registry registry = world.controlPlane().registry();
    StorageService sessions = world.sessions();
    AlexaOffers offers = new AlexaOffers(new ChannelDirectory(registry), sessions::alexaOffer);
    return Stream.of(
            new KinesisVideoRoutes(
                    registry, world.controlPlane().configurations(), sessions, world.store())
                .operations(),
            new SignalingRoutes(registry, house.port(), house.random(), offers).operations(),
            new StorageRoutes(registry, sessions).operations(),
            new MediaRoutes(registry, house.options().owner()).operations(),
            new ArchivedMediaRoutes(registry, house.options().owner()).operations())
        .flatMap(List::stream)
        .toList();
  }

  private static List<RawRoute> administration(
      House house, World world, List<Operation> operations) {
    Registry registry = world.controlPlane().registry();
    return Stream.of(
            new AdminRoutes(house.ready(), house.authorityPem(), operations).routes(),
            new ClockRoutes(world.clock()).routes(),
            new JournalRoutes(world.journal(), house.vertx()).routes(),
            new RecordingRoutes(registry, world.store(), house.options().owner(), house.vertx())
                .routes(),
            new SessionRoutes(world.sessions()::views, house.candidates()).routes(),
            new FaultRoutes(world.faults(), world.clock()).routes(),
            new ResetRoutes(house.reset()).routes())
        .flatMap(List::stream)
        .toList();
  }

  private static SignalingSocket sockets(House house, World world, Admission admission) {
    return new SignalingSocket(
        new ChannelDirectory(world.controlPlane().registry()),
        admission,
        world.sessions(),
        new SignalingSocket.Setting(
            house.wallClock(),
            house.random(),
            house.options().signaling().candidateSdpMid(),
            Listener::closeSoon,
            Listener::onViolation,
            new UpgradeNotes(world.journal(), world.clock()),
            new SocketFaults(world.faults(), world.clock(), Listener::cut)));
  }
}
