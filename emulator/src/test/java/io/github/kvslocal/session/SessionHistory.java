package io.github.kvslocal.session;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Plays a list of steps to the session and to its reference, and tells where they differ. */
final class SessionHistory implements SessionEffect.Performer {
  private static final int MASTER = 0;
  private static final int VIEWERS = 6;
  private static final int MOST_STEPS = 60;
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  /** Seconds around which the rules have their edges. */
  private static final int[] EDGES = {0, 1, 30, 59, 60, 61, 119, 120, 179, 180, 181};

  enum Kind {
    WAIT,
    /** Waits until so many seconds before the session's hour. */
    WAIT_FOR_THE_HOUR,
    JOIN,
    /** The client gets the offer that waits for its answer. */
    DELIVER,
    ANSWER,
    CONNECT,
    LOSE_ANSWERED,
    LOSE_OFFERED,
    END_STORAGE,
    /** Tells the session of a peer that it has closed, as a driver does. */
    SAY_OF_CLOSED
  }

  /** Means something in every state, so that a history stays one when steps are left out. */
  record Step(Kind kind, int number) {
    @Override
    public String toString() {
      return kind + " " + number;
    }
  }

  private final StorageSession session = new StorageSession(SessionLimits.DOCUMENTED);
  private final ReferenceSession reference = new ReferenceSession();
  private long second;

  private final List<String> happened = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final Map<PeerId, Integer> living = new HashMap<>();
  private final Set<PeerId> answered = new HashSet<>();
  private final Set<PeerId> closed = new HashSet<>();
  private final Set<Integer> held = new TreeSet<>();

  /** A history of its own for every seed. */
  static List<Step> random(long seed) {
    Random dice = new Random(seed);
    List<Step> steps = new ArrayList<>();
    int length = 5 + dice.nextInt(MOST_STEPS - 5);
    while (steps.size() < length) {
      int who = dice.nextInt(3) == 0 ? MASTER : 1 + dice.nextInt(VIEWERS);
      switch (dice.nextInt(16)) {
        case 0 -> steps.add(new Step(Kind.JOIN, who));
        case 1, 2 -> {
          steps.add(new Step(Kind.JOIN, who));
          steps.add(new Step(Kind.DELIVER, who));
        }
        case 3, 4 -> steps.add(new Step(Kind.ANSWER, who));
        case 5 -> steps.add(new Step(Kind.CONNECT, who));
        case 6, 7 -> {
          steps.add(new Step(Kind.JOIN, who));
          steps.add(new Step(Kind.DELIVER, who));
          steps.add(new Step(Kind.ANSWER, who));
          steps.add(new Step(Kind.CONNECT, who));
        }
        case 8, 9 -> steps.add(new Step(Kind.LOSE_ANSWERED, who));
        case 10 -> steps.add(new Step(Kind.LOSE_OFFERED, who));
        case 11 -> steps.add(new Step(Kind.SAY_OF_CLOSED, 0));
        case 12 -> steps.add(new Step(Kind.WAIT, dice.nextInt(90)));
        case 13, 14 -> steps.add(new Step(Kind.WAIT, EDGES[dice.nextInt(EDGES.length)]));
        default -> {
          Kind rare = dice.nextInt(4) == 0 ? Kind.END_STORAGE : Kind.WAIT_FOR_THE_HOUR;
          steps.add(new Step(rare, dice.nextInt(62)));
        }
      }
    }
    return steps;
  }

  /** Where the session and the reference differ first, or an invariant is broken. */
  static Optional<String> firstDifference(List<Step> steps) {
    SessionHistory history = new SessionHistory();
    for (int i = 0; i < steps.size(); i++) {
      Optional<String> difference = history.play(steps.get(i));
      if (difference.isPresent()) {
        String what = difference.get();
        return Optional.of("after step %d (%s): %s".formatted(i + 1, steps.get(i), what));
      }
    }
    return Optional.empty();
  }

  /** The same failure in as few steps as leaving out can reach. */
  static List<Step> shortest(List<Step> failing) {
    List<Step> steps = failing;
    for (int at = 0; at < steps.size(); ) {
      List<Step> fewer = new ArrayList<>(steps);
      fewer.remove(at);
      if (firstDifference(fewer).isPresent()) {
        steps = fewer;
        at = 0;
      } else {
        at++;
      }
    }
    return steps;
  }

  private Optional<String> play(Step step) {
    happened.clear();
    List<String> expected;
    try {
      expected = perform(step);
    } catch (IllegalStateException e) {
      return Optional.of("the session failed: " + e.getMessage());
    }
    checkInvariants();
    if (!broken.isEmpty()) {
      return Optional.of(String.join("; ", broken));
    }
    if (!happened.equals(expected) && !sorted(happened).equals(sorted(expected))) {
      return Optional.of("expected %s, but got %s".formatted(sorted(expected), sorted(happened)));
    }
    return differenceOfState();
  }

  private Optional<String> differenceOfState() {
    long due = reference.nextDue();
    Instant expected = due == Long.MAX_VALUE ? Instant.MAX : START.plusSeconds(due);
    Instant deadline = session.nextDeadline().orElse(Instant.MAX);
    if (!deadline.equals(expected)) {
      return Optional.of("the next deadline is %s and not %s".formatted(deadline, expected));
    }
    return seats().equals(reference.seats())
        ? Optional.empty()
        : Optional.of("the seats are %s and not %s".formatted(seats(), reference.seats()));
  }

