package io.github.kvslocal.conformance.concurrency;

import io.github.kvslocal.conformance.json.JsonAnswer;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What all clients together were answered; for any thread. */
final class Ledger {
  private static final int PATIENCE_SECONDS = 60;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Set<String> spentVersions = ConcurrentHashMap.newKeySet();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final Semaphore answers = new Semaphore(0);
  private final Semaphore brokenOff = new Semaphore(0);
  private volatile boolean forgiving;

  /**
   * Notes an answer.
   *
   * @param refusals the errors that make sense for this call
   */
  void answered(String operation, JsonAnswer answer, Set<String> refusals) {
    count(operation + " " + (answer.succeeded() ? "200" : answer.error()));
    boolean refused = answer.status() >= 400 && answer.status() < 500;
    if (!answer.succeeded() && !(refused && refusals.contains(answer.error()))) {
      complaints.add(operation + " -> " + answer);
    }
    answers.release();
  }

  /** Notes that a change which named this version of this resource was made. */
  void spent(String arn, String version) {
    if (!spentVersions.add(arn + " " + version)) {
      complaints.add("two changes of " + version + " of " + arn + " succeeded: one is lost");
    }
  }

  /** Whether a change that named this version has been made. */
  boolean isSpent(String arn, String version) {
    return spentVersions.contains(arn + " " + version);
  }

  /** Notes that nobody answered a call. */
  void brokenOff(IOException failure) {
    if (!forgiving) {
      complaints.add("a call failed: " + failure);
    }
    brokenOff.release();
  }

  /** From now on it is nobody's fault if a call is not answered. */
  void forgive() {
    forgiving = true;
  }

  /**
   * Waits until there have been so many answers.
   *
   * @throws IllegalStateException if that takes longer than a minute
   */
  void awaitAnswers(int count) throws InterruptedException {
    await(answers, count, "answers");
  }

  /**
   * Waits until so many calls were not answered.
   *
   * @throws IllegalStateException if that takes longer than a minute
   */
  void awaitBrokenOff(int count) throws InterruptedException {
    await(brokenOff, count, "calls broken off");
  }

  private static void await(Semaphore events, int count, String what) throws InterruptedException {
    if (!events.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "%d %s instead of %d within %d s"
              .formatted(events.availablePermits(), what, count, PATIENCE_SECONDS));
    }
  }

  /** What cannot be right; empty if all was. */
  Queue<String> complaints() {
    return complaints;
  }

  /** How often each operation ended how. */
  Map<String, Long> counts() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((what, count) -> sums.put(what, count.sum()));
    return sums;
  }

  private void count(String what) {
    counts.computeIfAbsent(what, first -> new LongAdder()).increment();
  }
}
