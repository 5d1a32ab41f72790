package doorbell;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has no class begin before four are about to: they run at the same time, or not at all. */
public final class AllAtOnce implements BeforeAllCallback {
  private static final CyclicBarrier FOUR = new CyclicBarrier(4);

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    FOUR.await(60, TimeUnit.SECONDS);
  }
}
