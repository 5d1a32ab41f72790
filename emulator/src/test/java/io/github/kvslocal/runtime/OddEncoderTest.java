package io.github.kvslocal.runtime;

import static io.github.kvslocal.runtime.OddMaster.DELTA;
import static io.github.kvslocal.runtime.OddMaster.H264;
import static io.github.kvslocal.runtime.OddMaster.IDR;
import static io.github.kvslocal.runtime.OddMaster.OTHER_PPS;
import static io.github.kvslocal.runtime.OddMaster.PPS;
import static io.github.kvslocal.runtime.OddMaster.SECOND_PPS;
import static io.github.kvslocal.runtime.OddMaster.SMALLER_SPS;
import static io.github.kvslocal.runtime.OddMaster.SPS;
import static io.github.kvslocal.runtime.OddMaster.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.journal.JournalEntry;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encoders that do what RFC 6184 and H.264 allow, or nearly, from packets to fragments. */
class OddEncoderTest {
  private final TestWorld world = new TestWorld();
  private final OddMaster master = new OddMaster(world);

  @ParameterizedTest
  @CsvSource({"STAP-B,79 0001", "MTAP16,7A 0001", "MTAP24,7B 0001", "FU-B,7D 8501"})
  void interleavedPacketsAreNamedOnceAndCounted(String name, String payload) {
    master.connect().pictures(0, 500, true);
    for (int i = 0; i < 5; i++) {
      master.rtp(H264, true, 500 + 100 * i, payload);
    }

    master.leave();

    assertThat(details("media-unreadable")).hasSize(1);
    assertThat(world.detail("media-unreadable"))
        .startsWith("picture: " + name + " needs interleaved mode; send H.264 in packetization");
    assertThat(world.detail("recording-ended"))
        .contains("5 packets unreadable, picture: " + name + " needs interleaved mode; ");
    assertThat(master.blocks(1)).hasSize(5);
  }

  @Test
  void severalSlicesAreOnePicture() {
    master.connect().picture(0, SPS, PPS, IDR, "6540", "6540");

    master.leave();

    assertThat(master.blocks(1)).containsExactly("0 " + unit(SPS, PPS, IDR, "6540", "6540"));
  }

  @Test
  void delimitersAndSupplementalInformationAreKeptBitForBit() {
    String[] nalUnits = {"09F0", SPS, PPS, "0605010380", "0604B50031", IDR, "0C80", "0B"};
    master.connect().picture(0, nalUnits);

    master.leave();

    assertThat(master.blocks(1)).containsExactly("0 " + unit(nalUnits));
  }

  @Test
  void picturesWithoutMarkersAreAllRecorded() {
    master.connect().rtp(H264, false, 0, SPS).rtp(H264, false, 0, PPS).rtp(H264, false, 0, IDR);
    for (int millis = 100; millis < 500; millis += 100) {
      master.rtp(H264, false, millis, DELTA);
    }

    master.leave();

    assertThat(master.blocks(1))
        .containsExactly(
            "0 " + unit(SPS, PPS, IDR),
            "100 " + unit(DELTA),
            "200 " + unit(DELTA),
            "300 " + unit(DELTA),
            "400 " + unit(DELTA));
  }

  @Test
  void keyFrameThatNeverComesIsNamedAfterTenSeconds() {
    master.connect().pictures(0, 10_100, false);
    assertThat(world.events()).doesNotContain("key-frame-missing");

    master.pictures(10_100, 20_000, false);

    assertThat(details("key-frame-missing")).hasSize(1);
    assertThat(world.detail("key-frame-missing"))
        .startsWith("pictures come, but for 10 s none that decoding can start at (IDR)")
        .contains("let the encoder answer picture loss indications");
  }

  @Test
  void keyFramesThatStopAreNamedWhenTheFragmentHasEnded() {
    master.connect().pictures(0, 20_100, true);
    assertThat(world.events()).doesNotContain("key-frame-missing");

    master.pictures(20_100, 26_000, false).pictures(26_000, 27_000, true).leave();

    assertThat(world.events()).containsSubsequence("key-frame-missing", "key-frame-came");
    assertThat(master.fragments()).hasSize(2);
  }

  @Test
  void keyFramesWithoutParameterSetsAreNamed() {
    master.connect().picture(0, IDR).picture(100, DELTA).picture(200, IDR).leave();

    assertThat(details("parameter-sets-missing")).hasSize(1);
    assertThat(world.detail("parameter-sets-missing")).contains("SPS and PPS in front");
    assertThat(master.fragments()).isEmpty();
  }

