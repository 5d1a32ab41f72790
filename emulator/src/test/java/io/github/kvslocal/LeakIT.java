package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left in a process after its emulators are closed: what the README names, and nothing
 * else. A process of its own is looked at, since this one has had emulators before.
 */
@EnabledOnOs(OS.LINUX)
class LeakIT {
  private static final String HEADING = "## What libraries leave behind in a JVM";

  /** By the beginning of a row of the README's table, what {@link LeakProbe} says of it. */
  private static final Map<String, Pattern> NAMED = new LinkedHashMap<>();

  static {
    name("the daemon threads of ice4j", "thread ice4j\\..*");
    name("ice4j's push API and its functions for buffers", "static org\\.ice4j\\..*");
    name("system properties `ice4j.…`", "property (org\\.)?ice4j\\..*");
    name(
        "levels of the java.util.logging loggers of ice4j and jitsi-srtp",
        "logger (org\\.(ice4j|jitsi)(\\..*)?|JitsiConfig)");
    name("the AES and HMAC providers of jitsi-srtp", "static org\\.jitsi\\.srtp\\..*");
    name("a thread `Cleaner-…`", "thread Cleaner-N");
    name("system properties `jna.loaded`", "property (jna\\.loaded|jnidispatch\\.path)");
    name("a UDP socket without an address", "until collected: socket .*");
  }

  @TempDir private Path directory;

  private static void name(String row, String left) {
    NAMED.put(row, Pattern.compile(left));
  }

  @Test
  void nothingIsLeftButWhatTheReadmeNames() throws Exception {
    List<String> left = leftByAProcess();

    assertThat(left)
        .allSatisfy(
            each ->
                assertThat(NAMED.values())
                    .as("rows of the README's table for what is left: %s", each)
                    .anyMatch(named -> named.matcher(each).matches()));
    assertThat(NAMED)
        .allSatisfy(
            (row, named) ->
                assertThat(left).as(row).anyMatch(each -> named.matcher(each).matches()));
  }

  @Test
  void readmeNamesWhatThisTestAllows() throws Exception {
    List<String> rows = rows();

    assertThat(rows).hasSameSizeAs(NAMED.keySet());
    assertThat(NAMED.keySet())
        .allSatisfy(named -> assertThat(rows).anyMatch(row -> row.startsWith(named)));
  }

  private static List<String> rows() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf(HEADING) + HEADING.length());
    return section
        .substring(0, section.indexOf("\n## "))
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| what |"))
        .map(line -> line.substring(2))
        .toList();
  }

  private List<String> leftByAProcess() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path errors = directory.resolve("errors");
    Path lines = directory.resolve("lines");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-cp");
    command.add(System.getProperty("java.class.path", "."));
    command.add(LeakProbe.class.getName());
    command.add(directory.resolve("data").toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(errors.toFile()).redirectOutput(lines.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(lines, StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith(LeakProbe.MARK))
        .map(line -> line.substring(LeakProbe.MARK.length()))
        .toList();
  }
}
