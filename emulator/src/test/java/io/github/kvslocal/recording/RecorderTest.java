package io.github.kvslocal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.ClipFragments;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.matroska.FragmentTags;
import io.github.kvslocal.matroska.MatroskaFile;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.Clip;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn DOOR =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final List<Fragment> fragments = ClipFragments.of(Clip.frames());
  private final SlowFragmentStore slow = new SlowFragmentStore();

  @Test
  void fragmentsAreStoredWithTheTimesOfProducerAndServer() {
    InMemoryFragmentStore store = new InMemoryFragmentStore();
    Recorder recorder = new Recorder(store, DOOR, START);

    recordAll(recorder);

    assertThat(store.list(DOOR))
        .extracting(FragmentMetadata::producerTime)
        .containsExactly(START, START.plusSeconds(2), START.plusSeconds(4));
    assertThat(store.list(DOOR))
        .extracting(FragmentMetadata::serverTime)
        .containsExactly(START.plusSeconds(3), START.plusSeconds(5), START.plusSeconds(7));
    assertThat(store.list(DOOR))
        .extracting(FragmentMetadata::duration)
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(2020));
  }

  @Test
  void storedFileTellsItsNumberAndSize() throws Exception {
    InMemoryFragmentStore store = new InMemoryFragmentStore();

    new Recorder(store, DOOR, START).record(fragments.get(0), START.plusSeconds(3));

    FragmentMetadata metadata = store.list(DOOR).get(0);
    byte[] bytes = store.read(DOOR, metadata.number()).orElseThrow();
    MatroskaFile file = MatroskaReader.read(bytes);
    assertThat(metadata.size()).isEqualTo(bytes.length);
    assertThat(file.tags()).containsEntry(FragmentTags.FRAGMENT_NUMBER, metadata.number().digits());
    assertThat(file.durationMillis()).isEqualTo(2000);
  }

  @Test
  void closeCompletesWhenEverythingIsStored() {
    Recorder recorder = new Recorder(slow, DOOR, START);
    recordAll(recorder);

    CompletableFuture<RecordingSummary> closed = recorder.close();

    slow.storeNext();
    slow.storeNext();
    assertThat(closed).isNotCompleted();
    slow.storeNext();
    assertThat(closed).isCompletedWithValue(new RecordingSummary(3, 0, 0));
  }

  @Test
  void failureOfTheStoreLosesOneFragmentOnly() {
    Recorder recorder = new Recorder(slow, DOOR, START);
    recordAll(recorder);

    slow.storeNext();
    slow.failNext();
    slow.storeNext();

    assertThat(recorder.close()).isCompletedWithValue(new RecordingSummary(2, 1, 0));
    assertThat(slow.list(DOOR)).hasSize(2);
  }

  @Test
  void fragmentIsSkippedWhileTooMuchWaits() {
    Recorder recorder = new Recorder(slow, DOOR, START, 20_000);

    recordAll(recorder);

    assertThat(slow.waiting()).isEqualTo(1);
    assertThat(recorder.summary().skipped()).isEqualTo(2);
    slow.storeNext();
    recorder.record(fragments.get(2), START.plusSeconds(8));
    slow.storeNext();
    assertThat(recorder.close()).isCompletedWithValue(new RecordingSummary(2, 0, 2));
  }

  @Test
  void fragmentIsTakenWhenNothingWaitsHoweverBigItIs() {
    Recorder recorder = new Recorder(slow, DOOR, START, 1);

    recorder.record(fragments.get(0), START);

    assertThat(slow.waiting()).isEqualTo(1);
  }

  @Test
  void sessionWithoutFragmentsIsClosedAtOnce() {
    assertThat(new Recorder(slow, DOOR, START).close())
        .isCompletedWithValue(new RecordingSummary(0, 0, 0));
  }

  private void recordAll(Recorder recorder) {
    for (Fragment fragment : fragments) {
      recorder.record(fragment, START.plusMillis(fragment.start().millis() + 3000));
    }
  }
}
