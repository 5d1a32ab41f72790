package io.github.kvslocal.cli;

import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.KvsLocalOptions;
import io.github.kvslocal.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** The command {@code kvslocal rehearse}: a start and an end, so that the JVM can archive them. */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Starts, makes a channel, ends; for the JVM to learn which classes that takes.")
final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    LogSetup.install(ServeOptions.LogFormat.TEXT);
    Path data = Files.createTempDirectory("kvslocal-rehearsal");
    try (KvsLocal emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults()
                .withPort(0)
                .withDataDirectory(data)
                .withChannels(List.of("rehearsal")))) {
      Banner.print(emulator, System.out);
      return 0;
    } catch (StartException e) {
      System.err.println("kvslocal: " + e.line());
      return Main.CANNOT_START;
    } finally {
      delete(data);
    }
  }

  private static void delete(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
