package io.github.kvslocal.routing.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.rtp.LiveSink;
import io.github.kvslocal.rtp.MediaReceiver;
import io.github.kvslocal.rtp.ReceiveParameters;
import io.github.kvslocal.rtp.TrackFormat;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A talker's RTP packets from the network to those who listen, and to the recording, with losses.
 */
class LostSoundTest implements LiveSink, VoiceOutput {
  private static final long MS = 1_000_000L;
  private static final Participant ANN = new Participant.Viewer(new ClientId("ann"));
  private static final int COUNT = 1_500;

  private final MediaReceiver receiver =
      new MediaReceiver(
          ReceiveParameters.of(
              TrackFormat.ABSENT,
              new TrackFormat(111, TrackFormat.NONE, false, ""),
              new HeaderExtensions(3, 4),
              "us"),
          99,
          new LiveClock(0, Instant.EPOCH),
          this);
  private final VoiceRoom room = new VoiceRoom(new LevelOpus(), this, 0, false);
  private final List<Integer> live = new ArrayList<>();
  private final List<Integer> heard = new ArrayList<>();
  private final List<Integer> stored = new ArrayList<>();

  /** Packets by the moments when they come. */
  private final TreeMap<Long, Integer> arrivals = new TreeMap<>();

  private long now;

  /** How it went until the last packet came. */
  private VoiceStatistics statistics = VoiceStatistics.NONE;

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 7", "1, 19", "27, 0", "27, 11", "27, 19", "145, 0", "145, 5", "145, 16"})
  void asManyFramesAreConcealedAsPacketsAreLost(int losses, int phase)
      throws MalformedPacketException {
    Set<Integer> lost = numbers(losses, new Random(losses + phase));
    for (int number = 0; number < COUNT; number++) {
      if (!lost.contains(number)) {
        arrivals.put((1_000 + 20L * number + phase) * MS, number);
      }
    }

    play();

    assertThat(statistics.concealed()).isEqualTo(losses);
    assertThat(statistics.dropped() + statistics.late()).isZero();
    assertThat(heard).hasSize(COUNT - losses).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void packetThatIsOvertakenIsHeardInItsPlace() throws MalformedPacketException {
    for (int number = 0; number < 100; number++) {
      long late = number % 10 == 5 ? 24 * MS : 0;
      arrivals.put((1_000 + 20L * number) * MS + late, number);
    }

    play();

    assertThat(statistics.concealed()).isZero();
    assertThat(heard).hasSize(100).isSorted();
  }

  @Test
  void packetThatIsTooLateToBeHeardIsRecorded() throws MalformedPacketException {
    for (int number = 0; number < 100; number++) {
      long late = number == 50 ? 85 * MS : 0;
      arrivals.put((1_000 + 20L * number) * MS + late, number);
    }

    play();

    assertThat(live).hasSize(99).doesNotContain(50);
    assertThat(stored).hasSize(100).isSorted();
  }

  private static Set<Integer> numbers(int losses, Random random) {
    Set<Integer> numbers = new HashSet<>();
    while (numbers.size() < losses) {
      int number = 50 + random.nextInt(COUNT - 100);
      // no more at once than are concealed
      if (!numbers.contains(number - 1) && !numbers.contains(number + 1)) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** Lets everything arrive, and half a second pass. */
  private void play() throws MalformedPacketException {
    room.join(Participant.MASTER, false, now);
    room.join(ANN, true, now);
    long end = arrivals.lastKey() + 500 * MS;
    while (now < end) {
      long arrival = arrivals.isEmpty() ? Long.MAX_VALUE : arrivals.firstKey();
      long next = Math.min(receiver.nextDeadline(now), Math.min(arrival, room.nextDeadline()));
      now = Math.min(end, Math.max(now, next));
      Integer number = arrival <= now ? arrivals.remove(arrival) : null;
      if (number != null) {
        byte[] packet = packet(number);
        receiver.rtp(packet, 0, packet.length, now);
        statistics = room.statistics();
      }
      receiver.poll(now, frame -> stored.add(Scene.level(frame)));
      receiver.writeFeedback(now, new byte[MediaReceiver.MAX_FEEDBACK], 0);
      room.poll(now);
    }
    receiver.finish(now, frame -> stored.add(Scene.level(frame)));
  }

  private static byte[] packet(int number) {
    byte[] sound = LevelOpus.packet(number);
    return ByteBuffer.allocate(12 + sound.length)
        .put((byte) 0x80)
        .put((byte) 111)
        .putShort((short) (65_000 + number))
        .putInt(PcmFrame.SAMPLES * number)
        .putInt(7)
        .put(sound)
        .array();
  }

  @Override
  public void liveFrame(EncodedFrame frame) {
    live.add(Scene.level(frame));
    room.push(Participant.MASTER, frame, now);
  }

  @Override
  public void liveGap(Track track) {}

  @Override
  public void heard(Participant listener, EncodedFrame frame) {
    heard.add(Scene.level(frame));
  }

  @Override
  public void mixBegins() {}

  @Override
  public void mixed(EncodedFrame frame) {}

  @Override
  public void mixEnds() {}
}