  @Test
  void parameterSetsOfTheAnswerStartARecording() {
    master.connect(answer -> withSets(answer, base64(SPS) + "," + base64(PPS)));
    master.picture(0, IDR).picture(100, DELTA);

    master.leave();

    assertThat(master.blocks(1)).containsExactly("0 " + unit(IDR), "100 " + unit(DELTA));
    assertThat(codecPrivates()).containsExactly(record(SPS, PPS));
    assertThat(world.events()).doesNotContain("parameter-sets-missing");
  }

  @Test
  void parameterSetsInBandReplaceThoseOfTheAnswer() {
    master.connect(answer -> withSets(answer, base64(SPS) + "," + base64(PPS)));
    master.picture(0, IDR).picture(100, SMALLER_SPS, PPS, IDR);

    master.leave();

    assertThat(codecPrivates()).containsExactly(record(SPS, PPS), record(SMALLER_SPS, PPS));
  }

  @Test
  void pictureOfAnotherSizeStartsAFragmentOfItsOwn() {
    master.connect().pictures(0, 500, true).picture(500, SMALLER_SPS, PPS, IDR);
    master.pictures(600, 1_000, false);

    master.leave();

    assertThat(codecPrivates()).containsExactly(record(SPS, PPS), record(SMALLER_SPS, PPS));
    assertThat(master.files())
        .extracting(f -> f.track(1).orElseThrow().width())
        .containsExactly(640, 320);
    assertThat(master.fragments().get(1).producerTime()).isEqualTo(master.start().plusMillis(500));
  }

  @Test
  void picturesOwnParametersThatChangeBetweenKeyFramesAreThereAtTheNext() {
    master.connect().picture(0, SPS, PPS, IDR).picture(100, OTHER_PPS, DELTA).picture(200, IDR);

    master.leave();

    assertThat(codecPrivates()).containsExactly(record(SPS, PPS), record(SPS, OTHER_PPS));
    assertThat(master.blocks(1)).element(1).isEqualTo("100 " + unit(OTHER_PPS, DELTA));
  }

  @Test
  void parametersOfAnotherIdStandBesideTheFirst() {
    master.connect().picture(0, SPS, PPS, IDR).picture(100, SECOND_PPS, DELTA).picture(200, IDR);

    master.leave();

    assertThat(codecPrivates()).containsExactly(record(SPS, PPS), record(SPS, PPS, SECOND_PPS));
  }

  @Test
  void sizeThatChangesWithoutAKeyFrameWaitsForTheNext() {
    master.connect().picture(0, SPS, PPS, IDR).picture(100, SMALLER_SPS, DELTA);
    master.picture(200, DELTA).picture(300, IDR);

    master.leave();

    assertThat(codecPrivates()).containsExactly(record(SPS, PPS), record(SMALLER_SPS, PPS));
    assertThat(master.blocks(1)).hasSize(4);
  }

  @Test
  void picturesOfAnotherOrderAreStoredAsTheyCameAndNamed() {
    master.connect();
    master.picture(0, SPS, PPS, IDR);
    master.picture(300, DELTA).picture(100, "019A01").picture(200, "019A02");
    master.picture(600, DELTA).picture(400, "019A03");

    master.leave();

    assertThat(details("pictures-reordered")).hasSize(1);
    assertThat(master.blocks(1))
        .containsExactly(
            "0 " + unit(SPS, PPS, IDR),
            "300 " + unit(DELTA),
            "301 " + unit("019A01"),
            "302 " + unit("019A02"),
            "600 " + unit(DELTA),
            "601 " + unit("019A03"));
  }

  private static String withSets(String answer, String sets) {
    return answer.replace(
        "packetization-mode=1;", "packetization-mode=1;sprop-parameter-sets=" + sets + ";");
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  private List<String> codecPrivates() {
    return master.files().stream()
        .map(file -> file.track(1).orElseThrow().codecPrivate())
        .map(
            bytes -> {
              byte[] copy = new byte[bytes.remaining()];
              bytes.duplicate().get(copy);
              return HexFormat.of().withUpperCase().formatHex(copy);
            })
        .toList();
  }

  /** A decoder configuration record of Baseline. */
  private static String record(String sps, String... pictureSets) {
    StringBuilder record = new StringBuilder("01" + sps.substring(2, 8) + "FFE1" + set(sps));
    record.append("%02X".formatted(pictureSets.length));
    for (String each : pictureSets) {
      record.append(set(each));
    }
    return record.toString();
  }

  private static String set(String hex) {
    return "%04X".formatted(hex.length() / 2) + hex;
  }

  private List<String> details(String event) {
    return world.journal.entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .map(JournalEntry::detail)
        .toList();
  }
}
