package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many emulators in one process, each with a channel of the same name. */
class SideBySideIT {
  private static final int MANY = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Deque<MasterBench> benches = new ArrayDeque<>();

  @AfterEach
  void close() {
    benches.descendingIterator().forEachRemaining(MasterBench::close);
  }

  @Test
  void twentyRecordAtOnceAndEachKnowsItsOwnMasterOnly() throws Exception {
    List<RemoteMaster> masters = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      benches.add(new MasterBench(KvsLocal.builder().channels("door").options()));
    }
    assertThat(benches).extracting(bench -> bench.emulator.endpoint()).doesNotHaveDuplicates();

    for (MasterBench bench : benches) {
      masters.add(bench.join("door", new AnswerPlan(true, Setup.ACTIVE), frames(masters.size())));
    }
    for (RemoteMaster master : masters) {
      master.allSent().get(60, TimeUnit.SECONDS);
      master.close();
    }

    int number = 0;
    for (MasterBench bench : benches) {
      EmulatorJournal journal = bench.emulator.journal();
      journal.await(JournalQuery.of(Event.RECORDING_ENDED).channel("door"), PATIENCE);
      assertThat(journal.entries(JournalQuery.of(Event.JOINED)))
          .as("joins of emulator %d", number)
          .extracting(JournalEntry::channel)
          .containsExactly("door");
      for (Track track : Track.values()) {
        assertThat(bench.recorded("door", track))
            .as("%s of emulator %d", track, number)
            .isEqualTo(MasterBench.data(frames(number), track));
      }
      number++;
    }
  }

  /** Four seconds that no other master sends: each lacks one more packet of sound at the end. */
  private static List<EncodedFrame> frames(int number) {
    List<EncodedFrame> frames = new ArrayList<>(Clip.frames(4));
    for (int less = 0; less < number; less++) {
      for (int at = frames.size() - 1; at >= 0; at--) {
        if (frames.get(at).track() == Track.AUDIO) {
          frames.remove(at);
          break;
        }
      }
    }
    return frames;
  }
}
