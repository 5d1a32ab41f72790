package io.github.kvslocal.matroska;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/** Checks the positions in a file against the file, by its bytes. */
final class Layout {
  private Layout() {}

  static void assertPointers(byte[] bytes, MatroskaFile file) {
    ByteBuffer view = ByteBuffer.wrap(bytes);
    int segment = segmentContent(view);
    assertThat(view.getLong(segment - 8) & ~(1L << 56)).isEqualTo(bytes.length - segment);
    for (MatroskaFile.Seek seek : file.seeks()) {
      assertThat(view.getInt(segment + (int) seek.position())).isEqualTo(seek.elementId());
    }
    for (MatroskaFile.Cue cue : file.cues()) {
      int cluster = segment + (int) cue.clusterPosition();
      assertThat(view.getInt(cluster)).isEqualTo(0x1F43B675);
      int block = cluster + 12 + (int) cue.relativePosition();
      assertThat(view.get(block) & 0xff).isEqualTo(0xA3);
      int track = block + 1 + Integer.numberOfLeadingZeros(view.get(block + 1) & 0xff) - 23;
      assertThat(view.get(track) & 0x7f).isEqualTo(cue.track());
      assertThat(view.get(track + 3) & 0x80).isEqualTo(0x80);
    }
  }

  private static int segmentContent(ByteBuffer view) {
    int at = 0;
    while (view.getInt(at) != 0x18538067) {
      at++;
    }
    return at + 12;
  }
}
