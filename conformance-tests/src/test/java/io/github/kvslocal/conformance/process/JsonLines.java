package io.github.kvslocal.conformance.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Another program that is asked by a line of JSON and answers with one, until its standard input
 * ends; for any thread, one question at a time.
 */
public final class JsonLines implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Process process;
  private final Path log;
  private final int secondsToEnd;
  private final Writer questions;
  private final BufferedReader answers;

  private JsonLines(Process process, Path log, int secondsToEnd) {
    this.process = process;
    this.log = log;
    this.secondsToEnd = secondsToEnd;
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @param log where its standard error goes
   * @param secondsToEnd how long it may take to end by itself, before it is killed
   * @throws UncheckedIOException if it cannot be started
   */
  public static JsonLines start(ProcessBuilder builder, Path log, int secondsToEnd) {
    try {
      return new JsonLines(builder.redirectError(log.toFile()).start(), log, secondsToEnd);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + String.join(" ", builder.command()), e);
    }
  }

  /**
   * Asks and waits for the answer, however long that takes.
   *
   * @throws IllegalStateException if it has ended; the message holds its log
   */
  public synchronized JsonNode ask(JsonNode question) {
    try {
      questions.write(question + "\n");
      questions.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("the program ended: " + Files.readString(log));
      }
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the program did not answer in JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach the program", e);
    }
  }

  /** The programs that it has started, theirs included. */
  public Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  @Override
  public void close() {
    try {
      questions.close();
      if (!process.waitFor(secondsToEnd, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
