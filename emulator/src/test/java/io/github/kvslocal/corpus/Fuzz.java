package io.github.kvslocal.corpus;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Shows a parser bytes that no correct sender makes, and every file that it ever failed on.
 *
 * <p>In the suite it is a fixed number of rounds of a fixed seed. With {@code -Dfuzz.seconds=20} it
 * is so many seconds of a seed that is printed, or of {@code -Dfuzz.seed}. What a parser fails on
 * becomes a file in {@code src/test/resources/corpus/<parser>}, to be committed with the mend.
 */
public final class Fuzz {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final long SEED = 20_261_120;
  private static final int ROUNDS = 3_000;
  private static final int NAME_DIGITS = 12;

  /** No parser takes as long for any bytes, on the slowest machine with the busiest neighbours. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String parser;
  private final Path folder;
  private final List<byte[]> seeds = new ArrayList<>();
  private int rounds = ROUNDS;

  /** Reads bytes; a refusal that is documented is not thrown on, and answers are looked at. */
  public interface Target {
    void read(byte[] bytes) throws Exception;
  }

  private Fuzz(String parser, Path corpus) {
    this.parser = parser;
    this.folder = corpus.resolve(parser);
  }

  /** Of a parser, whose name is that of its folder in the corpus. */
  public static Fuzz of(String parser) {
    return of(parser, CORPUS);
  }

  /** The same with another corpus. */
  static Fuzz of(String parser, Path corpus) {
    return new Fuzz(parser, corpus);
  }

  /** Begins with these as well, which are right. */
  public Fuzz with(List<byte[]> more) {
    seeds.addAll(more);
    return this;
  }

  /** Begins with these texts as well. */
  public Fuzz with(String... texts) {
    return with(Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** Of a parser of long inputs, fewer in the suite. */
  public Fuzz rounds(int fewer) {
    rounds = fewer;
    return this;
  }

  /** The same for a parser of text; what is no UTF-8 is text all the same. */
  public void surviveTexts(TextTarget target) throws IOException {
    survive(bytes -> target.read(new String(bytes, StandardCharsets.UTF_8)));
  }

  /** Reads text. */
  public interface TextTarget {
    void read(String text) throws Exception;
  }

  /**
   * Demands that the parser throws nothing and ends in time.
   *
   * @throws AssertionError naming the file that now holds what it failed on
   */
  public void survive(Target target) throws IOException {
    List<byte[]> known = new ArrayList<>(kept());
    for (byte[] bytes : known) {
      read(target, bytes, "kept");
    }
    known.addAll(seeds);
    for (byte[] bytes : seeds) {
      read(target, bytes, "right");
    }
    long seconds = Long.getLong("fuzz.seconds", 0);
    if (seconds == 0) {
      Mutations mutations = new Mutations(known, new Random(SEED));
      for (int round = 0; round < rounds; round++) {
        read(target, mutations.next(), "seed " + SEED + ", round " + round);
      }
    } else {
      forSeconds(seconds, target, known);
    }
  }

  private void forSeconds(long seconds, Target target, List<byte[]> known) throws IOException {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    Mutations mutations = new Mutations(known, new Random(seed));
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    long round = 0;
    for (; System.nanoTime() < end; round++) {
      read(target, mutations.next(), "seed " + seed + ", round " + round);
    }
    System.err.printf("fuzzed %s with seed %d: %d rounds%n", parser, seed, round);
  }

  private void read(Target target, byte[] bytes, String origin) throws IOException {
    long start = System.nanoTime();
    try {
      target.read(bytes.clone());
    } catch (Exception | LinkageError | StackOverflowError | AssertionError | OutOfMemoryError e) {
      throw new AssertionError(parser + " fails on " + keep(bytes) + ", " + origin, e);
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    if (taken.compareTo(PATIENCE) > 0) {
      throw new AssertionError(parser + " takes " + taken + " for " + keep(bytes) + ", " + origin);
    }
  }

  private List<byte[]> kept() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<byte[]> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        kept.add(Files.readAllBytes(file));
      }
    }
    return kept;
  }

  private Path keep(byte[] bytes) throws IOException {
    Files.createDirectories(folder);
    return Files.write(folder.resolve(name(bytes)), bytes);
  }

  private static String name(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "%064x".formatted(new BigInteger(1, hash)).substring(0, NAME_DIGITS) + ".bin";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
