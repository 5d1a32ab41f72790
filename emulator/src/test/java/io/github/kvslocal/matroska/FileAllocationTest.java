package io.github.kvslocal.matroska;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.fragment.Fragmenter;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a file costs beside the frames in it, counted by the JVM. */
class FileAllocationTest {
  private static final int FRAME_BYTES = 1 << 16;
  private static final int MILLIS = 20;
  private static final FragmentTags TAGS =
      new FragmentTags(
          new FragmentNumber("91343852333181432392682062607743920146264094051"),
          Instant.parse("2026-11-20T12:00:02.007Z"),
          Instant.parse("2026-11-20T12:00:05.120Z"));

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void bytesOfAFragmentAreAllocatedOnce() {
    Fragment fragment = soundOfTwoSeconds();
    MatroskaWriter.bytes(fragment, TAGS); // loads the classes

    long before = threads.getCurrentThreadAllocatedBytes();
    byte[] file = MatroskaWriter.bytes(fragment, TAGS);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(file).hasSizeGreaterThan(50 * FRAME_BYTES);
    assertThat(allocated).isLessThan(file.length + file.length / 4);
  }

  private static Fragment soundOfTwoSeconds() {
    Fragmenter fragmenter = new Fragmenter(FragmentLimits.DOCUMENTED);
    for (int millis = 0; millis < 2_000; millis += MILLIS) {
      fragmenter.push(
          new EncodedFrame(Track.AUDIO, MediaTime.ofMillis(millis), true, new byte[FRAME_BYTES]));
    }
    return fragmenter.finish().get(0);
  }
}
