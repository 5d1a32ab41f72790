package io.github.kvslocal.fault;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text form of rules, for headers, tags, URLs and JSON: a fault and its options, separated by
 * spaces; several rules have the word {@code and} between them.
 *
 * <pre>
 * rules  = rule *( " and " rule )
 * rule   = fault *( " " option )
 * fault  = "error=" name [" status=" number]     declined, such as error=ThrottlingException
 *        / "latency=" time                       waits before anything is done
 *        / "reset=" ("before" / "after")         cut, before or after it has been done
 *        / "withhold-offer" / "delay-offer=" time / "repeat-offer=" times / "candidates-first"
 *        / "drop-socket" ["=" code] [after]      without a code cut without a close frame
 *        / "go-away" [after] [" grace=" time]
 *        / "reconnect-ice-server" [after]
 *        / "status-response=" name               InvalidArgumentException and the like
 *        / "ignore-checks" / "wrong-fingerprint" / "silence" [after]
 *        / "network" *( " " property )           those of --network, such as loss=0.03 delay=25ms
 *        / "pli=" ("none" / time)                never, or always again after this time
 *        / "bandwidth=" rate                     such as 300kbit, told by REMB
 * after  = " after=" time
 * option = "operation=" name / "channel=" (name / ARN) / "client=" (client id / "master")
 *        / "count=" number / "probability=" fraction / "ttl=" time / "seed=" number
 * time   = 500ms, 5s, 3m, 1h, PT3M
 * </pre>
 *
 * All of it can be written in the value of a tag, which knows neither a comma nor a percent sign.
 */
public final class FaultText {
  /** Of the text of all rules. */
  static final int MOST_CHARACTERS = 2_000;

  /** Of rules in one text. */
  static final int MOST_RULES = 20;

  private static final String SEPARATOR = "and";
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SEED = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern FRACTION = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?%?");
  private static final Pattern RATE = Pattern.compile("([0-9]{1,9})(k|m|g)bit");
  private static final Set<String> OPTIONS =
      Set.of("operation", "channel", "client", "count", "probability", "ttl", "seed");

  private static final String KINDS =
      "error=<Name>, latency=<time>, reset=before, reset=after, withhold-offer, delay-offer=<time>,"
          + " repeat-offer=<times>, candidates-first, drop-socket[=<code>], go-away,"
          + " reconnect-ice-server, status-response=<Name>, ignore-checks, wrong-fingerprint,"
          + " silence, network <properties>, pli=none, pli=<time>, bandwidth=<rate>";

  /** The words of one rule, from which each is taken once. */
  private static final class Words {
    final String fault;
    final String value;
    final Map<String, String> more;

    Words(String fault, String value, Map<String, String> more) {
      this.fault = fault;
      this.value = value;
      this.more = more;
    }

    String take(String name, String otherwise) {
      String value = more.remove(name);
      return value == null ? otherwise : value;
    }

    Duration time(String name, Duration otherwise) {
      String text = take(name, "");
      return text.isEmpty() ? otherwise : Durations.parse(text);
    }

    int number(String name, int otherwise) {
      String text = take(name, "");
      return text.isEmpty() ? otherwise : whole(name, text);
    }
  }

  private FaultText() {}

