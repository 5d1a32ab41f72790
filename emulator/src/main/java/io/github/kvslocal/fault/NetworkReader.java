package io.github.kvslocal.fault;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads what {@link NetworkModel#parse} describes. */
final class NetworkReader {
  static final int MOST_CHARACTERS = 1_000;

  private static final String IN = "in.";
  private static final String OUT = "out.";
  private static final String SEED = "seed";

  private static final String NUMBER = "[0-9]{1,9}(\\.[0-9]{1,9})?";
  private static final String PERCENT = "(?:" + NUMBER + "%|0(?:\\.[0-9]{1,9})?|1)";
  private static final Pattern FRACTION = Pattern.compile(PERCENT);
  private static final Pattern BURST =
      Pattern.compile(PERCENT + ":" + PERCENT + "(:" + PERCENT + ")?");
  private static final Pattern TIME = Pattern.compile(NUMBER + "(us|ms|s)");
  private static final Pattern RATE = Pattern.compile(NUMBER + "(kbit|mbit|gbit)");
  private static final Pattern SEED_VALUE = Pattern.compile("-?[0-9]{1,18}");

  /** The units in fractions, nanoseconds and bits per second. */
  private static final Map<String, BigDecimal> UNITS =
      Map.of(
          "%", new BigDecimal("0.01"),
          "us", BigDecimal.valueOf(1_000L),
          "ms", BigDecimal.valueOf(1_000_000L),
          "s", BigDecimal.valueOf(1_000_000_000L),
          "kbit", BigDecimal.valueOf(1_000L),
          "mbit", BigDecimal.valueOf(1_000_000L),
          "gbit", BigDecimal.valueOf(1_000_000_000L));

  /** A property of one direction, and what its value makes of that. */
  private record Property(
      String name, Pattern form, String example, BiFunction<LinkModel, String, LinkModel> change) {}

  /** The delay comes before what needs one. */
  private static final List<Property> PROPERTIES =
      List.of(
          new Property("loss", FRACTION, "3%", (link, text) -> link.withLoss(fraction(text))),
          new Property("burst", BURST, "1%:25%", (link, text) -> link.withBursts(bursts(text))),
          new Property("delay", TIME, "25ms", (link, text) -> link.withDelay(time(text))),
          new Property("jitter", TIME, "10ms", (link, text) -> link.withJitter(time(text))),
          new Property(
              "reorder", FRACTION, "1%", (link, text) -> link.withReordering(fraction(text))),
          new Property(
              "duplicate", FRACTION, "1%", (link, text) -> link.withDuplication(fraction(text))),
          new Property(
              "corrupt", FRACTION, "1%", (link, text) -> link.withCorruption(fraction(text))),
          new Property("rate", RATE, "2mbit", NetworkReader::withRate),
          new Property("queue", TIME, "200ms", NetworkReader::withQueue));

  private NetworkReader() {}

  static NetworkModel read(String text) {
    LinkModel.require(
        text.length() <= MOST_CHARACTERS,
        "a network is described in " + MOST_CHARACTERS + " characters at most");
    Map<String, String> values = values(text.toLowerCase(Locale.ROOT));
    LinkModel incoming = LinkModel.PERFECT;
    LinkModel outgoing = LinkModel.PERFECT;
    for (Property property : PROPERTIES) {
      incoming = changed(incoming, property, IN, values);
      outgoing = changed(outgoing, property, OUT, values);
    }
    return new NetworkModel(incoming, outgoing, seed(values.getOrDefault(SEED, "0")));
  }

  /** The values by their names; each name is a known one. */
  private static Map<String, String> values(String text) {
    Map<String, String> values = new HashMap<>();
    int place = 0;
    for (String part : text.split(",", -1)) {
      place++;
      if (part.isBlank()) {
        // A comma too many names nothing.
        continue;
      }
      int equals = part.indexOf('=');
      String name = equals < 0 ? "" : part.substring(0, equals).strip();
      LinkModel.require(
          isKnown(name),
          "part %d of the network is no <property>=<value>; the properties are %s"
              .formatted(place, examples()));
      LinkModel.require(
          values.put(name, part.substring(equals + 1).strip()) == null,
          "the network has two values of " + name);
    }
    return values;
  }

  static boolean isKnown(String name) {
    return name.equals(SEED)
        || PROPERTIES.stream()
            .map(Property::name)
            .anyMatch(
                known -> name.equals(known) || name.equals(IN + known) || name.equals(OUT + known));
  }

  private static String examples() {
    List<String> examples = new ArrayList<>();
    PROPERTIES.forEach(property -> examples.add(property.name() + "=" + property.example()));
    examples.add("seed=7, all but the seed with in. or out. before it for one direction");
    return String.join(", ", examples);
  }

  /** What is said of one direction holds there, whatever is said of both. */
  private static LinkModel changed(
      LinkModel link, Property property, String direction, Map<String, String> values) {
    String name = values.containsKey(direction + property.name()) ? direction : "";
    String value = values.get(name + property.name());
    if (value == null) {
      return link;
    }
    LinkModel.require(
        property.form().matcher(value).matches(),
        "%s of the network is not understood; it is given as %s=%s"
            .formatted(name + property.name(), property.name(), property.example()));
    return property.change().apply(link, value);
  }

  private static LinkModel withRate(LinkModel link, String text) {
    long rate = quantity(text).longValue();
    LinkModel.require(rate != Bottleneck.UNLIMITED, "the rate must be 8kbit to 10gbit a second");
    return link.withBottleneck(new Bottleneck(rate, link.bottleneck().queue()));
  }

  private static LinkModel withQueue(LinkModel link, String text) {
    return link.withBottleneck(new Bottleneck(link.bottleneck().bitsPerSecond(), time(text)));
  }

  private static Bursts bursts(String text) {
    String[] parts = text.split(":", -1);
    double loss = parts.length == 3 ? fraction(parts[2]) : 1;
    return new Bursts(fraction(parts[0]), fraction(parts[1]), loss);
  }

  private static double fraction(String text) {
    return quantity(text).doubleValue();
  }

  private static Duration time(String text) {
    return Duration.ofNanos(quantity(text).longValue());
  }

  /** A number with one of the units behind it; with all its digits it stays within a long. */
  private static BigDecimal quantity(String text) {
    int end = 0;
    while (end < text.length()
        && (text.charAt(end) == '.' || Character.isDigit(text.charAt(end)))) {
      end++;
    }
    BigDecimal unit = UNITS.getOrDefault(text.substring(end), BigDecimal.ONE);
    return new BigDecimal(text.substring(0, end)).multiply(unit);
  }

  private static long seed(String text) {
    LinkModel.require(
        SEED_VALUE.matcher(text).matches(), "the seed of the network is a whole number, as seed=7");
    return Long.parseLong(text);
  }
}
