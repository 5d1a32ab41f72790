package io.github.kvslocal.conformance.packages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A copy of some sources under {@code target}, into which the packages that one of them pins are
 * installed: once per version of that file.
 */
final class PackageFolder {
  private final Path sources;
  private final Path folder;
  private final String pins;

  /**
   * The copy of {@code sources} in {@code folder}.
   *
   * @param pins the file that names the packages and their versions
   */
  PackageFolder(Path sources, Path folder, String pins) {
    this.sources = sources.toAbsolutePath();
    this.folder = folder.toAbsolutePath();
    this.pins = pins;
  }

  Path path() {
    return folder;
  }

  /**
   * Brings the copy up to date and, if its packages are not those that are pinned, installs them.
   *
   * @param install says why it failed, or nothing
   * @return why the packages cannot be had here; empty once they are installed
   */
  Optional<String> prepare(Supplier<Optional<String>> install) {
    try {
      copySources();
      Path wanted = folder.resolve(pins);
      Path installed = folder.resolve("installed-" + pins);
      if (Files.exists(installed) && Files.mismatch(wanted, installed) == -1) {
        return Optional.empty();
      }
      Optional<String> failure = install.get();
      if (failure.isEmpty()) {
        Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
      }
      return failure;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + folder, e);
    }
  }

  private void copySources() throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> entries = Files.list(sources)) {
      List<Path> files = entries.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
