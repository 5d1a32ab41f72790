package io.github.kvslocal;

import io.github.kvslocal.peer.SrtpContext;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** An emulator in this process that shows what users never see: packets without protection. */
public final class EmulatorWithin {
  private EmulatorWithin() {}

  /**
   * Starts an emulator as {@link KvsLocal#start} does.
   *
   * @param around put around what unprotects packets
   */
  public static KvsLocal start(KvsLocalOptions options, UnaryOperator<SrtpContext.Factory> around)
      throws StartException {
    return KvsLocal.start(
        options, running -> WebRtcStack.open(running, InstantSource.system(), around));
  }
}
