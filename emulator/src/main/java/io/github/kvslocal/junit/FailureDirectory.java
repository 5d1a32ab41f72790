package io.github.kvslocal.junit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.assertions.Recording;
import io.github.kvslocal.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * What a failed test leaves: {@code journal.txt}, a line for each entry, and {@code sdp/}, every
 * offer and answer by the number of its entry, and {@code STREAM.mkv}, what was recorded so far. A
 * former run's is replaced.
 */
final class FailureDirectory {
  /** Where the directories of all classes are made. */
  static final String PARAMETER = "kvslocal.failures";

  private static final Pattern INVOCATION = Pattern.compile("invocation:#([0-9]+)]$");
  private static final int LONGEST_NAME = 120;

  private FailureDirectory() {}

  /** Writes it and names it in the failure; a test that was called off leaves nothing. */
  static void leave(ExtensionContext context, Throwable failure, KvsLocal emulator) {
    if (failure instanceof TestAbortedException) {
      return;
    }
    Path directory = of(context);
    try {
      clear(directory);
      write(directory, emulator);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
      return;
    }
    failure.addSuppressed(new SeenByEmulator(directory));
    context.publishReportEntry("kvslocal", directory.toString());
  }

  private static Path of(ExtensionContext context) {
    Path all =
        context
            .getConfigurationParameter(PARAMETER)
            .map(Path::of)
            .orElseGet(FailureDirectory::usual);
    String type = context.getRequiredTestClass().getName();
    String name = context.getRequiredTestMethod().getName();
    Matcher invocation = INVOCATION.matcher(context.getUniqueId());
    if (invocation.find()) {
      name += "-" + invocation.group(1);
    }
    return all.resolve(plain(type.substring(type.lastIndexOf('.') + 1)))
        .resolve(plain(name))
        .toAbsolutePath();
  }

  private static Path usual() {
    boolean gradle =
        Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts"));
    return Path.of(gradle ? "build" : "target", "kvslocal");
  }

  /** A name of Java, or of Kotlin with anything in it, as a name of a file. */
  private static String plain(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    plain = plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
    return plain.matches("\\.*") ? "_" : plain;
  }

  private static void clear(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> old;
    try (Stream<Path> inside = Files.walk(directory)) {
      old = inside.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : old) {
      Files.delete(each);
    }
  }

  private static void write(Path directory, KvsLocal emulator) throws IOException {
    Path sdp = Files.createDirectories(directory.resolve("sdp"));
    List<String> lines = new ArrayList<>();
    for (JournalEntry entry : emulator.journal().entries()) {
      lines.add(line(entry));
      if (!entry.fact("sdp").isEmpty()) {
        String name = "%04d-%s-%s".formatted(entry.number(), entry.fact("messageType"), who(entry));
        Files.writeString(sdp.resolve(plain(name) + ".sdp"), entry.fact("sdp"), UTF_8);
      }
    }
    Files.write(directory.resolve("journal.txt"), lines, UTF_8);
    for (Recording recording : emulator.recordings()) {
      recording.exportTo(directory.resolve(plain(recording.name()) + ".mkv"));
    }
  }

  private static String who(JournalEntry entry) {
    return entry.channel() + "-" + entry.client();
  }

  private static String line(JournalEntry entry) {
    TreeMap<String, String> facts = new TreeMap<>(entry.facts());
    facts.remove("sdp");
    return "%9.3f s %s %s %s %s"
        .formatted(entry.elapsed().toNanos() / 1e9, entry.at(), entry.session(), entry, facts)
        .replace('\n', ' ')
        .replace('\r', ' ');
  }
}
