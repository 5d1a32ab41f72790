package io.github.kvslocal.peer;

import java.util.ArrayList;
import java.util.List;

/** An {@link SrtpContext} that leaves packets as they are, so that tests can read them. */
public final class NullSrtp implements SrtpContext.Factory {
  private final List<Context> created = new ArrayList<>();

  @Override
  public Context create(SrtpKeys keys) {
    Context context = new Context(keys);
    created.add(context);
    return context;
  }

  /** All that were created, oldest first, closed ones too. */
  public List<Context> created() {
    return List.copyOf(created);
  }

  /** One association. */
  public static final class Context implements SrtpContext {
    private final SrtpKeys keys;
    private boolean rejecting;
    private boolean closed;

    private Context(SrtpKeys keys) {
      this.keys = keys;
    }

    public SrtpKeys keys() {
      return keys;
    }

    public boolean closed() {
      return closed;
    }

    /** Takes every packet for forged from now on, or no longer. */
    public void rejectAll(boolean reject) {
      rejecting = reject;
    }

    @Override
    public int unprotectRtp(byte[] buffer, int offset, int length) {
      return rejecting ? REJECTED : length;
    }

    @Override
    public int unprotectRtcp(byte[] buffer, int offset, int length) {
      return rejecting ? REJECTED : length;
    }

    @Override
    public int protectRtp(byte[] buffer, int offset, int length) {
      return rejecting ? REJECTED : length;
    }

    @Override
    public int protectRtcp(byte[] buffer, int offset, int length) {
      return rejecting ? REJECTED : length;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
