package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.matroska.MalformedMatroskaException;
import io.github.kvslocal.matroska.MatroskaFile;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.peer.FakeDtls;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.MalformedSdpException;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** A master whose packets a test makes one by one, connected to a world of fakes. */
final class OddMaster {
  static final String SPS = "6742C01FDA0280F640";
  static final String SMALLER_SPS = "6742C01FDA0507E4";
  static final String PPS = "68CE3C80";
  static final String OTHER_PPS = "68CE1F20";
  static final String SECOND_PPS = "68538F20";
  static final String IDR = "6588840021";
  static final String DELTA = "419A2211";
  static final int H264 = 126;
  static final int OPUS = 111;

  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");

  final TestWorld world;
  private final StorageSessions sessions;
  private final FakeSocket socket = new FakeSocket();
  private final int[] sequenceNumbers = new int[128];
  private Instant start = Instant.EPOCH;

  OddMaster(TestWorld world, EmulatorRuntime runtime) {
    this.world = world;
    this.sessions = new StorageSessions(runtime);
  }

  OddMaster(TestWorld world) {
    this(world, world.runtime());
  }

  /** Joins, answers, and has media flow. */
  OddMaster connect() {
    return connect(answer -> answer);
  }

  /** The same with an answer that is not quite the usual one. */
  OddMaster connect(UnaryOperator<String> edit) {
    sessions.signalingOpened(TestWorld.channel("door"), Participant.MASTER, socket, Said.RECORDED);
    sessions.join(
        TestWorld.channel("door"),
        TestWorld.stream("door"),
        Participant.MASTER,
        ChannelFacts.DEFAULT);
    world.loop.settle();
    sessions.signalingReceived(
        TestWorld.channel("door"),
        socket,
        Said.answer(edit.apply(answer(socket.offers().get(socket.offers().size() - 1))), ""),
        Said.RECORDED);
    world.loop.settle();
    world.ice.last().select();
    world.dtls.last().establish();
    world.loop.settle();
    start = world.loop.now();
    return this;
  }

  private static String answer(String offer) {
    try {
      return SdpWriter.write(
          new AnswerPlan(true, Setup.ACTIVE)
              .answer(SdpReader.read(offer), REMOTE, FakeDtls.FINGERPRINT));
    } catch (MalformedSdpException e) {
      throw new AssertionError(e);
    }
  }

  /** A picture of these NAL units, each in a packet of its own, so late after the connection. */
  OddMaster picture(long millis, String... nalUnits) {
    for (int i = 0; i < nalUnits.length; i++) {
      rtp(H264, i == nalUnits.length - 1, millis, nalUnits[i]);
    }
    return this;
  }

  /** A key frame that can be decoded, or a picture that builds on it. */
  OddMaster pictures(long fromMillis, long untilMillis, boolean keyFirst) {
    for (long millis = fromMillis; millis < untilMillis; millis += 100) {
      if (keyFirst && millis == fromMillis) {
        picture(millis, SPS, PPS, IDR);
      } else {
        picture(millis, DELTA);
      }
    }
    return this;
  }

  OddMaster sound(long millis, String packet) {
    return rtp(OPUS, false, millis, packet);
  }

  /** One packet; time moves on to the moment that its timestamp says. */
  OddMaster rtp(int payloadType, boolean marker, long millis, String hex) {
    Duration wait = Duration.between(world.loop.now(), start.plusMillis(millis));
    if (!wait.isNegative()) {
      world.loop.advance(wait);
    }
    byte[] payload = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] packet = new byte[12 + payload.length];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) (payloadType | (marker ? 0x80 : 0));
    Bytes.put16(packet, 2, sequenceNumbers[payloadType]++);
    Bytes.put32(packet, 4, millis * (payloadType == H264 ? 90 : 48));
    Bytes.put32(packet, 8, payloadType);
    System.arraycopy(payload, 0, packet, 12, payload.length);
    world.ice.last().deliver(packet);
    world.loop.settle();
    return this;
  }

  /** The network loses so many packets of its that nobody sends again. */
  OddMaster lose(int payloadType, int packets) {
    sequenceNumbers[payloadType] += packets;
    return this;
  }

  /** Says goodbye, and waits for what is to be stored. */
  OddMaster leave() {
    world.dtls.last().goodbye();
    world.loop.advance(Duration.ofSeconds(1));
    return this;
  }

  Instant start() {
    return start;
  }

  List<FragmentMetadata> fragments() {
    return world.store.list(TestWorld.stream("door"));
  }

  List<MatroskaFile> files() {
    List<MatroskaFile> files = new ArrayList<>();
    try {
      for (FragmentMetadata fragment : fragments()) {
        files.add(
            MatroskaReader.read(
                world.store.read(TestWorld.stream("door"), fragment.number()).orElseThrow()));
      }
    } catch (MalformedMatroskaException e) {
      throw new AssertionError(e);
    }
    return files;
  }

  /** Time and bytes of every block of a track, over all fragments. */
  List<String> blocks(int track) {
    List<String> blocks = new ArrayList<>();
    List<FragmentMetadata> fragments = fragments();
    List<MatroskaFile> files = files();
    for (int i = 0; i < files.size(); i++) {
      long from = Duration.between(start, fragments.get(i).producerTime()).toMillis();
      files.get(i).blocks().stream()
          .filter(block -> block.track() == track)
          .forEach(
              block -> {
                byte[] bytes = new byte[block.data().remaining()];
                block.data().duplicate().get(bytes);
                blocks.add(
                    (from + block.timeMillis())
                        + " "
                        + HexFormat.of().withUpperCase().formatHex(bytes));
              });
    }
    return blocks;
  }

  /** The time of one of {@link #blocks}. */
  static long millis(String block) {
    return Long.parseLong(block.substring(0, block.indexOf(' ')));
  }

  /** An access unit as it is stored: NAL units behind their lengths. */
  static String unit(String... nalUnits) {
    StringBuilder unit = new StringBuilder();
    for (String nalUnit : nalUnits) {
      unit.append("%08X".formatted(nalUnit.length() / 2)).append(nalUnit);
    }
    return unit.toString();
  }
}
