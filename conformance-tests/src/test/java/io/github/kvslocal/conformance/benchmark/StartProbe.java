package io.github.kvslocal.conformance.benchmark;

import io.github.kvslocal.KvsLocal;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** A process of its own that starts emulators and prints, line by line, what each step took. */
final class StartProbe {
  private static final int RESETS = 50;
  private static final int MANY = 20;
  private static final double KIBIBYTE = 1024;

  private StartProbe() {}

  /** Something that is timed. */
  private interface Step {
    void run() throws Exception;
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    Deque<KvsLocal> running = new ArrayDeque<>();
    double cpuBefore = cpuMillis();
    tell("first start", millis(() -> running.add(KvsLocal.start())));
    tell("first start, CPU", cpuMillis() - cpuBefore);
    KvsLocal first = running.remove();
    tell("first reset", millis(first::reset));
    double[] resets = DoubleStream.generate(() -> millisOfReset(first)).limit(RESETS).toArray();
    tell(
        "later resets, median of " + RESETS,
        DoubleStream.of(resets).sorted().toArray()[RESETS / 2]);
    first.close();
    tell("second start", millis(() -> running.add(KvsLocal.start())));
    running.remove().close();

    double heapBefore = heapKibibytes();
    double started =
        millis(
            () -> {
              for (int number = 0; number < MANY; number++) {
                running.add(KvsLocal.start());
              }
            });
    tell("each of " + MANY + " at once", started / MANY);
    tell("heap of each of " + MANY, (heapKibibytes() - heapBefore) / MANY);
    running.forEach(KvsLocal::close);
    System.exit(0);
  }

  private static double millisOfReset(KvsLocal emulator) {
    long begin = System.nanoTime();
    emulator.reset();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static double millis(Step step) throws Exception {
    long begin = System.nanoTime();
    step.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  /** Of all threads of this process, user and system. */
  private static double cpuMillis() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e6
        : 0;
  }

  private static double heapKibibytes() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int round = 0; round < 3; round++) {
      System.gc();
      Thread.sleep(100);
    }
    return (runtime.totalMemory() - runtime.freeMemory()) / KIBIBYTE;
  }

  private static void tell(String what, double value) {
    System.out.printf(Locale.ROOT, "%s%s=%.1f%n", StartBenchmark.MARK, what, value);
  }
}
