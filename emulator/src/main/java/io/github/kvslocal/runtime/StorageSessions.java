package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The storage sessions of all channels. Each lives on a loop of its own from the first socket or
 * join of its channel until nobody is left in it; a failure in one ends that one.
 */
public final class StorageSessions implements StorageService {
  /**
   * Messages of one socket on their way to its loop: what a client may send in 40 s and more than a
   * socket takes in a second, since a machine that is busy is no fault of the client's.
   */
  static final int MOST_WAITING_MESSAGES = 1_024;

  private final EmulatorRuntime world;
  private final Map<ChannelArn, Hosted> channels = new ConcurrentHashMap<>();

  /** Guards that no session begins behind the back of {@link #endAll}. */
  private final Object ending = new Object();

  private boolean ended;

  /** How many messages of a socket are on their way; none has no entry. */
  private final Map<SignalingConnection, Integer> waiting = new ConcurrentHashMap<>();

  /** The sockets whose activity is on its way: more of it says nothing new. */
  private final Set<SignalingConnection> active = ConcurrentHashMap.newKeySet();

  /** A driver with the number of tasks that are on their way to its loop. */
  private static final class Hosted {
    final ChannelDriver driver;
    int expected;

    Hosted(ChannelDriver driver) {
      this.driver = driver;
    }
  }

  public StorageSessions(EmulatorRuntime world) {
    this.world = world;
    world.faults().watch(this::rulesChanged);
  }

  /** Rules of faults have come or gone: they may befall what is open. */
  private void rulesChanged() {
    for (ChannelArn channel : channels.keySet()) {
      onLoop(channel, ChannelDriver::rulesChanged);
    }
  }

  @Override
  public CompletionStage<Void> join(
      ChannelArn channel, StreamArn stream, Participant participant, ChannelFacts facts) {
    return decision(channel, driver -> driver.join(stream, participant, facts));
  }

  /** Something that a channel may decline. */
  private interface Decision {
    void on(ChannelDriver driver) throws RefusedException;
  }

  private CompletionStage<Void> decision(ChannelArn channel, Decision decision) {
    CompletableFuture<Void> decided = new CompletableFuture<>();
    onLoop(
        channel,
        driver -> {
          try {
            decision.on(driver);
            decided.complete(null);
          } catch (RefusedException e) {
            decided.completeExceptionally(e);
          } catch (RuntimeException | Error e) {
            decided.completeExceptionally(e);
            throw e;
          }
        },
        () -> decided.completeExceptionally(over()));
    return decided;
  }

  private static RefusedException over() {
    return new RefusedException(
        Reason.RESOURCE_IN_USE, "The emulator ends or is reset; try again.");
  }

  @Override
  public CompletionStage<Void> admit(ChannelArn channel, Participant participant) {
    return decision(channel, driver -> driver.sockets().admit(participant));
  }

  @Override
  public void withdraw(ChannelArn channel, Participant participant) {
    onLoop(channel, driver -> driver.sockets().withdraw(participant));
  }

  @Override
  public void signalingOpened(
      ChannelArn channel,
      Participant participant,
      SignalingConnection connection,
      ChannelFacts facts) {
    onLoop(
        channel,
        driver -> driver.sockets().opened(participant, connection, facts),
        () -> connection.close(CloseCode.GOING_AWAY, "the emulator ends or is reset"));
  }

  @Override
  public void signalingReceived(
      ChannelArn channel, SignalingConnection connection, Inbound message, ChannelFacts facts) {
    if (waiting.merge(connection, 1, Integer::sum) > MOST_WAITING_MESSAGES) {
      taken(connection);
      connection.close(CloseCode.POLICY_VIOLATION, "too many messages at once");
      return;
    }
    onLoop(
        channel,
        driver -> {
          taken(connection);
          driver.sockets().received(connection, message, facts);
        });
  }

  private void taken(SignalingConnection connection) {
    waiting.computeIfPresent(connection, (key, count) -> count == 1 ? null : count - 1);
  }

  @Override
  public void signalingActive(ChannelArn channel, SignalingConnection connection) {
    if (active.add(connection)) {
      onLoop(
          channel,
          driver -> {
            active.remove(connection);
            driver.sockets().active(connection);
          });
    }
  }

