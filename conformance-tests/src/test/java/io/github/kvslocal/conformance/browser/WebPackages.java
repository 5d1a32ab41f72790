package io.github.kvslocal.conformance.browser;

import io.github.kvslocal.conformance.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page, its driver and the pinned packages of both, in {@code target/web}: installed once per
 * lock file, bundled once per run.
 */
public final class WebPackages {
  private static final Path SOURCES = Path.of("src/test/web").toAbsolutePath();
  private static final Path FOLDER = Path.of("target/web").toAbsolutePath();
  private static final Path LOCK = FOLDER.resolve("package-lock.json");
  private static final Path INSTALLED = FOLDER.resolve("installed-lock.json");
  private static final Duration INSTALL = Duration.ofMinutes(5);
  private static final Duration BUNDLE = Duration.ofMinutes(1);

  private WebPackages() {}

  /** Why the packages cannot be had here, for example without a network; empty once installed. */
  public static synchronized Optional<String> absence() {
    if (!Command.isInstalled("npm")) {
      return Optional.of("npm is not on the PATH");
    }
    try {
      copySources();
      if (isInstalled()) {
        return Optional.empty();
      }
      Command.Outcome outcome =
          Command.of("npm", "ci", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=20000")
              .in(FOLDER)
              .run(INSTALL);
      if (outcome.code() != 0) {
        return Optional.of("npm ci failed: " + outcome.errors().trim());
      }
      Files.copy(LOCK, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + FOLDER, e);
    } catch (IllegalStateException e) {
      return Optional.of("npm ci did not end: " + e.getMessage());
    }
  }

  /** Bundles the page and returns the folder in which it and its driver lie. */
  static synchronized Path bundle() {
    Command.of(
            "node_modules/.bin/esbuild",
            "master.mjs",
            "--bundle",
            "--format=iife",
            "--platform=browser",
            "--define:global=window",
            "--define:process.env={}",
            "--log-level=warning",
            "--outfile=master.js")
        .in(FOLDER)
        .succeed(BUNDLE);
    return FOLDER;
  }

  private static boolean isInstalled() throws IOException {
    return Files.exists(INSTALLED) && Files.mismatch(LOCK, INSTALLED) == -1;
  }

  private static void copySources() throws IOException {
    Files.createDirectories(FOLDER);
    try (Stream<Path> sources = Files.list(SOURCES)) {
      List<Path> files = sources.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        Files.copy(file, FOLDER.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
