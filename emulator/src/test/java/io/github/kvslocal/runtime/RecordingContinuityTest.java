package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.peer.FakeDtls;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One stream through the connections of its master (PROTOCOL: producer and server timestamps). */
class RecordingContinuityTest {
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");

  private final TestWorld world = new TestWorld();
  private final StorageSessions sessions = new StorageSessions(world.runtime());
  private final FakeSocket socket = new FakeSocket();

  @Test
  void masterThatComesAgainGoesOnInTheSameStreamLater() throws Exception {
    play(connect());
    world.dtls.last().goodbye();
    world.loop.advance(Duration.ofSeconds(30));

    play(connect());
    world.dtls.last().goodbye();
    world.loop.advance(Duration.ofSeconds(1));

    assertThat(fragments()).hasSize(6);
    assertContinuous(fragments());
  }

  @Test
  void masterThatReplacesItselfWithoutAGoodbyeOverlapsNothing() throws Exception {
    play(connect());

    play(connect());
    world.dtls.last().goodbye();
    world.loop.advance(Duration.ofSeconds(1));

    assertThat(fragments()).hasSize(6);
    assertContinuous(fragments());
  }

  @Test
  void producerTimeIsTheConnectionsStartPlusItsMedia() throws Exception {
    ClipSender sender = connect();
    Instant start = world.loop.now();

    play(sender);

    assertThat(fragments().subList(0, 2))
        .extracting(FragmentMetadata::producerTime)
        .containsExactly(start, start.plusSeconds(2));
  }

  @Test
  void serverTimeIsWhenTheFragmentWasWhole() throws Exception {
    play(connect());

    assertThat(fragments())
        .isNotEmpty()
        .allSatisfy(
            fragment ->
                assertThat(fragment.serverTime())
                    .isBetween(
                        fragment.producerTime().plus(fragment.duration()),
                        fragment.producerTime().plus(fragment.duration()).plusSeconds(2)));
  }

  /** By number, and so by both of the times; where one ends the next has not begun. */
  private static void assertContinuous(List<FragmentMetadata> fragments) {
    for (int i = 1; i < fragments.size(); i++) {
      FragmentMetadata before = fragments.get(i - 1);
      FragmentMetadata after = fragments.get(i);
      assertThat(after.producerTime())
          .as("fragment %d", i)
          .isAfterOrEqualTo(before.producerTime().plus(before.duration()));
      assertThat(after.serverTime()).as("fragment %d", i).isAfterOrEqualTo(before.serverTime());
    }
  }

  private List<FragmentMetadata> fragments() {
    return world.store.list(TestWorld.stream("door"));
  }

  private void play(ClipSender sender) {
    sender.playTo(MediaTime.ofMillis(7_000));
    world.loop.advance(Duration.ofMillis(500));
  }

  /** A connected master, which has joined anew. */
  private ClipSender connect() throws Exception {
    if (socket.offers().isEmpty()) {
      sessions.signalingOpened(
          TestWorld.channel("door"), Participant.MASTER, socket, Said.RECORDED);
    }
    sessions.join(
        TestWorld.channel("door"),
        TestWorld.stream("door"),
        Participant.MASTER,
        ChannelFacts.DEFAULT);
    world.loop.settle();
    String offer = socket.offers().get(socket.offers().size() - 1);
    String answer =
        SdpWriter.write(
            new AnswerPlan(true, Setup.ACTIVE)
                .answer(SdpReader.read(offer), REMOTE, FakeDtls.FINGERPRINT));
    sessions.signalingReceived(
        TestWorld.channel("door"), socket, Said.answer(answer, ""), Said.RECORDED);
    world.loop.settle();
    world.ice.last().select();
    world.dtls.last().establish();
    world.loop.settle();
    return new ClipSender(world.loop, world.ice.last());
  }
}
