package io.github.kvslocal.matroska;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;

/** A file as text that a person can read, and the texts that were found right. */
final class MatroskaDump {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private MatroskaDump() {}

  static String of(byte[] bytes) throws MalformedMatroskaException {
    MatroskaFile file = MatroskaReader.read(bytes);
    StringBuilder text = new StringBuilder();
    line(text, "duration %.3f ms, date %s", file.durationMillis(), file.date());
    file.seeks().forEach(seek -> line(text, "seek %x at %d", seek.elementId(), seek.position()));
    file.tracks().forEach(track -> track(text, track));
    file.tags().forEach((name, value) -> line(text, "tag %s = %s", name, value));
    for (MatroskaFile.Cluster cluster : file.clusters()) {
      line(text, "cluster %d ms at %d", cluster.timeMillis(), cluster.position());
      for (MatroskaFile.Positioned positioned : cluster.blocks()) {
        MatroskaBlock block = positioned.block();
        CRC32 crc = new CRC32();
        crc.update(block.data());
        line(
            text,
            "  block %d ms of track %d%s, %d bytes, crc %08x, at %d",
            block.timeMillis(),
            block.track(),
            block.keyFrame() ? " key" : "",
            block.data().remaining(),
            crc.getValue(),
            positioned.position());
      }
    }
    for (MatroskaFile.Cue cue : file.cues()) {
      line(
          text,
          "cue %d ms of track %d at %d + %d",
          cue.timeMillis(),
          cue.track(),
          cue.clusterPosition(),
          cue.relativePosition());
    }
    return text.toString();
  }

  /** Compares with the golden text of this name, or writes it with -Dgolden.update=true. */
  static void assertGolden(String name, String text) throws IOException {
    Path golden = GOLDEN.resolve(name + ".dump");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, text);
    }
    assertThat(golden).exists().hasContent(text);
  }

  private static void track(StringBuilder text, MatroskaTrack track) {
    byte[] codecPrivate = new byte[track.codecPrivate().remaining()];
    track.codecPrivate().get(codecPrivate);
    line(
        text,
        "track %d %s, %dx%d, %d channels, delay %d ns, pre-roll %d ns, private %s",
        track.number(),
        track.codecId(),
        track.width(),
        track.height(),
        track.channels(),
        track.codecDelay().toNanos(),
        track.seekPreRoll().toNanos(),
        HexFormat.of().formatHex(codecPrivate));
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
