package io.github.kvslocal.conformance.browser;

import io.github.kvslocal.conformance.packages.NpmPackages;
import io.github.kvslocal.conformance.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The page, its driver and the pinned packages of both, in {@code target/web}: installed once per
 * lock file, bundled once per run.
 */
public final class WebPackages {
  private static final NpmPackages PACKAGES =
      new NpmPackages(Path.of("src/test/web"), Path.of("target/web"));
  private static final Duration BUNDLE = Duration.ofMinutes(1);

  private WebPackages() {}

  /** Why the packages cannot be had here, for example without a network; empty once installed. */
  public static Optional<String> absence() {
    return PACKAGES.absence();
  }

  /** Bundles the pages and returns the folder in which it and its driver lie. */
  static synchronized Path bundle() {
    Command.of(
            "node_modules/.bin/esbuild",
            "master.mjs",
            "call.mjs",
            "participant.mjs",
            "--bundle",
            "--format=iife",
            "--platform=browser",
            "--define:global=window",
            "--define:process.env={}",
            "--log-level=warning",
            "--outdir=.")
        .in(PACKAGES.folder())
        .succeed(BUNDLE);
    return PACKAGES.folder();
  }
}
