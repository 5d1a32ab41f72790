package io.github.kvslocal.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is denied, whoever asks: rules as of an IAM policy, {@code ACTION[:CHANNEL]} each. */
public final class AccessRules {
  /** AWS knows users by names; whoever sends a request here has none. */
  private static final String USER = "user/kvslocal";

  private static final String PREFIX = "kinesisvideo:";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.*?-]{1,256}");
  private static final int PROPOSED = 3;

  private record Rule(String text, Pattern action, Pattern resource) {
    /** A request that names no channel or stream is about one without a name: only * matches it. */
    boolean denies(Action wanted, Target target) {
      return action.matcher(wanted.name()).matches() && resource.matcher(target.name()).matches();
    }
  }

  private final List<Rule> rules;

  private AccessRules(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * Reads rules: an action with or without {@code kinesisvideo:}, in any case, and the name of a
   * channel or stream, each with {@code *} and {@code ?} as wildcards.
   *
   * @param known the actions that there are
   * @throws IllegalArgumentException if one is none, or its action is unknown; then it names those
   *     that are close
   */
  public static AccessRules parse(List<String> texts, Collection<Action> known) {
    List<Rule> rules = new ArrayList<>();
    for (String text : texts) {
      rules.add(rule(text, known));
    }
    return new AccessRules(List.copyOf(rules));
  }

  private static Rule rule(String text, Collection<Action> known) {
    boolean prefixed = text.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    String bare = prefixed ? text.substring(PREFIX.length()) : text;
    int colon = bare.indexOf(':');
    String action = colon < 0 ? bare : bare.substring(0, colon);
    String resource = colon < 0 ? "*" : bare.substring(colon + 1);
    if (!prefixed && colon >= 0 && action.toLowerCase(Locale.ROOT).startsWith("kinesis")) {
      throw new IllegalArgumentException(
          "the only prefix of actions to deny is " + PREFIX + ", unlike " + action + ":");
    }
    if (!NAME.matcher(resource).matches()) {
      throw new IllegalArgumentException(
          "a denial is ACTION or ACTION:CHANNEL with the channel's or stream's name, in which * is a"
              + " wildcard, unlike "
              + text);
    }
    Pattern actions = wildcards(action, Pattern.CASE_INSENSITIVE);
    if (known.stream().noneMatch(one -> actions.matcher(one.name()).matches())) {
      throw new IllegalArgumentException(
          "there is no action " + action + " to deny; " + hint(action, known));
    }
    return new Rule(text, actions, wildcards(resource, 0));
  }

  private static Pattern wildcards(String text, int flags) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      expression.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(expression.toString(), flags);
  }

  private static String hint(String action, Collection<Action> known) {
    List<String> close = closest(action, known);
    return close.isEmpty()
        ? "those that there are stand in the Service Authorization Reference under Amazon Kinesis"
            + " Video Streams"
        : "the closest are " + String.join(", ", close);
  }

  /** Those that are this one but for a slip, a letter in three at most, or more than it. */
  private static List<String> closest(String action, Collection<Action> known) {
    String wanted = action.toLowerCase(Locale.ROOT);
    return known.stream()
        .map(Action::name)
        .distinct()
        .filter(name -> isClose(wanted, name.toLowerCase(Locale.ROOT)))
        .sorted(
            Comparator.<String>comparingInt(name -> edits(wanted, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(PROPOSED)
        .toList();
  }

  private static boolean isClose(String wanted, String name) {
    return edits(wanted, name) <= wanted.length() / 3
        || (wanted.length() > 3 && name.contains(wanted));
  }

  /** How many letters have to be put in, taken out or changed (Levenshtein's distance). */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }

  /**
   * Returns if no rule denies it.
   *
   * @throws DeclinedException in IAM's words (IAM User Guide, "Access denied error messages"), with
   *     the rule that denies it
   */
  public void requirePermission(Caller caller, Action action, Target target)
      throws DeclinedException {
    for (Rule rule : rules) {
      if (rule.denies(action, target)) {
        throw new DeclinedException(
            ServiceError.denied(action),
            "User: arn:aws:iam::%s:%s is not authorized to perform: %s on resource: %s with an"
                    .formatted(caller.account(), USER, action, target.arn())
                + " explicit deny in an identity-based policy. It is the emulator's rule --deny "
                + rule.text());
      }
    }
  }
}
