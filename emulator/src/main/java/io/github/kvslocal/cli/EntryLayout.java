package io.github.kvslocal.cli;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.LayoutBase;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * An entry of the log as text: one line, and below it, indented, the stack trace if there is one.
 *
 * <p>Values are of foreign origin, so none of them can end the line, its own quotes, or what a
 * terminal shows as text: they are escaped as JSON strings are, and the rest of an entry is for
 * whatever controls something.
 */
final class EntryLayout extends LayoutBase<ILoggingEvent> {
  private final PatternLayout beginning = new PatternLayout();
  private final ThrowableProxyConverter trace = new ThrowableProxyConverter();

  @Override
  public void setContext(Context newContext) {
    super.setContext(newContext);
    beginning.setContext(newContext);
    trace.setContext(newContext);
  }

  @Override
  public void start() {
    beginning.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%nopex");
    beginning.start();
    trace.start();
    super.start();
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder text = new StringBuilder();
    append(text, beginning.doLayout(event), "");
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    for (KeyValuePair pair : pairs == null ? List.<KeyValuePair>of() : pairs) {
      text.append(' ').append(pair.key).append("=\"");
      append(text, String.valueOf(pair.value), "\"\\");
      text.append('"');
    }
    text.append(System.lineSeparator());
    if (event.getThrowableProxy() != null) {
      trace.convert(event).lines().forEach(line -> indent(text, line));
    }
    return text.toString();
  }

  private static void indent(StringBuilder text, String line) {
    text.append('\t');
    append(text, line.strip(), "");
    text.append(System.lineSeparator());
  }

  private static void append(StringBuilder text, String foreign, String quoted) {
    foreign
        .codePoints()
        .forEach(
            character -> {
              if (quoted.indexOf(character) >= 0) {
                text.append('\\').appendCodePoint(character);
              } else if (controls(character)) {
                for (char unit : Character.toChars(character)) {
                  text.append(String.format("\\u%04x", (int) unit));
                }
              } else {
                text.appendCodePoint(character);
              }
            });
  }

  /**
   * Whether it ends lines, moves the cursor, or turns the direction of what follows, as some of the
   * format characters do (Unicode Standard Annex 9, "Directional Formatting Characters").
   */
  private static boolean controls(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
