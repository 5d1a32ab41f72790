package io.github.kvslocal.conformance.packages;

import io.github.kvslocal.conformance.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Scripts for Python with the packages that their {@code requirements.txt} pins, in a virtual
 * environment of their own.
 */
public final class PipPackages {
  private static final Duration INSTALL = Duration.ofMinutes(5);

  private final PackageFolder folder;

  /** The scripts in this folder of the sources, to be copied to and installed in that one. */
  public PipPackages(Path sources, Path folder) {
    this.folder = new PackageFolder(sources, folder, "requirements.txt");
  }

  /** Where the copies of the scripts lie. */
  public Path folder() {
    return folder.path();
  }

  /** A program of the virtual environment, such as {@code python}. */
  public Path program(String name) {
    return folder.path().resolve("venv").resolve("bin").resolve(name);
  }

  /** Why the packages cannot be had here, for example without a network; empty once installed. */
  public synchronized Optional<String> absence() {
    return Command.isInstalled("python3")
        ? folder.prepare(this::install)
        : Optional.of("python3 is not on the PATH");
  }

  private Optional<String> install() {
    // Debian keeps half of the module in a package of its own, python3-venv.
    return run("python3 -m venv", "python3", "-m", "venv", "--clear", "venv")
        .or(
            () ->
                run(
                    "pip install",
                    program("python").toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-input",
                    "--retries=1",
                    "--no-deps",
                    "--requirement",
                    "requirements.txt"));
  }

  private Optional<String> run(String title, String... words) {
    try {
      Command.Outcome outcome = Command.of(words).in(folder.path()).run(INSTALL);
      return outcome.code() == 0
          ? Optional.empty()
          : Optional.of(title + " failed: " + (outcome.output() + outcome.errors()).trim());
    } catch (IllegalStateException e) {
      return Optional.of(title + " did not end: " + e.getMessage());
    }
  }
}
