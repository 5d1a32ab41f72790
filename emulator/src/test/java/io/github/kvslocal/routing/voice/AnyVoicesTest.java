package io.github.kvslocal.routing.voice;

import static io.github.kvslocal.routing.voice.Scene.ANN;
import static io.github.kvslocal.routing.voice.Scene.BEN;
import static io.github.kvslocal.routing.voice.Scene.MASTER;
import static io.github.kvslocal.routing.voice.Scene.MS;
import static io.github.kvslocal.routing.voice.Scene.ORIGIN;
import static io.github.kvslocal.routing.voice.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one participant sends, the others' session goes on. */
class AnyVoicesTest {
  private static final int PARTICIPANTS = 6;
  private static final int STEPS = 150;
  private static final long TEN_MS = 10 * MS;

  /** CELT, full band, 10 ms, with a count of frames (RFC 6716 section 3.1 and 3.2.5). */
  private static final int COUNTED_TENS = 30 << 3 | 3;

  /** The second jump makes a new base for the first one's packet, so that it is due at once. */
  @ParameterizedTest
  @CsvSource({"12, 2000, 200", "12, -2000, 200", "12, 700, 100", "6, 2000, 200", "3, 2000, 200"})
  void clockThatIsSetTwiceInTheMidstOfAPacketIsFollowed(int tens, int first, int second) {
    Scene scene = new Scene(new LevelOpus());
    scene.join(MASTER, ANN, BEN);
    scene.speaks(MASTER, 1_000);
    byte[] packet = LevelOpus.packetOfTens(tens, 200);
    long time = scene.now - ORIGIN + 10 * SECOND;

    for (int number = 0; number < 100; number++) {
      time += tens * TEN_MS;
      if (number == 20) {
        send(scene, ANN, time + first * MS, packet);
        time += (first + second) * MS + tens * TEN_MS;
      }
      send(scene, ANN, time, packet);
      scene.run(tens * TEN_MS);
    }

    assertThat(scene.levelHeardBy(BEN)).isEqualTo(1_200);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 12})
  void survivesAnyParticipants(int seed) {
    Random random = new Random(seed);
    Scene scene = new Scene(new ConcentusOpus());
    Crowd crowd = new Crowd(scene, random);

    for (int step = 0; step < STEPS; step++) {
      crowd.comeAndGo();
      crowd.talk();
      crowd.listen();
    }

    assertThat(scene.heard).isNotEmpty();
    for (List<EncodedFrame> frames : scene.heard.values()) {
      assertThat(frames).allMatch(frame -> frame.size() <= OpusEncoder.MAX_PACKET);
      assertThatTimesIncrease(frames);
    }
  }

  /** An owner who has his turn seldom has the more to do then. */
  @ParameterizedTest
  @ValueSource(ints = {20, 25, 30, 40, 60, 100})
  void everyFrameIsHeardHoweverSeldomTheOwnerHasHisTurn(int millis) {
    Scene scene = new Scene(new LevelOpus());
    scene.join(MASTER, ANN);
    long begin = scene.now;
    long sent = 0;

    for (long now = begin; now < begin + 10 * SECOND; now += millis * MS) {
      for (; begin + sent * PcmFrame.NANOS <= now; sent++) {
        send(scene, MASTER, begin - ORIGIN + sent * PcmFrame.NANOS, LevelOpus.packet(500), now);
      }
      if (scene.room.nextDeadline() <= now) {
        scene.room.poll(now);
      }
    }

    assertThat(scene.heardBy(ANN)).hasSizeBetween(485, 500);
    assertThatTimesIncrease(scene.heardBy(ANN));
  }

  private static void send(Scene scene, Participant who, long time, byte[] packet) {
    send(scene, who, time, packet, scene.now);
  }

  private static void send(Scene scene, Participant who, long time, byte[] packet, long now) {
    MediaTime live = new MediaTime(Math.max(0, time));
    scene.room.push(who, new EncodedFrame(Track.AUDIO, live, true, packet), now);
  }

  private static void assertThatTimesIncrease(List<EncodedFrame> frames) {
    long last = -1;
    for (EncodedFrame frame : frames) {
      assertThat(frame.time().nanos()).isGreaterThan(last);
      last = frame.time().nanos();
    }
  }

  /** Participants who come, go, stall, set their clocks, and send packets of any length. */
  private static final class Crowd {
    private final Scene scene;
    private final Random random;
    private final List<Participant> all = new ArrayList<>(List.of(MASTER));
    private final long[] times = new long[PARTICIPANTS];
    private final int[] tens = new int[PARTICIPANTS];

    private Crowd(Scene scene, Random random) {
      this.scene = scene;
      this.random = random;
      for (int i = 0; i < PARTICIPANTS; i++) {
        if (i > 0) {
          all.add(new Participant.Viewer(new ClientId("viewer-" + i)));
        }
        times[i] = 20 * SECOND;
        tens[i] = 1 + random.nextInt(12);
      }
      all.forEach(scene::join);
    }

    private void comeAndGo() {
      int one = random.nextInt(PARTICIPANTS);
      switch (random.nextInt(60)) {
        case 0 -> scene.room.leave(all.get(one), scene.now);
        case 1, 2 -> scene.room.join(all.get(one), random.nextBoolean(), scene.now);
        case 3 -> scene.join(MASTER);
        case 4, 5, 6, 7, 8, 9 -> times[one] += random.nextLong(-3 * SECOND, 3 * SECOND);
        case 10, 11, 12 -> times[one] += random.nextLong(-SECOND / 2, SECOND / 2);
        case 13 -> scene.now += 500 * MS;
        case 14 -> tens[one] = 1 + random.nextInt(12);
        default -> {}
      }
    }

    private void talk() {
      for (int one = 0; one < PARTICIPANTS; one++) {
        long ahead = times[one] - (scene.now - ORIGIN);
        if (Math.abs(ahead) > 30 * SECOND) {
          times[one] = scene.now - ORIGIN;
        }
        int burst = random.nextInt(8) == 0 ? 3 : random.nextInt(2);
        for (int number = 0; number < burst; number++) {
          send(scene, all.get(one), times[one], packet(tens[one]));
          times[one] += tens[one] * TEN_MS;
          times[one] += random.nextInt(6) == 0 ? random.nextLong(300 * MS) : 0;
        }
      }
    }

    /** CELT of that many times 10 ms, with any bytes for sound. */
    private byte[] packet(int count) {
      byte[] packet = new byte[2 + random.nextInt(random.nextInt(10) == 0 ? 1_275 : 80)];
      random.nextBytes(packet);
      packet[0] = (byte) COUNTED_TENS;
      packet[1] = (byte) count;
      return packet;
    }

    private void listen() {
      scene.now += random.nextInt(90) * MS;
      if (scene.room.nextDeadline() <= scene.now) {
        scene.room.poll(scene.now);
      }
    }
  }
}
