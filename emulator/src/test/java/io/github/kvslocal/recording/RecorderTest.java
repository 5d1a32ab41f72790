package io.github.kvslocal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.ClipFragments;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.matroska.FragmentTags;
import io.github.kvslocal.matroska.MatroskaFile;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn DOOR =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final List<Fragment> fragments = ClipFragments.of(Clip.frames());
  private final SlowFragmentStore slow = new SlowFragmentStore();
  private final List<String> told = new ArrayList<>();
  private final List<FragmentMetadata> stored = new ArrayList<>();
  private final Recorder.Observer observer =
      new Recorder.Observer() {
        @Override
        public void stored(FragmentMetadata fragment) {
          stored.add(fragment);
        }

        @Override
        public void interrupted(String why) {
          told.add("interrupted: " + why);
        }

        @Override
        public void resumed(long lost) {
          told.add("resumed after " + lost);
        }
      };

  @Test
  void fragmentsAreStoredWithTheTimesOfProducerAndServer() {
    InMemoryFragmentStore store = new InMemoryFragmentStore();
    Recorder recorder = recorder(store);

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
  void everyFragmentThatIsStoredIsTold() {
    InMemoryFragmentStore store = new InMemoryFragmentStore();
    Recorder recorder = recorder(store);

    recordAll(recorder);

    assertThat(stored).hasSize(3).isEqualTo(store.list(DOOR));
  }

  @Test
  void storedFileTellsItsNumberAndSize() throws Exception {
    InMemoryFragmentStore store = new InMemoryFragmentStore();

    recorder(store).record(fragments.get(0), START.plusSeconds(3));

    FragmentMetadata metadata = store.list(DOOR).get(0);
    byte[] bytes = store.read(DOOR, metadata.number()).orElseThrow();
    MatroskaFile file = MatroskaReader.read(bytes);
    assertThat(metadata.size()).isEqualTo(bytes.length);
    assertThat(file.tags()).containsEntry(FragmentTags.FRAGMENT_NUMBER, metadata.number().digits());
    assertThat(file.durationMillis()).isEqualTo(2000);
  }

  @Test
  void closeCompletesWhenEverythingIsStored() {
    Recorder recorder = recorder(slow);
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
    Recorder recorder = recorder(slow);
    recordAll(recorder);

    slow.storeNext();
    slow.failNext();
    slow.storeNext();

    assertThat(recorder.close()).isCompletedWithValue(new RecordingSummary(2, 1, 0));
    assertThat(slow.list(DOOR)).hasSize(2);
  }

  @Test
  void fragmentIsSkippedWhileTooMuchWaits() {
    Recorder recorder = recorder(20_000, 1_000_000);

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
    Recorder recorder = recorder(1, 1);

    recorder.record(fragments.get(0), START);

    assertThat(slow.waiting()).isEqualTo(1);
  }

  @Test
  void sessionWithoutFragmentsIsClosedAtOnce() {
    assertThat(recorder(slow).close()).isCompletedWithValue(new RecordingSummary(0, 0, 0));
  }

  @Test
  void interruptionIsToldOnceAndItsEndWithWhatWasLost() {
    Recorder recorder = recorder(slow);
    recordAll(recorder);

    slow.failNext();
    slow.failNext();
    slow.storeNext();

    assertThat(told).containsExactly("interrupted: the disk is full", "resumed after 2");
  }

  @Test
  void eachInterruptionIsToldAnew() {
    Recorder recorder = recorder(slow);
    for (int i = 0; i < 2; i++) {
      recordAll(recorder);
      slow.storeNext();
      slow.failNext();
      slow.storeNext();
    }

    assertThat(told)
        .containsExactly(
            "interrupted: the disk is full",
            "resumed after 1",
            "interrupted: the disk is full",
            "resumed after 1");
  }

  @Test
  void whatWaitedBeforeAFragmentWasSkippedDoesNotEndTheInterruption() {
    Recorder recorder = recorder(20_000, 1_000_000);
    recordAll(recorder);

    slow.storeNext();

    assertThat(told)
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("interrupted: the disk is too slow");
    recorder.record(fragments.get(2), START.plusSeconds(8));
    slow.storeNext();
    assertThat(told).last().isEqualTo("resumed after 2");
  }

  @Test
  void skippingGoesOnUntilHalfOfWhatMayWaitIsLeft() {
    long all = fragments.stream().mapToLong(RecorderTest::weight).sum();
    Recorder recorder = recorder(all, 10 * all);
    recordAll(recorder);
    recordAll(recorder);
    assertThat(recorder.summary().skipped()).isEqualTo(3);

    slow.storeNext();
    recorder.record(fragments.get(0), START);

    assertThat(recorder.summary().skipped()).isEqualTo(4);
    slow.storeNext();
    slow.storeNext();
    recorder.record(fragments.get(0), START);
    assertThat(slow.waiting()).isEqualTo(1);
  }

  @Test
  void recordingsTogetherLetNoMoreWaitThanMayButEachOfThemOneFragment() {
    slow.waitElsewhere(1_000_000);
    Recorder recorder = recorder(1_000_000, 1_000_000);

    recordAll(recorder);

    assertThat(slow.waiting()).isEqualTo(1);
    assertThat(recorder.summary().skipped()).isEqualTo(2);
  }

  @Test
  void diskThatStandsStillForHoursCostsNoMemory() {
    Recorder recorder = recorder(100_000, 1_000_000);

    for (int i = 0; i < 5_000; i++) {
      recorder.record(fragments.get(i % 3), START.plusSeconds(2L * i));
    }

    assertThat(slow.waitingBytes()).isLessThan(120_000);
    assertThat(told).hasSize(1);
  }

  private static long weight(Fragment fragment) {
    return fragment.frames().stream().mapToLong(EncodedFrame::size).sum();
  }

  private Recorder recorder(FragmentStore store) {
    return new Recorder(store, DOOR, START, observer);
  }

  private Recorder recorder(long mostOfOne, long mostOfAll) {
    return new Recorder(slow, DOOR, START, observer, new WaitingLimits(mostOfOne, mostOfAll));
  }

  private void recordAll(Recorder recorder) {
    for (Fragment fragment : fragments) {
      recorder.record(fragment, START.plusMillis(fragment.start().millis() + 3000));
    }
  }
}
