package io.github.kvslocal.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The log on stderr, set up in code: looking for configuration files and parsing them would make
 * the start slower. SLF4J finds it by its name in a system property.
 */
public final class LogSetup implements SLF4JServiceProvider {
  private static final String FORMAT_PROPERTY = "kvslocal.log.format";

  private final LoggerContext context = new LoggerContext();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final LogbackMDCAdapter diagnostics = new LogbackMDCAdapter();

  /** For SLF4J alone. */
  public LogSetup() {}

  /** Has to come before the first logger. */
  static void install(ServeOptions.LogFormat format) {
    System.setProperty("slf4j.internal.verbosity", "WARN");
    System.setProperty("slf4j.provider", LogSetup.class.getName());
    System.setProperty(FORMAT_PROPERTY, format.name());
    java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
    for (java.util.logging.Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    // Bridged records are costly, so most are stopped before the bridge.
    root.setLevel(java.util.logging.Level.WARNING);
    SLF4JBridgeHandler.install();
  }

  @Override
  public void initialize() {
    context.setName("kvslocal");
    context.setMDCAdapter(diagnostics);
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder());
    appender.start();
    context.getLogger("ROOT").setLevel(Level.WARN);
    context.getLogger("ROOT").addAppender(appender);
    context.getLogger("io.github.kvslocal").setLevel(Level.INFO);
  }

  private Encoder<ILoggingEvent> encoder() {
    if (ServeOptions.LogFormat.JSON.name().equals(System.getProperty(FORMAT_PROPERTY))) {
      JsonEncoder json = new JsonEncoder();
      json.setContext(context);
      json.start();
      return json;
    }
    EntryLayout layout = new EntryLayout();
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> text = new LayoutWrappingEncoder<>();
    text.setContext(context);
    text.setLayout(layout);
    text.start();
    return text;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return context;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return diagnostics;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
