package io.github.kvslocal.routing.voice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has the floor: of many who talk at once, the few who are mixed. AWS does not say how many
 * voices it mixes; a session of the service has four participants, so that with four places nobody
 * who could talk there is left out. The master always has one of them.
 *
 * <p>Where more talk, those have a place who seem to say most. Who has one keeps it for a second at
 * least, and until somebody says clearly more. One goes at a time: he fades out, and the next who
 * fades in is there a tick later.
 */
final class Floor {
  static final int PLACES = 4;

  /** Ticks that a place is kept for at least: 1 s. */
  private static final int STAY = 50;

  /** How many times as much somebody has to say to get another's place. */
  private static final float CLEARLY = 1.5f;

  /** In bytes for 20 ms: who says less than this says nothing. */
  private static final float SOMETHING = 8;

  private final List<Place> places = new ArrayList<>(PLACES + 1);
  private boolean crowded;

  /** One who is mixed. */
  private static final class Place {
    private final Talker talker;
    private Fade fade;
    private int ticks;

    private Place(Talker talker, Fade fade) {
      this.talker = talker;
      this.fade = fade;
    }
  }

  /** How a voice is to be heard in a tick. */
  enum Fade {
    NONE,
    IN,
    OUT
  }

  /** Finds out for the next tick who of these is mixed. */
  void choose(List<Talker> talkers) {
    boolean wasCrowded = crowded;
    crowded = talkers.size() > PLACES;
    places.removeIf(place -> place.fade == Fade.OUT || !talkers.contains(place.talker));
    for (Place place : places) {
      place.fade = Fade.NONE;
      place.ticks++;
    }
    if (crowded) {
      contest(talkers);
    } else {
      // Who was left out a tick ago may be in mid-word.
      Fade fade = wasCrowded ? Fade.IN : Fade.NONE;
      for (Talker talker : talkers) {
        if (!holds(talker)) {
          places.add(new Place(talker, fade));
        }
      }
    }
  }

  private void contest(List<Talker> talkers) {
    for (Talker talker : talkers) {
      if (talker.isMaster() && !holds(talker)) {
        places.add(new Place(talker, Fade.IN));
      }
    }
    Talker next = best(talkers);
    while (next != null && places.size() < PLACES && next.effort() >= SOMETHING) {
      places.add(new Place(next, Fade.IN));
      next = best(talkers);
    }
    Place weakest = weakest();
    if (weakest != null && (places.size() > PLACES || isOutdone(weakest, next))) {
      weakest.fade = Fade.OUT;
    }
  }

  private static boolean isOutdone(Place place, @Nullable Talker by) {
    return by != null
        && place.ticks >= STAY
        && by.effort() > Math.max(SOMETHING, place.talker.effort() * CLEARLY);
  }

  /** Who says most of those who have no place. */
  private @Nullable Talker best(List<Talker> talkers) {
    Talker best = null;
    for (Talker talker : talkers) {
      if ((best == null || talker.effort() > best.effort()) && !holds(talker)) {
        best = talker;
      }
    }
    return best;
  }

  private @Nullable Place weakest() {
    Place weakest = null;
    for (Place place : places) {
      if (!place.talker.isMaster()
          && (weakest == null || place.talker.effort() < weakest.talker.effort())) {
        weakest = place;
      }
    }
    return weakest;
  }

  /**
   * How many are mixed, {@link #PLACES} at most, or one more while one makes room for the master.
   */
  int size() {
    return places.size();
  }

  Talker talker(int place) {
    return places.get(place).talker;
  }

  Fade fade(int place) {
    return places.get(place).fade;
  }

  /** Whether this one is mixed. */
  boolean holds(Talker talker) {
    for (Place place : places) {
      if (place.talker == talker) {
        return true;
      }
    }
    return false;
  }

  /** Whether this one, if he talks, is left out since others talk. */
  boolean leavesOut(Talker talker) {
    return crowded && !holds(talker);
  }
}
