package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.peer.FakeDtls;
import io.github.kvslocal.peer.FakeIce;
import io.github.kvslocal.recording.ForwardingFragmentStore;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.Said;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two masters, and a disk that is in trouble with the stream of the one. */
class DiskTroubleTest {
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");

  private final TestWorld world = new TestWorld();
  private final TroubledStore store = new TroubledStore(world.store);
  private final StorageSessions sessions = new StorageSessions(world.runtime(store));

  /** Is full, or slow, for the fragments of one stream. */
  private static final class TroubledStore extends ForwardingFragmentStore {
    boolean full;
    boolean slow;
    final Queue<Runnable> waiting = new ArrayDeque<>();

    TroubledStore(FragmentStore store) {
      super(store);
    }

    @Override
    public CompletableFuture<Void> append(
        StreamArn stream, FragmentMetadata metadata, byte[] file) {
      if (!stream.name().equals("door") || !(full || slow)) {
        return super.append(stream, metadata, file);
      }
      if (full) {
        return CompletableFuture.failedFuture(new IOException("No space left on device"));
      }
      CompletableFuture<Void> done = new CompletableFuture<>();
      waiting.add(
          () -> {
            super.append(stream, metadata, file).join();
            done.complete(null);
          });
      return done;
    }

    @Override
    public long waitingBytes() {
      return slow ? Runtime.getRuntime().maxMemory() : super.waitingBytes();
    }
  }

  @Test
  void fullDiskInterruptsTheRecordingUntilThereIsSpaceAndNothingElse() throws Exception {
    FakeIce.Transport toDoor = connect("door");
    FakeIce.Transport toGate = connect("gate");
    ClipSender door = new ClipSender(world.loop, toDoor);

    store.full = true;
    door.playTo(MediaTime.ofMillis(4_600));
    store.full = false;
    door.playTo(MediaTime.ofMillis(6_000));
    endAll();

    assertThat(troubles("door"))
        .containsExactly(
            "recording-interrupted: No space left on device; nothing is recorded until the disk"
                + " takes fragments again",
            "recording-resumed: fragments are stored again; lost were 2");
    assertThat(world.store.list(TestWorld.stream("door"))).hasSize(1);
    assertThat(troubles("gate")).isEmpty();
    assertThat(toGate.closed()).isTrue();
  }

  @Test
  void slowDiskCostsFragmentsOfItsRecordingAndNoSession() throws Exception {
    FakeIce.Transport toDoor = connect("door");
    ClipSender door = new ClipSender(world.loop, toDoor);

    store.slow = true;
    door.playTo(MediaTime.ofMillis(4_600));
    assertThat(store.waiting).hasSize(1);
    assertThat(toDoor.closed()).isFalse();
    store.slow = false;
    store.waiting.remove().run();
    door.playTo(MediaTime.ofMillis(6_000));
    endAll();

    assertThat(troubles("door")).hasSize(2);
    assertThat(troubles("door").get(0)).contains("the disk is too slow");
    assertThat(troubles("door").get(1)).contains("lost were 1");
    assertThat(world.store.list(TestWorld.stream("door"))).hasSize(2);
  }

  @Test
  void anotherRecordingLosesNothing() throws Exception {
    connect("door");
    ClipSender gate = new ClipSender(world.loop, connect("gate"));

    store.full = true;
    gate.playTo(MediaTime.ofMillis(6_000));
    endAll();

    assertThat(world.store.list(TestWorld.stream("gate")))
        .extracting(FragmentMetadata::duration)
        .hasSize(3)
        .allSatisfy(duration -> assertThat(duration).isGreaterThan(Duration.ofMillis(1_900)));
  }

  private void endAll() {
    CompletableFuture<Void> ended = sessions.endAll("over");
    world.loop.settle();
    assertThat(ended).isCompleted();
  }

  private List<String> troubles(String channel) {
    return world.journal.entries().stream()
        .filter(entry -> entry.channel().equals(channel))
        .filter(entry -> entry.event().text().matches("recording-(interrupted|resumed)"))
        .map(DiskTroubleTest::text)
        .toList();
  }

  private static String text(JournalEntry entry) {
    return entry.event() + ": " + entry.detail();
  }

  private FakeIce.Transport connect(String channel) throws Exception {
    FakeSocket socket = new FakeSocket();
    sessions.signalingOpened(TestWorld.channel(channel), Participant.MASTER, socket, Said.RECORDED);
    sessions.join(
        TestWorld.channel(channel),
        TestWorld.stream(channel),
        Participant.MASTER,
        ChannelFacts.DEFAULT);
    world.loop.settle();
    String answer =
        SdpWriter.write(
            new AnswerPlan(true, Setup.ACTIVE)
                .answer(SdpReader.read(socket.offers().get(0)), REMOTE, FakeDtls.FINGERPRINT));
    sessions.signalingReceived(
        TestWorld.channel(channel), socket, Said.answer(answer, ""), Said.RECORDED);
    world.loop.settle();
    world.ice.last().select();
    world.dtls.last().establish();
    world.loop.settle();
    return world.ice.last();
  }
}
