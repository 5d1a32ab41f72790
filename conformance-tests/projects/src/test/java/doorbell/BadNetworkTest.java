package doorbell;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.junit.KvsLocalTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A device on a bad network. */
@KvsLocalTest(channels = "door")
class BadNetworkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void itsPicturesAreRecordedAllTheSame(KvsLocal kvs) throws Exception {
    try (Camera camera = new Camera(kvs, "door", 5)) {
      kvs.journal().awaitConnected("door", "master", PATIENCE);
      kvs.faults().add("network loss=3% delay=25ms jitter=5ms seed=7 channel=door");
      camera.awaitSent();
    }

    kvs.recording("door").awaitFragments(2, PATIENCE);
  }
}
