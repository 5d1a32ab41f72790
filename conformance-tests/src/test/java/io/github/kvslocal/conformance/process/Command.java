package io.github.kvslocal.conformance.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run of another program, with a deadline. */
public final class Command {
  private final List<String> words;
  private final Map<String, String> environment = new HashMap<>();
  private Path directory = Path.of("").toAbsolutePath();
  private boolean clean;

  private Command(List<String> words) {
    this.words = words;
  }

  /** The program and its arguments, as no shell will read them. */
  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** The program and its arguments, as no shell will read them. */
  public static Command of(List<String> words) {
    return new Command(List.copyOf(words));
  }

  /** Whether a program of this name is on the PATH. */
  public static boolean isInstalled(String program) {
    return installed(program).isPresent();
  }

  /** Where on the PATH the program of this name is. */
  public static Optional<Path> installed(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(":", -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs in this directory instead of the module's. */
  public Command in(Path directory) {
    this.directory = directory;
    return this;
  }

  /** Adds a variable to the environment that is inherited otherwise. */
  public Command with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Runs as on a machine that was never set up for AWS. */
  public Command withoutAwsSettings() {
    clean = true;
    return this;
  }

  /**
   * Runs the program to its end.
   *
   * @throws UncheckedIOException if it cannot be started
   * @throws IllegalStateException if it has not ended in time; it is killed with all its children
   */
  public Outcome run(Duration deadline) {
    try {
      Path output = Files.createTempFile("command", ".out");
      Path errors = Files.createTempFile("command", ".err");
      try {
        Process process = start(output, errors);
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
          killTree(process);
          throw new IllegalStateException(
              words.get(0) + " took longer than " + deadline + ": " + text(errors));
        }
        return new Outcome(process.exitValue(), text(output), text(errors));
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + words, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + words.get(0), e);
    }
  }

  /**
   * Runs the program to its end and demands that it succeeds.
   *
   * @throws IllegalStateException if its exit code is not 0; the message holds what it complained
   *     of
   */
  public String succeed(Duration deadline) {
    Outcome outcome = run(deadline);
    if (outcome.code() != 0) {
      throw new IllegalStateException(
          String.join(" ", words) + " ended with " + outcome.code() + ": " + outcome.errors());
    }
    return outcome.output();
  }

  /** Starts the program and leaves it running; standard output and error go to these files. */
  public Process start(Path output, Path errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    if (clean) {
      AwsSettings.remove(builder.environment());
    }
    builder.environment().putAll(environment);
    return builder
        .directory(directory.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectOutput(output.toFile())
        .redirectError(errors.toFile())
        .start();
  }

  /** Kills a program that was started, and all its children, with SIGKILL. */
  public static void killTree(Process process) {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /**
   * How a program ended.
   *
   * @param code the exit code, 0 for success
   * @param output what it wrote to standard output
   * @param errors what it wrote to standard error
   */
  public record Outcome(int code, String output, String errors) {}
}
