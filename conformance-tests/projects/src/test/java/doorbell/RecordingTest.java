package doorbell;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.assertions.Recording;
import io.github.kvslocal.junit.KvsLocalTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a device sends is there afterwards. */
@KvsLocalTest(channels = "door")
class RecordingTest {
  @Test
  void itsPicturesAreRecorded(KvsLocal kvs) throws Exception {
    try (Camera camera = new Camera(kvs, "door", 4)) {
      camera.awaitSent();
    }

    Recording recording = kvs.recording("door").awaitFragments(1, Duration.ofSeconds(20));

    assertFalse(recording.keyFrames().isEmpty());
  }
}
