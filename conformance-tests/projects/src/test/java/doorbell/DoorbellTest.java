package doorbell;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.RecordedChannel;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.junit.KvsLocalTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A doorbell that must survive GO_AWAY. */
@KvsLocalTest
class DoorbellTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  // region doorbell
  @Test
  void joinsAgainAfterGoAway(KvsLocal kvs) {
    RecordedChannel door = kvs.createChannel("door");
    new Doorbell(new Service(kvs.secureEndpoint(), kvs.sslContext()), door.arn()).start();
    JournalEntry first = kvs.journal().awaitOffer("door", "master", PATIENCE);

    kvs.faults().next(new Fault.GoAway());

    kvs.journal()
        .await(JournalQuery.of(Event.OFFER_SENT).channel("door").after(first.number()), PATIENCE);
  }
  // endregion
}
