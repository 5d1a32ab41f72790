package io.github.kvslocal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What an emulator in this process logs, the entries of its journal among it. */
final class EventLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.kvslocal");
  private final @Nullable Level levelBefore = logger.getLevel();
  private final boolean additiveBefore = logger.isAdditive();
  private final Thread.@Nullable UncaughtExceptionHandler handlerBefore =
      Thread.getDefaultUncaughtExceptionHandler();
  private final List<String> lines = new ArrayList<>();
  private final List<String> exceptions = new ArrayList<>();

  /** What the libraries log by the JDK's own means. */
  private final Handler libraries =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          boolean severe = entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue();
          add(
              "%s %s %s %s"
                  .formatted(
                      entry.getLevel(),
                      entry.getLoggerName(),
                      entry.getMessage(),
                      entry.getThrown()),
              severe || entry.getThrown() != null);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  EventLog() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    setContext(logger.getLoggerContext());
    start();
    // Whatever other libraries have to say of failures is of interest too.
    logger.getLoggerContext().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(this);
    logger.addAppender(this);
    java.util.logging.Logger.getLogger("").addHandler(libraries);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> add(thread.getName() + " died of " + failure, true));
  }

  @Override
  protected void append(ILoggingEvent event) {
    String line =
        "%s %s %s %s"
            .formatted(
                event.getLevel(),
                event.getFormattedMessage(),
                event.getKeyValuePairs(),
                event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getClassName());
    add(line, event.getThrowableProxy() != null || event.getLevel().isGreaterOrEqual(Level.ERROR));
  }

  private void add(String line, boolean exception) {
    synchronized (lines) {
      lines.add(line);
      if (exception) {
        exceptions.add(line);
      }
      lines.notifyAll();
    }
  }

  /** The first line that has all of these, waited for. */
  String await(String... parts) throws InterruptedException, TimeoutException {
    Predicate<String> wanted = line -> List.of(parts).stream().allMatch(line::contains);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    synchronized (lines) {
      while (lines.stream().noneMatch(wanted)) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new TimeoutException(List.of(parts) + " is in none of " + lines);
        }
        lines.wait(left);
      }
      return lines.stream().filter(wanted).findFirst().orElseThrow();
    }
  }

  /** All lines so far. */
  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** All lines with an exception, all errors, and the threads that died. */
  List<String> exceptions() {
    synchronized (lines) {
      return List.copyOf(exceptions);
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.getLoggerContext().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(this);
    java.util.logging.Logger.getLogger("").removeHandler(libraries);
    Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
    logger.setLevel(levelBefore);
    logger.setAdditive(additiveBefore);
    stop();
  }
}
