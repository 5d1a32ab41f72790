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
import org.slf4j.LoggerFactory;

/** What an emulator in this process logs, the entries of its journal among it. */
final class EventLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final long LIMIT_SECONDS = 20;

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.kvslocal");
  private final List<String> lines = new ArrayList<>();
  private final List<String> exceptions = new ArrayList<>();

  EventLog() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    setContext(logger.getLoggerContext());
    start();
    // Whatever other libraries have to say of failures is of interest too.
    logger.getLoggerContext().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(this);
    logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String line =
        event.getLevel() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs();
    synchronized (lines) {
      lines.add(line);
      if (event.getThrowableProxy() != null || event.getLevel().isGreaterOrEqual(Level.ERROR)) {
        exceptions.add(line + " " + event.getThrowableProxy());
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

  /** All lines with an exception, and all errors. */
  List<String> exceptions() {
    synchronized (lines) {
      return List.copyOf(exceptions);
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.getLoggerContext().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(this);
    logger.setLevel(null);
    logger.setAdditive(true);
    stop();
  }
}
