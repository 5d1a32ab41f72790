package io.github.kvslocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is said of a command line that is not understood. Whatever was given may be a secret that
 * slipped out of its place, so nothing of it is repeated but the names of options.
 */
final class Misuse {
  private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]{0,39})(?:=.*)?");
  private static final String HELP = "; kvslocal --help lists the options";

  private Misuse() {}

  /** In one line, what is wrong with these arguments or with a variable. */
  static String complaint(
      ParameterException mistake, String[] arguments, Map<String, String> variables) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      return "not understood: "
          + String.join(", ", places(unmatched.getUnmatched(), arguments))
          + HELP;
    }
    ArgSpec argument = mistake.getArgSpec();
    return argument != null && mistake.getValue() != null
        ? place(argument, arguments, variables) + " takes " + values(argument)
        : String.valueOf(mistake.getMessage());
  }

  /**
   * Declines options that are there and say nothing, as of a script's variable that is not set.
   *
   * @throws ParameterException if there is one
   */
  static void requireValues(ParseResult result) {
    for (OptionSpec option : result.matchedOptions()) {
      if (option.originalStringValues().stream().anyMatch(String::isBlank)) {
        throw new ParameterException(
            result.commandSpec().commandLine(),
            option.longestName() + " is empty: leave it out, or give it " + values(option));
      }
    }
  }

  private static List<String> places(List<String> foreign, String[] arguments) {
    List<String> places = new ArrayList<>();
    int from = 0;
    for (String text : foreign) {
      int index = List.of(arguments).subList(from, arguments.length).indexOf(text);
      Matcher option = OPTION.matcher(text);
      if (option.matches()) {
        places.add(option.group(1));
      } else {
        // Those of a file of arguments have no place of their own.
        places.add(index < 0 ? "an argument" : "argument " + (from + index + 1));
      }
      from += index + 1;
    }
    return places;
  }

  private static String place(ArgSpec argument, String[] arguments, Map<String, String> variables) {
    if (!(argument instanceof OptionSpec option)) {
      return argument.paramLabel();
    }
    String name = option.longestName();
    boolean given =
        List.of(arguments).stream()
            .anyMatch(text -> text.equals(name) || text.startsWith(name + "="));
    String variable = Environment.variable(name);
    return !given && variables.containsKey(variable) ? variable : name;
  }

  /** As the help names them. */
  private static String values(ArgSpec argument) {
    String label = argument.paramLabel();
    return argument.type() == int.class ? "a whole number, " + label : label.replace("|", " or ");
  }
}
