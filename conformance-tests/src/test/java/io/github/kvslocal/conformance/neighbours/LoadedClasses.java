package io.github.kvslocal.conformance.neighbours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which classes a JVM loaded from which files, as it says with {@code -Xlog:class+load}.
 *
 * @param files by class name; classes of the JDK and those made at run time are left out
 */
record LoadedClasses(Map<String, String> files) {
  private static final Pattern LINE =
      Pattern.compile("(?<name>[\\w.$]+) source: file:.*?(?<file>[^/]+)/?$");

  /** Reads a log to its end. */
  static LoadedClasses read(Path log) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .map(LINE::matcher)
          .filter(Matcher::find)
          .forEach(line -> files.put(line.group("name"), line.group("file")));
    }
    return new LoadedClasses(files);
  }

  /** The names of the files that classes of these packages came from. */
  TreeSet<String> sources(String... prefixes) {
    TreeSet<String> sources = new TreeSet<>();
    files.forEach(
        (name, file) -> {
          if (Stream.of(prefixes).anyMatch(name::startsWith)) {
            sources.add(file);
          }
        });
    return sources;
  }

  /** The names of the classes that came from this file. */
  List<String> namesFrom(String file) {
    return files.keySet().stream().filter(name -> file.equals(files.get(name))).toList();
  }
}
