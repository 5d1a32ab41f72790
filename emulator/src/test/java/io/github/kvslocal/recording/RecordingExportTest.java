package io.github.kvslocal.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.ClipFragments;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.matroska.MatroskaFile;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordingExportTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn DOOR =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void recordingOfAStreamIsOneFile() throws Exception {
    recordSession(START);

    RecordingExport export = RecordingExport.plan(store, DOOR);
    export.writeTo(out);

    MatroskaFile file = MatroskaReader.read(out.toByteArray());
    assertThat(file.blocks())
        .extracting(MatroskaBlock::data)
        .containsExactlyElementsOf(Clip.frames().stream().map(EncodedFrame::data).toList());
    assertThat(export.size()).isEqualTo(out.size());
    assertThat(export.fragments()).isEqualTo(store.list(DOOR));
  }

  @Test
  void sessionsAreInOneFileOneAfterTheOther() throws Exception {
    recordSession(START);
    recordSession(START.plusSeconds(60));

    RecordingExport.plan(store, DOOR).writeTo(out);

    assertThat(MatroskaReader.read(out.toByteArray()).durationMillis()).isEqualTo(66_020);
  }

  @Test
  void damagedFragmentIsLeftOut() throws Exception {
    FragmentMetadata damaged =
        new FragmentMetadata(new FragmentNumber("1"), START, START, Duration.ofSeconds(2), 10);
    store.append(DOOR, damaged, new byte[10]).join();
    recordSession(START);

    RecordingExport export = RecordingExport.plan(store, DOOR);

    assertThat(export.fragments()).hasSize(3).doesNotContain(damaged);
  }

  @Test
  void streamWithoutFragmentsIsRefusedWithAnExplanation() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> RecordingExport.plan(store, DOOR))
        .withMessageContaining("no fragments in arn:aws:kinesisvideo")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NO_SUCH_STREAM));
  }

  private void recordSession(Instant start) {
    Recorder recorder = new Recorder(store, DOOR, start, new NobodyListens());
    ClipFragments.of(Clip.frames()).forEach(fragment -> recorder.record(fragment, start));
    assertThat(recorder.close()).isCompletedWithValue(new RecordingSummary(3, 0, 0));
  }
}
