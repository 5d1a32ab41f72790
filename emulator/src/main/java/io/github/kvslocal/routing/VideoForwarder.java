package io.github.kvslocal.routing;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.rtp.h264.ParameterSets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes the master's pictures on to the viewers of one storage session, as they are.
 *
 * <p>Each viewer has a gate: it opens at a key frame, which has its parameter sets in front, and
 * closes where a picture is missing, since what follows would be shown damaged. Pictures have their
 * time on the session's live clock, which rises strictly, also from one master to the next: where
 * the next one's clock is behind, all its pictures are {@link #shifted} alike. Nothing is kept for
 * viewers that are slow or late. One owner. Every {@code now} is monotonic nanoseconds and never
 * decreases.
 */
public final class VideoForwarder {
  private static final Duration LEAST_STEP = Duration.ofMillis(1);

  /**
   * A viewer that sees is granted a key frame this often: each costs the master, and everybody who
   * looks on, many times a usual picture.
   */
  private static final long WISH_INTERVAL = 1_000_000_000L;

  private final ParameterSets parameterSets = new ParameterSets();
  private @Nullable Upstream master;
  private @Nullable MediaTime latest;
  private Duration shift = Duration.ZERO;

  /** Never changed, but replaced: somebody may come or go while a picture is passed on. */
  private List<Viewer> viewers = List.of();

  /** The way to the master. */
  public interface Upstream {
    /** Wants a key frame soon. It may be called at every packet: throttling is the master's. */
    void requestKeyFrame();
  }

  /** The way to one viewer. */
  public interface Outlet {
    /** Sends an access unit; returns whether it went out whole. */
    boolean send(EncodedFrame accessUnit);
  }

  /** One viewer's place. */
  public final class Viewer {
    private final Outlet outlet;
    private boolean open;
    private boolean wishes;
    private boolean granted;
    private long grantedAt;

    private Viewer(Outlet outlet) {
      this.outlet = outlet;
    }

    /**
     * The viewer has lost a picture, or wants to begin anew. One that sees is granted that once a
     * second: a wish that comes sooner waits, until then or until a key frame comes by itself. One
     * that waits for its first key frame has it passed on at once.
     */
    public void keyFrameWanted(long now) {
      wishes = true;
      grantWhenDue(now);
    }

    private void grantWhenDue(long now) {
      if (wishes && !(open && granted && now - grantedAt < WISH_INTERVAL)) {
        wishes = false;
        granted = true;
        grantedAt = now;
        requestKeyFrame();
      }
    }

    /** Nothing is sent to it any more. */
    public void leave() {
      List<Viewer> others = new ArrayList<>(viewers);
      others.remove(this);
      viewers = List.copyOf(others);
    }

    private void pass(EncodedFrame picture, long now) {
      if (picture.keyFrame()) {
        wishes = false;
      }
      grantWhenDue(now);
      if (!open && !picture.keyFrame()) {
        return;
      }
      open = outlet.send(picture);
      if (!open && !picture.keyFrame()) {
        // A key frame that does not go out is not asked for again: the next would not either.
        requestKeyFrame();
      }
    }
  }

  /** Takes a viewer to whom media can flow. A master that is there is asked for a key frame. */
  public Viewer admit(Outlet outlet) {
    Viewer viewer = new Viewer(outlet);
    List<Viewer> all = new ArrayList<>(viewers);
    all.add(viewer);
    viewers = List.copyOf(all);
    requestKeyFrame();
    return viewer;
  }

  /**
   * Another master's pictures follow. It is not asked for a key frame: a stream begins with one, or
   * its receiver asks.
   */
  public void masterArrived(Upstream upstream) {
    master = upstream;
    shift = Duration.ZERO;
    parameterSets.clear();
    closeGates();
  }

  /** Parameter sets that the master told out of band, each behind its length as four bytes. */
  public void parameterSets(ByteBuffer sets) {
    parameterSets.learn(sets);
  }

  /** No pictures follow until the next master comes. */
  public void masterLeft() {
    master = null;
    parameterSets.clear();
    closeGates();
  }

  /** The master's next picture, at its time on its own live clock, which rises strictly. */
  public void picture(EncodedFrame accessUnit, long now) {
    EncodedFrame complete = parameterSets.complete(accessUnit);
    MediaTime time = complete.time().plus(shift);
    if (latest != null && !latest.isBefore(time)) {
      MediaTime first = latest.plus(LEAST_STEP);
      shift = shift.plus(time.until(first));
      time = first;
    }
    latest = time;
    EncodedFrame picture = complete.at(time);
    for (Viewer viewer : viewers) {
      viewer.pass(picture, now);
    }
  }

  /**
   * By how much the pictures of this master go out later than their live time: the clock of the
   * master before was that far ahead of its own, as clocks are after an hour. The same for all its
   * pictures, so that they keep their distances; who tells viewers which sound belongs to a picture
   * has to take it into account.
   */
  public Duration shifted() {
    return shift;
  }

  /** Something is missing before the master's next picture. */
  public void gap() {
    closeGates();
    if (!viewers.isEmpty()) {
      requestKeyFrame();
    }
  }

  private void closeGates() {
    for (Viewer viewer : viewers) {
      viewer.open = false;
    }
  }

  private void requestKeyFrame() {
    if (master != null) {
      master.requestKeyFrame();
    }
  }
}