  @Override
  public void signalingClosed(ChannelArn channel, SignalingConnection connection) {
    onLoop(channel, driver -> driver.sockets().closed(connection));
  }

  @Override
  public CompletableFuture<String> alexaOffer(
      ChannelArn channel, ClientId sender, String payload, ChannelFacts facts) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    onLoop(
        channel,
        driver -> driver.sockets().alexaOffer(sender, payload, facts, answer),
        () -> answer.completeExceptionally(over()));
    return answer;
  }

  @Override
  public void channelDeleted(ChannelArn channel) {
    if (channels.containsKey(channel)) {
      onLoop(channel, ChannelDriver::channelDeleted);
    }
  }

  @Override
  public void storageEnded(ChannelArn channel, String why) {
    if (channels.containsKey(channel)) {
      onLoop(channel, driver -> driver.storageEnded(why));
    }
  }

  @Override
  public CompletionStage<List<SessionView>> views() {
    List<CompletableFuture<SessionView>> views =
        List.copyOf(channels.values()).stream()
            .map(each -> each.driver)
            .map(driver -> CompletableFuture.supplyAsync(driver::view, driver.loop()::execute))
            .toList();
    return CompletableFuture.allOf(views.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all ->
                views.stream()
                    .map(CompletableFuture::join)
                    .filter(view -> !view.peers().isEmpty())
                    .sorted(Comparator.comparing(view -> view.channel().toString()))
                    .toList());
  }

  /**
   * Ends every session; completes when all recordings are stored. From now on no other begins:
   * joins and upgrades are declined, and a socket that opens is closed.
   */
  public CompletableFuture<Void> endAll(String why) {
    List<Hosted> hosts;
    synchronized (ending) {
      ended = true;
      hosts = List.copyOf(channels.values());
    }
    List<CompletableFuture<Void>> ends =
        hosts.stream().map(hosted -> end(hosted.driver, why)).toList();
    return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
  }

  private static CompletableFuture<Void> end(ChannelDriver driver, String why) {
    SessionLoop loop = driver.loop();
    return CompletableFuture.runAsync(() -> driver.shutDown(why), loop::execute)
        .thenComposeAsync(ended -> driver.stored(), loop::execute);
  }

  private void onLoop(ChannelArn channel, Consumer<ChannelDriver> task) {
    expect(channel, /* begins= */ false).ifPresent(hosted -> onLoop(hosted, channel, task));
  }

  /** The same for what may begin a session. */
  private void onLoop(ChannelArn channel, Consumer<ChannelDriver> task, Runnable tooLate) {
    expect(channel, /* begins= */ true)
        .ifPresentOrElse(hosted -> onLoop(hosted, channel, task), tooLate);
  }

  private void onLoop(Hosted hosted, ChannelArn channel, Consumer<ChannelDriver> task) {
    hosted
        .driver
        .loop()
        .execute(
            () -> {
              try {
                task.accept(hosted.driver);
              } finally {
                forgetIfUnused(channel, 1);
              }
            });
  }

  /** Who takes one more task; empty when all has ended and nobody is left who would. */
  private Optional<Hosted> expect(ChannelArn channel, boolean begins) {
    synchronized (ending) {
      if (ended && (begins || !channels.containsKey(channel))) {
        return Optional.empty();
      }
      return Optional.of(
          channels.compute(
              channel,
              (key, known) -> {
                Hosted host = known == null ? host(key) : known;
                host.expected++;
                return host;
              }));
    }
  }

  private Hosted host(ChannelArn channel) {
    return new Hosted(new ChannelDriver(channel, world, () -> forgetIfUnused(channel, 0)));
  }

  /** On the channel's loop, so that what it looks at stands still meanwhile. */
  private void forgetIfUnused(ChannelArn channel, int tasksDone) {
    channels.computeIfPresent(
        channel,
        (key, hosted) -> {
          hosted.expected -= tasksDone;
          return hosted.expected == 0 && hosted.driver.isUnused() ? null : hosted;
        });
  }

  /** How many channels have a session at present. */
  public int count() {
    return channels.size();
  }
}
