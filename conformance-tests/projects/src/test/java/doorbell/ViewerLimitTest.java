package doorbell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.junit.KvsLocalExtension;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A viewer app against the limit of three viewers. */
class ViewerLimitTest {
  @RegisterExtension static final KvsLocalExtension kvs = KvsLocalExtension.builder().build();

  private String door;

  @BeforeEach
  void threeWatch() throws Exception {
    door = kvs.createChannel("door").arn();
    for (String viewer : new String[] {"ann", "bob", "cy"}) {
      assertEquals(ViewerApp.Screen.CONNECTING, app(viewer).watch(door));
    }
  }

  @Test
  void theFourthIsToldThatTheyAreTooMany() throws Exception {
    assertEquals(ViewerApp.Screen.TOO_MANY_VIEWERS, app("dee").watch(door));
  }

  @Test
  void theFourthWatchesWhenTheOthersWereEvicted() throws Exception {
    kvs.clock().advance(Duration.ofMinutes(5));

    assertEquals(ViewerApp.Screen.CONNECTING, app("dee").watch(door));
  }

  private static ViewerApp app(String viewer) {
    KvsLocal emulator = kvs.emulator();
    return new ViewerApp(new Service(emulator.secureEndpoint(), emulator.sslContext()), viewer);
  }
}
