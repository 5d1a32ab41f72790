package io.github.kvslocal.conformance.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process costs, as Linux counts it (proc(5)). */
final class ProcessUsage {
  /** USER_HZ, which Linux has kept at 100 for programs on every architecture that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 11;
  private static final int STIME = 12;

  private final Path folder;

  ProcessUsage(long pid) {
    folder = Path.of("/proc", Long.toString(pid));
  }

  /** Seconds of CPU in user and kernel mode since the process began, all threads together. */
  double cpuSeconds() {
    String stat = read("stat");
    // The program's name is in parentheses and may hold blanks; the numbers follow it.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ", -1));
    return (Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(STIME)))
        / TICKS_PER_SECOND;
  }

  /** Memory that is really there, in MiB. */
  long residentMebibytes() {
    return read("status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }
}
