package io.github.kvslocal.cli;

import io.github.kvslocal.KvsLocalOptions;
import io.github.kvslocal.OfflineExport;
import io.github.kvslocal.StartException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code kvslocal export}. */
@Command(
    name = "export",
    description = {
      "Writes the recording of a stream as one Matroska file.",
      "While an emulator uses the data directory, fetch it from there instead:"
          + " /_kvslocal/streams/<stream>/recording.mkv"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "<stream>", description = "Its name.")
  private String stream = "";

  @Parameters(index = "1", paramLabel = "<file.mkv>", description = "Replaced if it exists.")
  private Path file = Path.of("");

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Override
  public Integer call() {
    LogSetup.install(ServeOptions.LogFormat.TEXT);
    try {
      KvsLocalOptions options = place.apply(KvsLocalOptions.defaults());
      int fragments = OfflineExport.export(options, stream, file);
      System.out.println(
          fragments + " fragments of " + stream + " are in " + file.toAbsolutePath());
      return 0;
    } catch (StartException e) {
      System.err.println("kvslocal: " + e.line());
    } catch (IllegalArgumentException e) {
      System.err.println("kvslocal: " + e.getMessage());
    }
    return Main.CANNOT_START;
  }
}