  /** Everything is due first; what happened and what the reference expected comes back. */
  private List<String> perform(Step step) {
    second += waited(step);
    List<String> expected = new ArrayList<>(reference.pass(second));
    perform(session.elapse(now()));
    Stream<String> more =
        switch (step.kind()) {
          case WAIT, WAIT_FOR_THE_HOUR -> Stream.of();
          case JOIN -> join(step.number());
          case DELIVER -> {
            session.awaitingAnswer(participant(step.number())).ifPresent(session::offerDelivered);
            reference.deliver(step.number(), second);
            yield Stream.of();
          }
          case ANSWER -> {
            answer(participant(step.number()));
            yield reference.answer(step.number(), second);
          }
          case CONNECT -> {
            peer(step.number(), true).ifPresent(peer -> session.connected(peer, now()));
            reference.connect(step.number(), second);
            yield Stream.of();
          }
          case LOSE_ANSWERED -> lose(step.number(), true);
          case LOSE_OFFERED -> lose(step.number(), false);
          case END_STORAGE -> {
            perform(session.end(CloseCause.STORAGE_ENDED));
            yield reference.endStorage(second);
          }
          case SAY_OF_CLOSED -> {
            closed.forEach(this::sayOfClosed);
            yield Stream.of();
          }
        };
    more.forEach(expected::add);
    return expected;
  }

  private long waited(Step step) {
    return switch (step.kind()) {
      case WAIT -> step.number();
      case WAIT_FOR_THE_HOUR ->
          reference.bornInSecond() == Long.MAX_VALUE
              ? 0
              : Math.max(0, reference.bornInSecond() + 3_600 - step.number() - second);
      default -> 0;
    };
  }

  private Stream<String> join(int who) {
    try {
      perform(session.join(participant(who), STREAM, now()));
    } catch (RefusedException e) {
      happened.add("refused " + who);
    }
    return reference.join(who, second);
  }

  private void answer(Participant from) {
    Optional<PeerId> waiting = session.awaitingAnswer(from);
    if (waiting.isPresent()) {
      answered.add(waiting.get());
      perform(session.answered(waiting.get(), now()));
    } else {
      session.answerableAgain(from).ifPresent(peer -> perform(session.answeredAgain(peer, now())));
    }
  }

  private Stream<String> lose(int who, boolean wasAnswered) {
    peer(who, wasAnswered)
        .ifPresent(
            peer -> {
              living.remove(peer);
              closed.add(peer);
              perform(session.ended(peer, now()));
            });
    return reference.lose(who, wasAnswered, second);
  }

  private void sayOfClosed(PeerId peer) {
    session.offerDelivered(peer);
    session.connected(peer, now());
    perform(session.answered(peer, now()));
    perform(session.answeredAgain(peer, now()));
    perform(session.ended(peer, now()));
  }

  private Optional<PeerId> peer(int who, boolean wasAnswered) {
    return living.entrySet().stream()
        .filter(entry -> entry.getValue() == who)
        .map(Map.Entry::getKey)
        .filter(peer -> answered.contains(peer) == wasAnswered)
        .findFirst();
  }

  private void checkInvariants() {
    require(seats().size() <= 3, "there are more than three seats");
    int masters = 0;
    for (Map.Entry<PeerId, Integer> entry : living.entrySet()) {
      masters += entry.getValue() == MASTER && answered.contains(entry.getKey()) ? 1 : 0;
    }
    require(masters <= 1, "there are two masters");
    require(
        session.nextDeadline().isEmpty() == (living.isEmpty() && held.isEmpty()),
        "a deadline must exist exactly when something waits");
    require(
        session.isEmpty() == session.nextDeadline().isEmpty(),
        "an empty session waits for nothing");
  }

  private void require(boolean invariant, String complaint) {
    if (!invariant) {
      broken.add(complaint);
    }
  }

  private Set<Integer> seats() {
    Set<Integer> seats = new TreeSet<>(held);
    seats.addAll(living.values());
    seats.remove(MASTER);
    return seats;
  }

  private void perform(List<SessionEffect> effects) {
    effects.forEach(effect -> effect.perform(this));
  }

  @Override
  public void sendOffer(PeerId peer, Participant to, StreamArn stream) {
    requireOpen(peer);
    living.put(peer, number(to));
    held.remove(number(to));
    happened.add("offer " + peer.number() + " to " + number(to));
  }

  @Override
  public void renewPeer(PeerId peer, PeerId successor, Participant whose) {
    requireOpen(peer);
    requireOpen(successor);
    living.remove(peer);
    closed.add(peer);
    living.put(successor, number(whose));
    answered.add(successor);
    happened.add("renew " + peer.number() + " by " + successor.number());
  }

  @Override
  public void closePeer(PeerId peer, Participant whose, CloseCause cause) {
    requireOpen(peer);
    living.remove(peer);
    closed.add(peer);
    happened.add("close " + peer.number() + " " + cause);
  }

  @Override
  public void seatHeld(ClientId viewer, Instant until) {
    held.add(number(viewer));
    happened.add(
        "held %d until %d".formatted(number(viewer), Duration.between(START, until).toSeconds()));
  }

  @Override
  public void seatFreed(ClientId viewer) {
    held.remove(number(viewer));
    happened.add("freed " + number(viewer));
  }

  @Override
  public void sessionEnded(CloseCause cause) {
    held.clear();
    happened.add("ended " + cause);
  }

  private void requireOpen(PeerId peer) {
    require(!closed.contains(peer), "an effect for a closed peer");
  }

  private Instant now() {
    return START.plusSeconds(second);
  }

  private static Participant participant(int number) {
    return number == MASTER
        ? Participant.MASTER
        : new Participant.Viewer(new ClientId(String.valueOf(number)));
  }

  private static int number(Participant participant) {
    return participant instanceof Participant.Viewer viewer ? number(viewer.id()) : MASTER;
  }

  private static int number(ClientId viewer) {
    return Integer.parseInt(viewer.value());
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }
}
