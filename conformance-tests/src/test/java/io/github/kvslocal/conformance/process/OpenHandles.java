package io.github.kvslocal.conformance.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a process holds at a moment, as Linux counts it (proc(5)).
 *
 * @param threads all of them
 * @param sockets open ones, of any kind
 * @param files open files, pipes and all else that is no socket
 */
public record OpenHandles(int threads, int sockets, int files) {
  private static final Duration COLLECTING = Duration.ofSeconds(20);

  /** The JDK's HTTP client closes connections that were idle for five seconds. */
  private static final Duration SETTLING = Duration.ofSeconds(8);

  private static final long POLL_MILLIS = 100;

  /** Counts those of a process of this user. */
  public static OpenHandles of(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid));
    int sockets = 0;
    int files = 0;
    for (Path handle : entries(folder.resolve("fd"))) {
      try {
        if (Files.readSymbolicLink(handle).toString().startsWith("socket:")) {
          sockets++;
        } else {
          files++;
        }
      } catch (NoSuchFileException e) {
        // It was closed while the others were counted.
      }
    }
    return new OpenHandles(entries(folder.resolve("task")).size(), sockets, files);
  }

  /**
   * What a JVM still holds when nothing goes on in it: the least of many counts after a full
   * collection, taken for longer than its clients keep idle connections.
   *
   * <p>Collected first, because ice4j's {@code MultiplexedDatagramSocket}, one for each remote
   * address of an agent, does not close the unbound socket that it inherits from {@code
   * java.net.DatagramSocket}; only the collector does.
   */
  public static OpenHandles settled(long pid) throws IOException, InterruptedException {
    Command.of(
            Path.of(System.getProperty("java.home", ""), "bin", "jcmd").toString(),
            Long.toString(pid),
            "GC.run")
        .succeed(COLLECTING);
    OpenHandles least = of(pid);
    for (long end = System.nanoTime() + SETTLING.toNanos(); System.nanoTime() < end; ) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      least = least.orLess(of(pid));
    }
    return least;
  }

  private OpenHandles orLess(OpenHandles other) {
    return new OpenHandles(
        Math.min(threads, other.threads),
        Math.min(sockets, other.sockets),
        Math.min(files, other.files));
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
