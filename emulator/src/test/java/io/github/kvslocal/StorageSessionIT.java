package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Fingerprint;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and the emulator over real sockets and ciphers on loopback. */
class StorageSessionIT {
  private static final List<EncodedFrame> FRAMES = Clip.frames();
  private static final AnswerPlan BOTH_TRACKS = new AnswerPlan(true, Setup.ACTIVE);

  @TempDir private static Path directory;
  private static MasterBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new MasterBench(directory, List.of("active", "passive", "forger", "leaver"));
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void whatIsSentIsRecordedBitForBitInEitherRole() throws Exception {
    RemoteMaster active = bench.join("active", BOTH_TRACKS, FRAMES);
    RemoteMaster passive = bench.join("passive", new AnswerPlan(true, Setup.PASSIVE), FRAMES);

    active.allSent().get(20, TimeUnit.SECONDS);
    passive.allSent().get(20, TimeUnit.SECONDS);
    active.close();
    passive.close();

    for (String channel : List.of("active", "passive")) {
      bench.log.await("recording-ended", channel + "\"");
      for (Track track : Track.values()) {
        assertThat(bench.recorded(channel, track))
            .as("%s of the %s master", track, channel)
            .isEqualTo(MasterBench.data(FRAMES, track));
      }
    }
  }

  @Test
  void aCertificateThatWasNotAnnouncedGetsNoMediaThroughAndIsNamed() throws Exception {
    DtlsEndpoint.Factory forger =
        new DtlsEndpoint.Factory() {
          @Override
          public Fingerprint localFingerprint() {
            return new Fingerprint("sha-256", "AB" + ":CD".repeat(31));
          }

          @Override
          public DtlsEndpoint create(DtlsEndpoint.Listener listener) {
            return bench.dtls.create(listener);
          }
        };

    try (RemoteMaster master = bench.join("forger", BOTH_TRACKS, FRAMES, forger)) {
      String end = bench.log.await("peer-ended", "forger");

      assertThat(end).contains("DTLS_FAILED").contains("announced was sha-256 AB:CD");
      assertThat(master.connected()).failsWithin(20, TimeUnit.SECONDS);
      assertThat(master.allSent()).failsWithin(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatHappenedIsInTheJournal() throws Exception {
    try (RemoteMaster master = bench.join("leaver", BOTH_TRACKS, FRAMES)) {
      master.connected().get(20, TimeUnit.SECONDS);
    }
    bench.log.await("recording-ended", "leaver");

    assertThat(bench.emulator.journal().entries())
        .filteredOn(entry -> entry.channel().equals("leaver"))
        .extracting(entry -> entry.event().text())
        .containsSubsequence(
            "signaling-opened",
            "offer-sent",
            "answered",
            "connected",
            "peer-ended",
            "recording-ended");
  }

  @Test
  void aChannelThatDoesNotExistCannotBeJoined() {
    assertThatIOException()
        .isThrownBy(() -> bench.join("nowhere", BOTH_TRACKS, FRAMES))
        .withMessageContaining("ResourceNotFoundException");
  }

  @Test
  void endOfTheEmulatorIsToldToTheMaster(@TempDir Path other) throws Exception {
    MasterBench brief = new MasterBench(other, List.of("door"));
    try (RemoteMaster master = brief.join("door", BOTH_TRACKS, FRAMES)) {
      master.connected().get(20, TimeUnit.SECONDS);
      brief.log.await("event=\"connected\"", "door");

      brief.emulator.close();

      assertThat(master.ended().get(20, TimeUnit.SECONDS)).isEqualTo(PeerEnd.REMOTE_CLOSED);
    } finally {
      brief.close();
    }
  }
}