  /**
   * Reads rules.
   *
   * @param text at least one rule
   * @throws RefusedException if it is none, saying how one is written
   */
  public static List<FaultRule> parse(String text) throws RefusedException {
    try {
      LinkModel.require(
          text.length() <= MOST_CHARACTERS,
          "faults are described in " + MOST_CHARACTERS + " characters at most");
      List<FaultRule> rules = new ArrayList<>();
      List<String> words = new ArrayList<>();
      for (String word : text.strip().split("\\s+", -1)) {
        if (word.equals(SEPARATOR)) {
          rules.add(rule(words));
          words.clear();
        } else {
          words.add(word);
        }
      }
      rules.add(rule(words));
      LinkModel.require(rules.size() <= MOST_RULES, "a text has " + MOST_RULES + " rules at most");
      return rules;
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The fault is not understood: %s. A fault is one of %s; behind it may stand operation=,"
                  .formatted(e.getMessage(), KINDS)
              + " channel=, client=, count=, probability=, ttl= and seed=, all separated by"
              + " spaces, such as 'error=ThrottlingException operation=JoinStorageSession count=2';"
              + " several have the word 'and' between them.");
    }
  }

  private static FaultRule rule(List<String> all) {
    LinkModel.require(!all.isEmpty() && !all.get(0).isEmpty(), "it is empty");
    Map<String, String> more = new LinkedHashMap<>();
    for (String word : all.subList(1, all.size())) {
      int equals = word.indexOf('=');
      LinkModel.require(equals > 0, "'" + shortened(word) + "' is no <option>=<value>");
      LinkModel.require(
          more.put(word.substring(0, equals), word.substring(equals + 1)) == null,
          "it has two values of " + shortened(word.substring(0, equals)));
    }
    int equals = all.get(0).indexOf('=');
    Words words =
        new Words(
            equals < 0 ? all.get(0) : all.get(0).substring(0, equals),
            equals < 0 ? "" : all.get(0).substring(equals + 1),
            more);
    // Before the options are taken: the seed is the network's, too.
    Fault fault = fault(words);
    FaultRule rule =
        FaultRule.of(fault)
            .within(
                new FaultScope(
                    words.take("operation", ""),
                    words.take("channel", ""),
                    words.take("client", "")))
            .times(words.number("count", FaultRule.ALWAYS))
            .withProbability(probability(words.take("probability", "1")))
            .lasting(words.time("ttl", FaultRule.FOREVER))
            .withSeed(seed(words.take("seed", "0")));
    LinkModel.require(
        more.isEmpty(),
        "%s has no '%s'".formatted(words.fault, shortened(String.join("', '", more.keySet()))));
    return rule;
  }

  private static Fault fault(Words words) {
    return switch (words.fault) {
      case "error" -> new Fault.ApiError(valueOf(words), words.number("status", 0));
      case "latency" -> new Fault.Latency(Durations.parse(valueOf(words)));
      case "reset" -> reset(words);
      case "withhold-offer" -> plain(words, new Fault.WithholdOffer());
      case "delay-offer" -> new Fault.DelayOffer(Durations.parse(valueOf(words)));
      case "repeat-offer" -> new Fault.RepeatOffer(whole("repeat-offer", valueOf(words)));
      case "candidates-first" -> plain(words, new Fault.CandidatesFirst());
      case "drop-socket" ->
          new Fault.DropSocket(
              words.value.isEmpty() ? 0 : whole("drop-socket", words.value), after(words));
      case "go-away" ->
          plain(
              words,
              new Fault.GoAway(after(words), words.time("grace", Fault.GoAway.DOCUMENTED_GRACE)));
      case "reconnect-ice-server" -> plain(words, new Fault.ReconnectIceServer(after(words)));
      case "status-response" -> new Fault.StatusResponse(reason(valueOf(words)));
      case "ignore-checks" -> plain(words, new Fault.IgnoreChecks());
      case "wrong-fingerprint" -> plain(words, new Fault.WrongFingerprint());
      case "silence" -> plain(words, new Fault.Silence(after(words)));
      case "network" -> plain(words, network(words));
      case "pli" ->
          valueOf(words).equals("none")
              ? new Fault.NoKeyFrameRequests()
              : new Fault.KeyFrameStorm(Durations.parse(words.value));
      case "bandwidth" -> new Fault.BandwidthLimit(rate(valueOf(words)));
      default -> throw new IllegalArgumentException("'" + shortened(words.fault) + "' is no fault");
    };
  }

  private static Fault reset(Words words) {
    LinkModel.require(
        words.value.equals("before") || words.value.equals("after"),
        "a reset is reset=before or reset=after");
    return new Fault.ConnectionReset(words.value.equals("after"));
  }

  private static Fault network(Words words) {
    List<String> properties = new ArrayList<>();
    for (String name : List.copyOf(words.more.keySet())) {
      String plain = name.toLowerCase(Locale.ROOT);
      if (NetworkReader.isKnown(plain) && !OPTIONS.contains(plain)) {
        properties.add(name + "=" + words.take(name, ""));
      }
    }
    String seed = words.more.get("seed");
    if (seed != null) {
      properties.add("seed=" + seed);
    }
    return new Fault.BadNetwork(NetworkModel.parse(String.join(",", properties)));
  }

  private static Duration after(Words words) {
    return words.time("after", Duration.ZERO);
  }

  private static Reason reason(String code) {
    return StatusCodes.NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(code))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a STATUS_RESPONSE has one of the errors " + StatusCodes.NAMES.values()));
  }

  private static String valueOf(Words words) {
    LinkModel.require(!words.value.isEmpty(), words.fault + " needs a value behind a =");
    return words.value;
  }

  private static Fault plain(Words words, Fault fault) {
    LinkModel.require(words.value.isEmpty(), words.fault + " has no value");
    return fault;
  }

  private static int whole(String what, String text) {
    LinkModel.require(WHOLE.matcher(text).matches(), what + " is a whole number");
    return Integer.parseInt(text);
  }

  private static long seed(String text) {
    LinkModel.require(SEED.matcher(text).matches(), "the seed is a whole number");
    return Long.parseLong(text);
  }

  private static double probability(String text) {
    LinkModel.require(FRACTION.matcher(text).matches(), "the probability is given as 0.5 or 50%");
    return text.endsWith("%")
        ? new BigDecimal(text.substring(0, text.length() - 1)).movePointLeft(2).doubleValue()
        : Double.parseDouble(text);
  }

  private static long rate(String text) {
    var match = RATE.matcher(text.toLowerCase(Locale.ROOT));
    LinkModel.require(match.matches(), "a rate is given as 300kbit or 2mbit");
    long unit =
        switch (match.group(2)) {
          case "k" -> 1_000L;
          case "m" -> 1_000_000L;
          default -> 1_000_000_000L;
        };
    return Long.parseLong(match.group(1)) * unit;
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
