package io.github.kvslocal.http;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.PolicyClock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a user wants of the policy clock: another way to go, then a move, or one of them.
 *
 * <ul>
 *   <li>{@code {"advance":"PT3M"}} or {@code {"to":"2030-01-01T00:00:00Z"}}: forward
 *   <li>{@code {"mode":"frozen"}}: stands until it is advanced
 *   <li>{@code {"mode":"offset"}}: goes on from where it is; with {@code "offset":"PT1H"} so much
 *       ahead of the machine's clock
 *   <li>{@code {"mode":"real"}}: with the machine's clock, which it must not be ahead of
 *   <li>{@code {"mode":"scaled","scale":60}}: a minute a second
 * </ul>
 *
 * <p>A mode with a move: first the mode, then the move, so that {@code
 * {"mode":"frozen","advance":"PT3M"}} stands where it has come to. Where the clock refuses the
 * move, it goes as the mode says all the same.
 */
final class ClockOrder {
  private static final String MODE = "mode";
  private static final String SCALE = "scale";
  private static final String OFFSET = "offset";
  private static final String ADVANCE = "advance";
  private static final String TO = "to";
  private static final List<String> ALL = List.of(MODE, SCALE, OFFSET, ADVANCE, TO);

  private static final int LONGEST_TEXT = 64;

  /** One thing to do to a clock; completes when it has settled. */
  private interface Step {
    CompletionStage<Instant> take(PolicyClock clock) throws RefusedException;
  }

  private final Optional<Step> mode;
  private final Optional<Step> move;

  private ClockOrder(Optional<Step> mode, Optional<Step> move) {
    this.mode = mode;
    this.move = move;
  }

  /**
   * Reads an order.
   *
   * @throws RefusedException if it is none, or says two things at once
   */
  static ClockOrder read(Members body) throws RefusedException {
    for (String member : body.keys()) {
      if (!ALL.contains(member)) {
        throw unlike("'" + Value.shortened(member) + "' is no member of it");
      }
    }
    ClockOrder order = new ClockOrder(mode(body), move(body));
    if (order.mode.isEmpty() && order.move.isEmpty()) {
      throw unlike("it has no member 'advance', 'to' or 'mode'");
    }
    return order;
  }

  private static Optional<Step> mode(Members body) throws RefusedException {
    String mode = body.has(MODE) ? text(body, MODE) : "";
    requireOnlyWith(body, SCALE, mode.equals("scaled"), "scaled");
    requireOnlyWith(body, OFFSET, mode.equals("offset"), "offset");
    if (!body.has(MODE)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (mode) {
          case "frozen" -> paced(PolicyClock::freeze);
          case "real" -> clock -> clock.setOffset(Duration.ZERO);
          case "offset" -> body.has(OFFSET) ? ahead(body) : paced(PolicyClock::resume);
          case "scaled" -> scaled(body);
          default -> throw unlike("its 'mode' is none of real, frozen, offset and scaled");
        });
  }

  private static void requireOnlyWith(Members body, String member, boolean inPlace, String itsMode)
      throws RefusedException {
    if (body.has(member) && !inPlace) {
      throw unlike(
          "'%s' goes with the mode '%s' alone; to move the clock say 'advance' or 'to'"
              .formatted(member, itsMode));
    }
  }

  private static Step ahead(Members body) throws RefusedException {
    Duration ahead = duration(body, OFFSET);
    return clock -> clock.setOffset(ahead);
  }

  private static Step scaled(Members body) throws RefusedException {
    if (!body.value(SCALE).node().isNumber()) {
      throw unlike("the mode 'scaled' needs a 'scale', a number from 0.01 to 1000");
    }
    double times = body.value(SCALE).node().asDouble();
    return clock -> {
      clock.scale(times);
      return CompletableFuture.completedFuture(clock.instant());
    };
  }

  /** A change of pace that cannot fail. */
  private interface Pace {
    void set(PolicyClock clock);
  }

  private static Step paced(Pace pace) {
    return clock -> {
      pace.set(clock);
      return CompletableFuture.completedFuture(clock.instant());
    };
  }

  private static Optional<Step> move(Members body) throws RefusedException {
    if (body.has(ADVANCE) && body.has(TO)) {
      throw unlike("it says both 'advance' and 'to': which of them?");
    }
    if ((body.has(ADVANCE) || body.has(TO)) && body.has(OFFSET)) {
      throw unlike("an 'offset' is a move already, so there is no 'advance' or 'to' beside it");
    }
    if (body.has(ADVANCE)) {
      Duration by = duration(body, ADVANCE);
      return Optional.of(clock -> clock.advance(by));
    }
    if (body.has(TO)) {
      Instant goal = instant(body);
      return Optional.of(clock -> clock.advanceTo(goal));
    }
    return Optional.empty();
  }

  /** Completes with the clock's time when everything has settled. */
  CompletionStage<Instant> give(PolicyClock clock) throws RefusedException {
    if (mode.isEmpty()) {
      return move.orElseThrow().take(clock);
    }
    CompletionStage<Instant> paced = mode.get().take(clock);
    // Advances run one behind the other, so the move is the last to settle.
    return move.isEmpty() ? paced : move.get().take(clock);
  }

  private static String text(Members body, String member) {
    String text = body.value(member).node().asText();
    return text.length() > LONGEST_TEXT ? "" : text;
  }

  private static Duration duration(Members body, String member) throws RefusedException {
    try {
      return Duration.parse(text(body, member));
    } catch (DateTimeException e) {
      throw unlike(
          "its '" + member + "' is no ISO 8601 duration of days, hours, minutes and seconds");
    }
  }

  private static Instant instant(Members body) throws RefusedException {
    try {
      return Instant.parse(text(body, TO));
    } catch (DateTimeException e) {
      throw unlike("its 'to' is no instant like 2030-01-01T00:00:00Z");
    }
  }

  private static RefusedException unlike(String complaint) {
    return new RefusedException(
        Reason.INVALID_ARGUMENT,
        "The body has to be like {\"advance\":\"PT3M\"}, for three minutes, or like"
            + " {\"mode\":\"frozen\"}, but "
            + complaint
            + ".");
  }
}
